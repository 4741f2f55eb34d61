import EventLoop

/// A check by one GET: it reads until it knows the status, at most 1 kB, and follows nothing.
struct HTTPCheck: TCPSpeaker {
  static let mostBytes = 1_024

  private let request: [UInt8]
  private var received: [UInt8] = []
  /// What was understood of the answer when the conversation ended.
  private(set) var answer = HTTPStatusLine.incomplete

  init(_ request: HTTPCheckRequest) { self.request = request.bytes }

  mutating func connected() -> TCPMove { .say(request, listen: Self.mostBytes) }

  mutating func received(_ bytes: UnsafeRawBufferPointer) -> TCPMove {
    received.append(contentsOf: bytes)
    answer = HTTPStatusLine(received)
    guard answer == .incomplete else { return .hangUp }
    let room = Self.mostBytes - received.count
    if room > 0 { return .listen(room) }
    answer = .malformed
    return .hangUp
  }
}

/// The beginning of an answer, as far as a check cares: RFC 9112 section 4.
enum HTTPStatusLine: Equatable {
  case incomplete
  case malformed
  case status(Int)

  private static let lineFeed = UInt8(ascii: "\n")
  private static let version = Array("HTTP/1.".utf8)

  /// Reads the status of the first answer that is not an interim one (1xx).
  init(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while true {
      self = Self.first(in: rest)
      guard case .status(let status) = self, (100..<200).contains(status), status != 101 else { return }
      guard let next = Self.afterHead(rest) else {
        self = .incomplete
        return
      }
      rest = next
    }
  }

  private static func first(in bytes: ArraySlice<UInt8>) -> HTTPStatusLine {
    let line = bytes.prefix { $0 != lineFeed }
    let isWhole = line.count < bytes.count
    let digits = line.dropFirst(9).prefix(3)
    let start = line.prefix(9)
    guard isVersion(start) else { return .malformed }
    guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return .malformed }
    guard isWhole else { return .incomplete }
    let following = line.dropFirst(12).first ?? UInt8(ascii: "\r")
    guard digits.count == 3, following == UInt8(ascii: " ") || following == UInt8(ascii: "\r") else { return .malformed }
    let status = digits.reduce(0) { 10 * $0 + Int($1 - 0x30) }
    return status >= 100 ? .status(status) : .malformed
  }

  /// `HTTP/1.x `, or the beginning of it.
  private static func isVersion(_ start: ArraySlice<UInt8>) -> Bool {
    guard start.prefix(version.count).elementsEqual(version.prefix(start.count)) else { return false }
    if start.count > version.count, let minor = start.dropFirst(version.count).first, !(0x30...0x39).contains(minor) {
      return false
    }
    return start.count < 9 || start.last == UInt8(ascii: " ")
  }

  /// What comes after the empty line that ends a head; nil before it has come.
  private static func afterHead(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var rest = bytes
    while let end = rest.firstIndex(of: lineFeed) {
      let line = rest[rest.startIndex..<end]
      rest = rest[(end + 1)...]
      if line.isEmpty || line.elementsEqual([UInt8(ascii: "\r")]) { return rest }
    }
    return nil
  }
}
