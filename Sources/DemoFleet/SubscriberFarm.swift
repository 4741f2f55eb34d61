import EventLoop
import NacosWire
import RegistryModel

/// The fleet's consumers: a real UDP socket each, which acknowledges what is pushed to it as a client would.
final class SubscriberFarm {
  /// Seconds within which every consumer has polled once again.
  private static let pollSeconds = 30
  private static let pollsPerSecond = 4

  private let plan: FleetPlan
  private let world: FleetWorld
  private var sockets: [UDPSocket] = []
  private var next = 0

  init(_ loop: Loop, plan: FleetPlan, world: FleetWorld) throws {
    self.plan = plan
    self.world = world
    for consumer in plan.consumers { sockets.append(try Self.open(loop, isDeaf: consumer.isDeaf)) }
    for consumer in plan.consumers.indices { poll(consumer) }
    let share = sockets.count / (Self.pollSeconds * Self.pollsPerSecond) + 1
    loop.timer(every: .milliseconds(1_000 / Self.pollsPerSecond)) { [unowned self] in
      for _ in 0..<share {
        poll(next)
        next = (next + 1) % sockets.count
      }
    }
  }

  private static func open(_ loop: Loop, isDeaf: Bool) throws(SocketError) -> UDPSocket {
    weak var own: UDPSocket?
    var options = UDPSocket.Options()
    options.receiveBatch = 2
    options.datagramBytes = 65_507
    let socket = try UDPSocket(loop, bind: .loopback(port: 0), options: options) { datagram, sender in
      guard !isDeaf, let nonce = PushPacket.nonce(of: datagram) else { return }
      own?.send(PushPacket.acknowledgement(of: nonce), to: sender)
    }
    own = socket
    return socket
  }

  private func poll(_ index: Int) {
    let consumer = plan.consumers[index]
    for service in consumer.services {
      world.subscribe(
        Subscriber(
          service: plan.services[service].key, clusters: "", ip: sockets[index].localAddress.host,
          port: sockets[index].localAddress.port, agent: consumer.agent, app: consumer.app))
    }
  }
}
