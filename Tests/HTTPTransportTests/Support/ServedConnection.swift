import Foundation
import Glibc

/// The server's end of one connection, with blocking calls.
struct ServedConnection: Sendable {
  let socket: Int32

  /// Head and body of the next request; nil when the client has gone.
  func readRequest() -> String? {
    var bytes: [UInt8] = []
    while true {
      let text = String(decoding: bytes, as: UTF8.self)
      if let end = text.range(of: "\r\n\r\n"), text[end.upperBound...].utf8.count >= contentLength(text) { return text }
      guard let more = readSome() else { return nil }
      bytes += more
    }
  }

  private func contentLength(_ head: String) -> Int {
    guard let name = head.range(of: "content-length: ", options: .caseInsensitive) else { return 0 }
    return Int(head[name.upperBound...].prefix { $0.isNumber }) ?? 0
  }

  private func readSome() -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 65536)
    let count = read(socket, &buffer, buffer.count)
    return count > 0 ? Array(buffer[..<count]) : nil
  }

  /// Sends everything, however long it takes; false when the client has gone.
  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  @discardableResult
  func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  /// One piece of a body sent with `Transfer-Encoding: chunked`.
  @discardableResult
  func sendChunk(_ text: String) -> Bool { send("\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n") }

  func isWritable(within milliseconds: Int32) -> Bool {
    var entry = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
    return poll(&entry, 1, milliseconds) > 0
  }

  /// Blocks until the client closes.
  func waitForEnd() {
    while readSome() != nil {}
  }
}
