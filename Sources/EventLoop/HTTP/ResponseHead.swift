/// The head of an answer: RFC 9112, 4 and 6.
struct ResponseHead {
  /// How the client learns where the body ends.
  enum Framing {
    case length(Int)
    case chunked
    /// The connection closes: for streams to HTTP/1.0, which knows no chunks.
    case untilClose
  }

  enum Persistence {
    /// What the client's version takes for granted.
    case implied
    case keepAlive
    case close
  }

  var status: HTTPStatus
  var contentType: StaticString
  var framing: Framing
  var persistence: Persistence
  var headers: HeaderLines

  /// More than ``write(into:date:)`` needs.
  var capacity: Int {
    256 + contentType.utf8CodeUnitCount + headers.bytes.count
  }

  func write(into writer: inout ByteWriter, date: UnsafeRawBufferPointer) {
    if status == .ok {
      writer.write("HTTP/1.1 200 OK\r\nDate: ")
    } else {
      writer.write("HTTP/1.1 ")
      writer.write(decimal: Int64(status.rawValue))
      writer.write(" ")
      writer.write(status.reason)
      writer.write("\r\nDate: ")
    }
    writer.write(date)
    if status.allowsBody { writeFraming(into: &writer) }
    switch persistence {
    case .implied: writer.write("\r\n")
    case .keepAlive: writer.write("\r\nConnection: keep-alive\r\n")
    case .close: writer.write("\r\nConnection: close\r\n")
    }
    headers.bytes.withUnsafeBytes { writer.write($0) }
    writer.write("\r\n")
  }

  private func writeFraming(into writer: inout ByteWriter) {
    if contentType.utf8CodeUnitCount > 0 {
      writer.write("\r\nContent-Type: ")
      writer.write(contentType)
    }
    switch framing {
    case .length(let count):
      writer.write("\r\nContent-Length: ")
      writer.write(decimal: Int64(count))
    case .chunked:
      writer.write("\r\nTransfer-Encoding: chunked")
    case .untilClose:
      break
    }
  }
}
