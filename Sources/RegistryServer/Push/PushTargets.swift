import EventLoop
import RegistryEngine

/// Where datagrams may be sent to. A request names the address itself (`clientIP`), so anybody could have a stranger
/// bombarded (reliability T1): it must be the address that the request came from, or one that the operator allows.
public struct PushTargets: Sendable, Hashable {
  /// Ports below are other people's services.
  public static let lowestPort = 1_024

  /// Addresses that are pushed to although the request came from elsewhere: through a proxy, or from another interface.
  public var allowed: [AddressRange]

  public init(allowed: [AddressRange] = []) { self.allowed = allowed }

  /// Where to push for a request from `peer` that names `ip` and `port`; without an `ip`, to where it came from. Nil when
  /// that may not be.
  func endpoint(ip: String, port: Int, peer: PushEndpoint) -> PushEndpoint? {
    guard let port = UInt16(exactly: port), port >= Self.lowestPort else { return nil }
    if ip.isEmpty { return PushEndpoint(ipv6High: peer.high, low: peer.low, port: port) }
    guard let endpoint = PushEndpoint(ip: ip, port: port), !endpoint.isUnspecified, !endpoint.isMulticast,
      !endpoint.isBroadcast
    else { return nil }
    let isItsOwn = endpoint.hasSameHost(as: peer) || (endpoint.isLoopback && peer.isLoopback)
    return isItsOwn || allowed.contains { $0.contains(endpoint) } ? endpoint : nil
  }
}
