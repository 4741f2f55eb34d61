/// Header lines for answers, written once and used often.
public struct HeaderLines: Hashable, Sendable {
  let bytes: [UInt8]

  public static let none = HeaderLines(bytes: [])

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Nil when a name is not a token, or a value holds control characters: what a client sent must not become a line of its own.
  /// `Content-Length`, `Content-Type`, `Transfer-Encoding`, `Connection` and `Date` are the server's to write.
  public init?(_ lines: [(name: String, value: String)]) {
    var bytes: [UInt8] = []
    for (name, value) in lines {
      guard !name.isEmpty, name.utf8.allSatisfy(Self.isToken), value.utf8.allSatisfy(Self.isText) else { return nil }
      bytes += name.utf8
      bytes += ": ".utf8
      bytes += value.utf8
      bytes += "\r\n".utf8
    }
    self.init(bytes: bytes)
  }

  public init?(_ lines: (name: String, value: String)...) {
    self.init(lines)
  }

  /// Both, these first.
  public func adding(_ others: HeaderLines) -> HeaderLines {
    HeaderLines(bytes: bytes + others.bytes)
  }

  /// `tchar` of RFC 9110, 5.6.2.
  private static func isToken(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }

  private static func isText(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte != 0x7f || byte == 0x09
  }
}
