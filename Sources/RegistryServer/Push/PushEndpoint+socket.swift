import EventLoop
import RegistryEngine
import RegistryModel

extension PushEndpoint {
  init?(_ address: SocketAddress) {
    if let ipv4 = address.ipv4 {
      self.init(ipv4: ipv4, port: address.port)
    } else {
      // A link-local peer is named with its interface, which no datagram of ours could be sent back through: nil.
      self.init(ip: address.host, port: address.port)
    }
  }

  var socketAddress: SocketAddress? {
    if let ipv4 { return SocketAddress(ipv4: ipv4, port: port) }
    return SocketAddress(host: ip, port: port)
  }
}

extension PushInstant {
  /// Both clocks, the monotonic one as `Loop.now` counts it.
  static var now: PushInstant {
    PushInstant(microseconds: SystemClock.monotonicNanoseconds() / 1_000, wall: SystemClock.wallTime())
  }
}
