import EventLoop
import NacosWire
import RegistryEngine
import RegistryModel
import Synchronization

@testable import RegistryServer

/// UDP sockets that stand for subscribed clients, on a loop of their own.
final class PushClients: Sendable {
  struct Datagram: Sendable {
    var bytes: [UInt8]
    var text: String
    var nonce: Int64
    var list: String
    var arrived: ContinuousClock.Instant
  }

  enum Manner: Sendable { case acknowledging, silent }

  private let received = Mutex<[[Datagram]]>([])
  private let thread: LoopThread
  let addresses: [SocketAddress]

  init(_ count: Int, _ manner: Manner = .acknowledging) throws {
    received.withLock { $0 = Array(repeating: [], count: count) }
    let inbox = Inbox()
    (thread, addresses) = try LoopThread.start(name: "clients") { loop in
      try (0..<count).map { index in try Self.open(loop, index, manner, inbox) }
    }
    inbox.onDatagram.withLock { hook in
      hook = { [weak self] index, datagram in self?.received.withLock { $0[index].append(datagram) } }
    }
  }

  func stop() { thread.stop() }

  func datagrams(_ index: Int = 0) -> [Datagram] { received.withLock { $0[index] } }
  var counts: [Int] { received.withLock { $0.map(\.count) } }

  private final class Inbox: Sendable {
    let onDatagram = Mutex<@Sendable (Int, Datagram) -> Void>({ _, _ in })
  }

  private static func open(_ loop: Loop, _ index: Int, _ manner: Manner, _ inbox: Inbox) throws -> SocketAddress {
    let box = Box()
    var options = UDPSocket.Options()
    options.datagramBytes = 65_536
    options.receiveBatch = 1
    let socket = try UDPSocket(loop, bind: .loopback(port: 0), options: options) { bytes, sender in
      guard let datagram = read(Array(bytes)) else { return }
      inbox.onDatagram.withLock(\.self)(index, datagram)
      guard manner == .acknowledging else { return }
      let answer = "{\"type\": \"push-ack\", \"lastRefTime\":\"\(datagram.nonce)\", \"data\":\"\"}"
      box.socket?.send(Array(answer.utf8), to: sender)
    }
    box.socket = socket
    loop.keep(socket)
    return socket.localAddress
  }

  private final class Box { weak var socket: UDPSocket? }

  private static func read(_ bytes: [UInt8]) -> Datagram? {
    let now = ContinuousClock.now
    let plain = GzipDecoder.isGzip(bytes) ? GzipDecoder.decode(bytes, limit: 4 << 20) : bytes
    guard let plain, let root = try? JSONDocument(plain).root, let nonce = root["lastRefTime"]?.integer,
      let list = root["data"]?.string
    else { return nil }
    return Datagram(bytes: bytes, text: String(decoding: plain, as: UTF8.self), nonce: nonce, list: list, arrived: now)
  }
}

/// An engine with push on a loop of its own.
final class PushBench: Sendable {
  let engine: Engine
  let service: PushService
  private let thread: LoopThread
  let address: SocketAddress

  static let java = "Nacos-Java-Client:v1.4.8"
  static let key = ServiceKey(group: "DEFAULT_GROUP", name: "svc")

  /// Nothing is repeated unless `rules` say so: a busy machine may take longer than usual to acknowledge.
  static var patient: PushRules {
    var rules = PushRules()
    rules.acknowledgementWait = 60_000_000
    return rules
  }

  init(rules: PushRules = PushBench.patient, book: SubscriberBook? = nil) throws {
    engine = Engine {
      let now = PushInstant.now
      return Moment(wall: now.wall, monotonic: MonotonicTime(milliseconds: now.microseconds / 1_000))
    }
    let service = PushService(engine, rules: rules, book: book)
    self.service = service
    (thread, address) = try LoopThread.start(name: "push") { loop in try service.start(on: loop, at: .loopback(port: 0)) }
  }

  func stop() { thread.stop() }

  @discardableResult
  func register(_ ip: String, _ key: ServiceKey = PushBench.key, metadata: Metadata = Metadata()) -> Bool {
    let address = InstanceAddress(ip: ip, port: 80)
    let registration = Registration(key: InstanceKey(service: key, address: address), metadata: metadata)
    return submit(.register(registration))
  }

  @discardableResult
  func deregister(_ ip: String, _ key: ServiceKey = PushBench.key) -> Bool {
    submit(.deregister(InstanceKey(service: key, address: InstanceAddress(ip: ip, port: 80))))
  }

  func submit(_ action: Action) -> Bool {
    let isDone = Mutex(false)
    engine.submit(Command(action, by: .system)) { result in
      isDone.withLock { $0 = (try? result.get()) != nil }
    }
    return isDone.withLock { $0 }
  }

  @discardableResult
  func subscribe(
    _ client: SocketAddress, _ key: ServiceKey = PushBench.key, clusters: String = "", agent: String = PushBench.java
  ) -> Bool {
    service.subscribe(
      service: key, clusters: clusters, ip: client.host, port: Int(client.port), agent: agent, app: "app",
      peer: .loopback(port: 40_000))
  }
}
