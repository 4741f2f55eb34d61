/// Status and headers of an answer, gathered line by line. A pure value.
struct ResponseHead: Sendable, Equatable {
  private(set) var status = 0
  private(set) var headers: [HTTPHeader] = []
  /// The empty line of the final answer was seen; what follows are trailers.
  private(set) var isComplete = false
  private var lines = 0
  private var bytes = 0

  /// Takes a line as libcurl hands it over: a status line, `Name: value` or the empty line, with its line break.
  mutating func take(_ line: UnsafeRawBufferPointer, limits: HTTPLimits) throws(HTTPFailure) {
    bytes += line.count
    guard bytes <= limits.maximumHeaderBytes else { throw .headersTooLarge(limit: limits.maximumHeaderBytes) }
    if isComplete { return try count(limits) }
    let text = line.trimmed
    if text.starts(with: "HTTP/".utf8) {
      status = Self.status(of: text)
      headers.removeAll()
    } else if text.isEmpty {
      // Interim answers (100, 103) have heads of their own; the final one follows.
      isComplete = status >= 200
    } else {
      try count(limits)
      if let colon = text.firstIndex(of: UInt8(ascii: ":")) {
        headers.append(HTTPHeader(text[..<colon].string.lowercased(), text[(colon + 1)...].trimmed.string))
      }
    }
  }

  private mutating func count(_ limits: HTTPLimits) throws(HTTPFailure) {
    lines += 1
    guard lines <= limits.maximumHeaders else { throw .tooManyHeaders(limit: limits.maximumHeaders) }
  }

  /// `HTTP/1.1 200 OK`: libcurl has checked its shape.
  private static func status(of line: Slice<UnsafeRawBufferPointer>) -> Int {
    let digits = line.drop { $0 != 0x20 }.dropFirst().prefix(3)
    return Int(digits.string) ?? 0
  }
}

extension Collection<UInt8> {
  fileprivate var string: String { String(decoding: self, as: UTF8.self) }
}

extension BidirectionalCollection<UInt8> {
  /// Without the white space of RFC 9110, 5.6.3 at either end, and without the line break.
  fileprivate var trimmed: SubSequence {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }
    var rest = drop(while: isBlank)
    while let last = rest.last, isBlank(last) { rest = rest.dropLast() }
    return rest
  }
}
