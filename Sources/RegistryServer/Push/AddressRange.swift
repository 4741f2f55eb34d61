public import RegistryEngine

/// A block of IP addresses, `10.0.0.0/8` or a single one.
public struct AddressRange: Hashable, Sendable {
  private let high: UInt64
  private let low: UInt64
  private let highMask: UInt64
  private let lowMask: UInt64

  /// Nil unless `text` is an address, alone or with a prefix length that it has bits for.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = PushEndpoint(ip: String(parts[0]), port: 0) else { return nil }
    let width = address.ipv4 == nil ? 128 : 32
    var length = width
    if parts.count == 2 {
      guard let asked = Int(parts[1]), parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), asked <= width else {
        return nil
      }
      length = asked
    }
    // IPv4 addresses are the last 32 bits of IPv6 ones here.
    let bits = length + 128 - width
    highMask = Self.mask(min(bits, 64))
    lowMask = Self.mask(max(bits - 64, 0))
    high = address.high & highMask
    low = address.low & lowMask
  }

  private static func mask(_ bits: Int) -> UInt64 { bits == 0 ? 0 : ~0 << UInt64(64 - bits) }

  public func contains(_ endpoint: PushEndpoint) -> Bool {
    endpoint.high & highMask == high && endpoint.low & lowMask == low
  }
}
