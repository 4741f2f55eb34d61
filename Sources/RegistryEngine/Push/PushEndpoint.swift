import Glibc

/// An IP address and a UDP port in 18 bytes: what a subscriber is pushed to and what an acknowledgement comes from.
/// An IPv4 address and the same one mapped into IPv6 are one endpoint.
public struct PushEndpoint: Hashable, Sendable {
  /// The address as IPv6 in host order, IPv4 as `::ffff:a.b.c.d`.
  public let high: UInt64
  public let low: UInt64
  public let port: UInt16

  private static let mappedPrefix: UInt64 = 0xffff_0000_0000

  public init(ipv4 address: UInt32, port: UInt16) {
    high = 0
    low = Self.mappedPrefix | UInt64(address)
    self.port = port
  }

  public init(ipv6High high: UInt64, low: UInt64, port: UInt16) {
    self.high = high
    self.low = low
    self.port = port
  }

  /// Nil unless `ip` is a numeric address; names are never resolved and scoped addresses (`fe80::1%eth0`) not taken.
  public init?(ip: String, port: UInt16) {
    // The C library stops reading at a NUL.
    guard ip.utf8.count < Int(INET6_ADDRSTRLEN), !ip.utf8.contains(0) else { return nil }
    var four = in_addr()
    if inet_pton(AF_INET, ip, &four) == 1 {
      self.init(ipv4: UInt32(bigEndian: four.s_addr), port: port)
      return
    }
    var six = in6_addr()
    guard inet_pton(AF_INET6, ip, &six) == 1 else { return nil }
    let words = withUnsafeBytes(of: &six) { bytes in
      (
        UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
      )
    }
    self.init(ipv6High: words.0, low: words.1, port: port)
  }

  /// The IPv4 address in host order, nil for an IPv6 one.
  public var ipv4: UInt32? { high == 0 && low >> 32 == 0xffff ? UInt32(truncatingIfNeeded: low) : nil }

  /// Whether both are the same host, whatever the ports.
  public func hasSameHost(as other: PushEndpoint) -> Bool { high == other.high && low == other.low }

  public var isLoopback: Bool { ipv4.map { $0 >> 24 == 127 } ?? (high == 0 && low == 1) }
  public var isUnspecified: Bool { ipv4.map { $0 == 0 } ?? (high == 0 && low == 0) }
  public var isMulticast: Bool { ipv4.map { $0 >> 28 == 0xe } ?? (high >> 56 == 0xff) }
  /// The limited broadcast address, or one of the reserved block before it.
  public var isBroadcast: Bool { ipv4.map { $0 >> 28 == 0xf } ?? false }
}

extension PushEndpoint: CustomStringConvertible {
  /// The address without the port, as `inet_ntop` writes it.
  public var ip: String {
    if let ipv4 { return "\(ipv4 >> 24).\(ipv4 >> 16 & 255).\(ipv4 >> 8 & 255).\(ipv4 & 255)" }
    var words = (high.bigEndian, low.bigEndian)
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    guard inet_ntop(AF_INET6, &words, &text, socklen_t(text.count)) != nil else { return "" }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  public var description: String { ipv4 == nil ? "[\(ip)]:\(port)" : "\(ip):\(port)" }
}
