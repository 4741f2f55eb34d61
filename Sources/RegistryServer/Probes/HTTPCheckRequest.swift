import EventLoop

/// The request of a check, made of what operators configured: path and headers are texts of theirs, and must not become
/// anything but a path and headers.
struct HTTPCheckRequest {
  static let agent = "VIPServer"
  /// A longer one is not made.
  static let mostBytes = 8_192
  /// Headers that say how the message is framed or where it goes are ours alone.
  private static let reserved: Set<String> = [
    "connection", "content-length", "expect", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade",
  ]

  let bytes: [UInt8]

  /// - Parameters:
  ///   - path: with or without its first slash; what a path cannot have is escaped.
  ///   - headers: `name:value|name:value`; an entry with another number of colons, or that is no header, is left out.
  ///   - host: as the instance gives it.
  /// Nil for what cannot be asked: a whole URL, which would name another host, or what is too long.
  init?(path: String, headers: String, host: String, port: Int) {
    guard let target = Self.target(path) else { return nil }
    var fields = Self.fields(headers)
    if !fields.contains(where: { $0.name.lowercased() == "user-agent" }) { fields.append(("User-Agent", Self.agent)) }
    var text = "GET \(target) HTTP/1.1\r\nHost: \(Self.authority(host, port))\r\n"
    for (name, value) in fields { text += "\(name): \(value)\r\n" }
    text += "Accept: */*\r\nConnection: close\r\n\r\n"
    bytes = Array(text.utf8)
    if bytes.count > Self.mostBytes { return nil }
  }

  private static func target(_ path: String) -> String? {
    let path = path.prefix { $0 != "#" }
    if path.utf8.starts(with: "http:".utf8) || path.utf8.starts(with: "https:".utf8) { return nil }
    var escaped = path.utf8.first == UInt8(ascii: "/") ? "" : "/"
    for byte in path.utf8 {
      if (0x21...0x7e).contains(byte) {
        escaped.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        escaped += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return escaped
  }

  private static func fields(_ headers: String) -> [(name: String, value: String)] {
    headers.split(separator: "|").compactMap { entry in
      let parts = entry.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2 else { return nil }
      let name = trimmed(parts[0])
      let value = trimmed(parts[1])
      guard isName(name), isValue(value), !reserved.contains(name.lowercased()) else { return nil }
      return (name, value)
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    let rest = text.drop(while: isBlank)
    return String(rest.reversed().drop(while: isBlank).reversed())
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
      }
  }

  private static func isValue(_ text: String) -> Bool { text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f } }

  private static func authority(_ host: String, _ port: Int) -> String {
    let name = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
    return port == 80 ? name : "\(name):\(port)"
  }
}
