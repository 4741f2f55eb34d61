import CEvent
import Glibc

/// An IPv4 or IPv6 address and a port. An IPv4 address that is written as an IPv6 one (`::ffff:1.2.3.4`) is the IPv4 address.
public struct SocketAddress: Hashable, Sendable {
  private var high: UInt64
  private var low: UInt64
  /// The index of the interface to which a link-local address belongs; else 0.
  private var scope: UInt32
  public var port: UInt16
  public private(set) var isIPv6: Bool

  init(_ raw: cevent_address) {
    (high, low, scope, port, isIPv6) = (raw.high, raw.low, raw.scope, raw.port, raw.is_ipv6)
  }

  var raw: cevent_address {
    cevent_address(high: high, low: low, scope: scope, port: port, is_ipv6: isIPv6)
  }

  /// - Parameter ipv4: `0x7f000001` is 127.0.0.1.
  public init(ipv4: UInt32, port: UInt16) {
    (high, low, scope, isIPv6) = (0, UInt64(ipv4), 0, false)
    self.port = port
  }

  /// The address as a number, `0x7f000001` for 127.0.0.1; nil for IPv6.
  public var ipv4: UInt32? { isIPv6 ? nil : UInt32(truncatingIfNeeded: low) }

  public static func loopback(port: UInt16) -> SocketAddress {
    SocketAddress(ipv4: 0x7f00_0001, port: port)
  }

  public var isLoopback: Bool {
    isIPv6 ? high == 0 && low == 1 : low >> 24 == 127
  }

  /// 0.0.0.0 or ::, which stand for every address of the machine.
  public var isUnspecified: Bool { high == 0 && low == 0 }
}

extension SocketAddress {
  /// An address as it is written: `127.0.0.1`, `::1`, `[::1]`, `fe80::1%eth0`. Nil for anything else, names among it.
  public init?(host: String, port: UInt16) {
    // The calls of C below would end at it, and not see what follows.
    if host.utf8.contains(0) { return nil }
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    let text = isBracketed ? String(host.dropFirst().dropLast()) : host
    var v4 = in_addr()
    if !isBracketed, inet_pton(AF_INET, text, &v4) == 1 {
      self.init(ipv4: UInt32(bigEndian: v4.s_addr), port: port)
      return
    }
    let parts = text.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
    var v6 = in6_addr()
    guard inet_pton(AF_INET6, String(parts[0]), &v6) == 1 else { return nil }
    var scope: UInt32 = 0
    if parts.count == 2 {
      scope = UInt32(parts[1]) ?? if_nametoindex(String(parts[1]))
      if scope == 0 { return nil }
    }
    let (high, low) = withUnsafeBytes(of: v6) {
      (UInt64(bigEndian: $0.load(as: UInt64.self)), UInt64(bigEndian: $0.load(fromByteOffset: 8, as: UInt64.self)))
    }
    if high == 0, low >> 32 == 0xffff {
      self.init(ipv4: UInt32(truncatingIfNeeded: low), port: port)
      return
    }
    self.init(cevent_address(high: high, low: low, scope: scope, port: port, is_ipv6: true))
  }

  /// `127.0.0.1:8848` or `[::1]:8848`.
  public init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    let host = text[..<colon]
    let digits = text[text.index(after: colon)...]
    guard !host.contains(":") || host.hasPrefix("["), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let port = UInt16(digits)
    else { return nil }
    self.init(host: String(host), port: port)
  }

  /// The first address that the system's resolver knows for `host`, which may be written as an address too.
  /// It blocks: for starting up, not for a running loop.
  public static func resolve(host: String, port: UInt16) throws(ResolveError) -> SocketAddress {
    if let address = SocketAddress(host: host, port: port) { return address }
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, nil, &hints, &list)
    defer { if let list { freeaddrinfo(list) } }
    guard code == 0 else {
      let isUnknown = cevent_is_unknown_host(code)
      throw ResolveError(host: host, reason: String(cString: gai_strerror(code)), isUnknown: isUnknown)
    }
    var entry = list
    while let info = entry?.pointee {
      var raw = cevent_address()
      if let address = info.ai_addr, cevent_from_sockaddr(address, info.ai_addrlen, &raw) {
        raw.port = port
        return SocketAddress(raw)
      }
      entry = info.ai_next
    }
    throw ResolveError(host: host, reason: "no address", isUnknown: true)
  }
}

/// A name for which there is no address.
public struct ResolveError: Error, Hashable, Sendable, CustomStringConvertible {
  public var host: String
  public var reason: String
  /// Whether the name service has answered that there is none, instead of not answering.
  public var isUnknown: Bool
  public var description: String { "cannot resolve \(host): \(reason)" }
}

extension SocketAddress: CustomStringConvertible {
  /// The address without the port, as RFC 5952 writes it.
  public var host: String {
    if !isIPv6 { return dotted(withPort: false) }
    var v6 = in6_addr()
    withUnsafeMutableBytes(of: &v6) {
      $0.storeBytes(of: high.bigEndian, as: UInt64.self)
      $0.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
    }
    let text = withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { buffer in
      inet_ntop(AF_INET6, &v6, buffer.baseAddress, socklen_t(buffer.count)).map { String(cString: $0) } ?? ""
    }
    return scope == 0 ? text : "\(text)%\(scope)"
  }

  /// `127.0.0.1:8848` or `[::1]:8848`, as ``init(_:)`` reads it.
  public var description: String {
    isIPv6 ? "[\(host)]:\(port)" : dotted(withPort: true)
  }

  /// An IPv4 address, byte by byte: every write of a client is noted with where it came from.
  private func dotted(withPort isPortShown: Bool) -> String {
    String(unsafeUninitializedCapacity: 21) { buffer in
      var writer = ByteWriter(UnsafeMutableRawBufferPointer(buffer))
      var shift: UInt64 = 32
      while shift > 0 {
        if shift < 32 { writer.write(UInt8(ascii: ".")) }
        shift -= 8
        writer.write(octet: UInt8(truncatingIfNeeded: low >> shift))
      }
      if isPortShown {
        writer.write(UInt8(ascii: ":"))
        writer.write(decimal: Int64(port))
      }
      return writer.count
    }
  }
}
