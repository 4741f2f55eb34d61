import Glibc

/// The part of an address or URL that names a machine.
enum HostAndPort {
  /// Takes `host`, `host:port`, `[::1]` or `[::1]:port` apart; nil if it is none of these.
  static func split(_ text: String) -> (host: String, port: UInt16?)? {
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else { return nil }
      let host = String(text[text.index(after: text.startIndex)..<end])
      return isIPv6(host) ? withPort(host, text[text.index(after: end)...]) : nil
    }
    let end = text.firstIndex(of: ":") ?? text.endIndex
    let host = String(text[..<end])
    return isName(host) ? withPort(host, text[end...]) : nil
  }

  static func join(_ host: String, _ port: UInt16) -> String {
    host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }

  /// `rest` is empty or `:port`.
  private static func withPort(_ host: String, _ rest: Substring) -> (host: String, port: UInt16?)? {
    if rest.isEmpty { return (host, nil) }
    let digits = rest.dropFirst()
    // `UInt16` would also read a sign.
    guard rest.hasPrefix(":"), digits.utf8.allSatisfy(\.isDigit), let port = UInt16(digits) else { return nil }
    return (host, port)
  }

  private static func isIPv6(_ host: String) -> Bool {
    // The zone of a link-local address is the system's to judge.
    let parts = host.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 1 || isName(String(parts[1])) else { return false }
    var address = in6_addr()
    return inet_pton(AF_INET6, String(parts[0]), &address) == 1
  }

  private static func isName(_ host: String) -> Bool {
    guard !host.isEmpty, host.utf8.count <= 253 else { return false }
    guard host.utf8.allSatisfy({ $0.isDigit || $0.isLetter || "-._".utf8.contains($0) }) else { return false }
    // What looks like an IPv4 address has to be one.
    guard host.utf8.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: ".") }) else { return true }
    var address = in_addr()
    return inet_pton(AF_INET, host, &address) == 1
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }

  fileprivate var isLetter: Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20 }
}
