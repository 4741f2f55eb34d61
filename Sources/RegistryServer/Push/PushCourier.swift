import EventLoop
import Glibc
import NacosWire
import RegistryEngine
import RegistryModel

/// Sends what the ledger wants sent and hands it what comes back. Lives on one loop's thread.
final class PushCourier {
  /// What a burst of acknowledgements may need; the kernel gives what it allows.
  private static let kernelReceiveBytes = 4 << 20

  private let engine: Engine
  private let desk: PushDesk
  private let outbox: PushOutbox
  private let socket: UDPSocket
  private var cursor: PushCursor
  private var acknowledgements: [PushAcknowledgement] = []
  private var strays: UInt64 = 0
  private var unreachable: [PushEndpoint] = []
  private var encoder: PushEncoder
  // Made last: they call back.
  private var endOfTurn: TurnHook?
  private var deadline: Deadline?

  var address: SocketAddress { socket.localAddress }

  init(_ loop: Loop, at address: SocketAddress, engine: Engine, desk: PushDesk) throws(SocketError) {
    self.engine = engine
    self.desk = desk
    cursor = PushCursor(after: engine.revision)
    encoder = PushEncoder()
    var options = UDPSocket.Options()
    options.kernelReceiveBytes = Self.kernelReceiveBytes
    options.datagramBytes = PushAnswer.mostBytes + 1
    let inlet = Inlet()
    socket = try UDPSocket(loop, bind: address, options: options) { bytes, sender in
      inlet.courier?.receive(bytes, from: sender)
    }
    outbox = PushOutbox(socket, on: loop)
    inlet.courier = self
    socket.onUnreachable = { [weak self] address, code in self?.note(code, from: address) }
    endOfTurn = loop.afterTurn { [unowned self] in settle() }
    deadline = Deadline(loop) { [unowned self] in dispatch(desk.advance(to: .now)) }
    desk.setEnabled(engine.switches.pushEnabled)
    arm()
  }

  /// Lets the socket, which is made first, find the courier.
  private final class Inlet {
    weak var courier: PushCourier?
  }

  /// Hands the ledger every list that changed since the last call.
  func catchUp() {
    let news = cursor.news(in: engine, isAwaited: { desk.hasSubscribers }, subscribed: { desk.services })
    if let isEnabled = news.isEnabled { desk.setEnabled(isEnabled) }
    if news.services.isEmpty { return arm() }
    dispatch(desk.changed(news.services, at: .now))
  }

  private func dispatch(_ rounds: [PushRound]) {
    for round in rounds { send(round) }
    arm()
  }

  private func send(_ round: PushRound) {
    let service = engine.service(round.service)
    let lists = encoder.lists(of: round.service, service, cacheMillis: engine.switches.defaultPushCacheMillis)
    for batch in round.batches {
      let list = lists.list(batch.flavour)
      desk.encoded(batch.nonce, hosts: list.hostCount)
      if let packet = encoder.packet(list, nonce: batch.nonce) {
        outbox.put(packet, for: batch.targets)
      } else {
        desk.undeliverable(batch.nonce)
      }
    }
  }

  private func receive(_ bytes: UnsafeRawBufferPointer, from sender: SocketAddress) {
    if let nonce = PushAnswer.nonce(bytes), let source = PushEndpoint(sender) {
      acknowledgements.append(PushAcknowledgement(source: source, nonce: nonce))
    } else {
      strays += 1
    }
    endOfTurn?.request()
  }

  private func note(_ code: Int32, from address: SocketAddress) {
    // Any other error may be over in a moment; that nobody has the port is the peer's own word.
    guard code == ECONNREFUSED, let endpoint = PushEndpoint(address) else { return }
    unreachable.append(endpoint)
    endOfTurn?.request()
  }

  /// Hands in what this turn of the loop has brought.
  private func settle() {
    let (arrived, gone, odd) = (acknowledgements, unreachable, strays)
    acknowledgements.removeAll(keepingCapacity: true)
    unreachable.removeAll(keepingCapacity: true)
    strays = 0
    if !gone.isEmpty { desk.unreachable(gone) }
    if odd > 0 { desk.countStray(odd) }
    if !arrived.isEmpty { dispatch(desk.acknowledged(arrived, at: .now)) }
  }

  private func arm() {
    guard let next = desk.nextDeadline else { return deadline?.disarm() ?? () }
    deadline?.arm(at: next * 1_000)
  }
}
