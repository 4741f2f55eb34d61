import EventLoop

/// Keeps pages of other sites from having a browser write here (reliability T7). A browser says in `Origin` whose page
/// sends a request, and in `Host` by what name it believes to reach us: a name of somebody else's may be made to point here.
public struct OriginRules: Sendable, Hashable {
  /// Names of this registry, in lower case, beside its addresses and names of one word such as `localhost`.
  public var names: Set<String>
  /// Whether every writer must know one of the names. Where only programs of this machine reach the registry, a strange name
  /// is no honest one; elsewhere it may be how clients know it, and only browsers are asked.
  public var asksEverybody: Bool

  public init(names: Set<String> = [], asksEverybody: Bool = true) {
    self.names = names
    self.asksEverybody = asksEverybody
  }

  /// Whether a write with these header lines is turned away; nil is a line that is not there.
  func refuses(host: UnsafeRawBufferPointer?, origin: UnsafeRawBufferPointer?) -> Bool {
    guard asksEverybody || origin != nil else { return false }
    if let host, !Self.isAddress(host), !isOurs(Self.name(host)) { return true }
    guard let origin else { return false }
    return !Self.isSame(origin, host)
  }

  /// Without the port.
  private static func name(_ authority: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    if authority.first == UInt8(ascii: "[") {
      let end = authority.firstIndex(of: UInt8(ascii: "]")).map { $0 + 1 } ?? authority.count
      return UnsafeRawBufferPointer(rebasing: authority[..<end])
    }
    return UnsafeRawBufferPointer(rebasing: authority[..<(authority.firstIndex(of: UInt8(ascii: ":")) ?? authority.count)])
  }

  /// Whether it is an IPv4 address, with or without a port, or nothing. Addresses cannot be made to point elsewhere.
  private static func isAddress(_ authority: UnsafeRawBufferPointer) -> Bool {
    for byte in authority {
      if byte == UInt8(ascii: ":") { return true }
      let isOfAddress = byte == UInt8(ascii: ".") || UInt8(ascii: "0") <= byte && byte <= UInt8(ascii: "9")
      if !isOfAddress { return false }
    }
    return true
  }

  private func isOurs(_ name: UnsafeRawBufferPointer) -> Bool {
    if name.first == UInt8(ascii: "[") { return true }
    // Nor can a single word: whoever sits far away owns a domain, not the names of this network.
    if !name.contains(UInt8(ascii: ".")) { return true }
    guard name.count <= 255 else { return false }
    let text = String(decoding: name, as: UTF8.self).lowercased()
    return text.hasSuffix(".localhost") || names.contains(text)
  }

  /// Whether a page came from where it writes to.
  private static func isSame(_ origin: UnsafeRawBufferPointer, _ host: UnsafeRawBufferPointer?) -> Bool {
    guard let host else { return false }
    let text = String(decoding: origin.prefix(512), as: UTF8.self).lowercased()
    let own = String(decoding: host.prefix(512), as: UTF8.self).lowercased()
    return text == "http://" + own || text == "https://" + own
  }
}
