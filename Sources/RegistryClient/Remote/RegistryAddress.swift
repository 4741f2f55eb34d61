/// Where a registry is, as people write it: `host`, `host:8848`, `http://host:8848`, `https://host/nacos`.
public struct RegistryAddress: Hashable, Sendable, CustomStringConvertible {
  public static let defaultPort = 8_848

  /// The URL that paths of ours begin with; without `/nacos` and a slash at the end.
  public let base: String

  public var description: String { base }

  /// Nil when it is no address: another scheme, no host, a password in it, characters that no URL has.
  public init?(_ text: String) {
    let (scheme, rest) = Self.split(text)
    guard let scheme, !rest.isEmpty, rest.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }), !rest.contains("@"),
      !rest.contains("?"), !rest.contains("#")
    else { return nil }
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    guard var authority = Self.authority(rest[..<slash]) else { return nil }
    var path = rest[slash...]
    while path.hasSuffix("/") { path.removeLast() }
    if path.hasSuffix("/nacos") { path.removeLast("/nacos".count) }
    while path.hasSuffix("/") { path.removeLast() }
    // Where no scheme says otherwise, registries are at their own port.
    if !text.contains("://"), !Self.hasPort(authority) { authority += ":\(Self.defaultPort)" }
    base = "\(scheme)://\(authority)\(path)"
  }

  private static func split(_ text: String) -> (scheme: String?, rest: Substring) {
    guard let mark = text.firstRange(of: "://") else { return ("http", text[...]) }
    let scheme = text[..<mark.lowerBound].lowercased()
    return (scheme == "http" || scheme == "https" ? scheme : nil, text[mark.upperBound...])
  }

  /// A host with or without a port; nil when it is none.
  private static func authority(_ text: Substring) -> String? {
    let end = text.hasPrefix("[") ? text.firstIndex(of: "]").map(text.index(after:)) : text.firstIndex(of: ":")
    if text.hasPrefix("["), end == nil { return nil }
    let host = text[..<(end ?? text.endIndex)]
    guard !host.isEmpty, host != "[]" else { return nil }
    let port = text[host.endIndex...]
    if !port.isEmpty {
      guard port.hasPrefix(":"), let number = UInt16(port.dropFirst()), number > 0 else { return nil }
    }
    return String(text)
  }

  private static func hasPort(_ authority: String) -> Bool {
    authority.hasPrefix("[") ? !authority.hasSuffix("]") : authority.contains(":")
  }
}
