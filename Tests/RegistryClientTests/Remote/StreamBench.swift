import EventLoop
import Glibc
import HTTPTransport
import NacosWire
import RegistryClient
import RegistryEngine
import RegistryModel
import Synchronization

@testable import RegistryServer

/// A registry with the stream's endpoints on a loop of its own; started again on the same port it is another life of it.
final class StreamBench: Sendable {
  let engine: Engine
  let push: PushService
  let address: SocketAddress
  private let thread: LoopThread

  /// `engine` is one that goes on although its server was another one before.
  init(
    port: UInt16 = 0, epoch: String = "first", engine given: Engine? = nil, limits: Limits = Limits(),
    protocolNumber: Int = StreamHello.currentProtocol
  ) throws {
    let engine = given ?? Self.newEngine(limits)
    let push = PushService(engine)
    self.engine = engine
    self.push = push
    let session = EmbeddedSession(engine, capabilities: Self.capabilities, push: push.report)
    var identity = StreamHello(version: "0.9", epoch: epoch, at: WallTime(milliseconds: 0), isDemo: true)
    identity.protocolNumber = protocolNumber
    let hello = identity
    (thread, address) = try LoopThread.start(name: "stream") { loop in
      try push.start(on: loop, at: .loopback(port: 0))
      let streams = StreamService(loop, engine, session: session, identity: hello, now: { PushInstant.now.wall })
      let server = try HTTPServer(loop, listen: .loopback(port: port)) { request, response in
        switch String(decoding: request.path, as: UTF8.self) {
        case StreamPath.hello: streams.greet(response)
        case StreamPath.watch: streams.watch(request, response)
        case StreamPath.command: streams.command(request, response)
        case StreamPath.ask: streams.ask(request, response)
        default: response.send(.notFound)
        }
      }
      loop.keep(server)
      return server.address
    }
  }

  static func newEngine(_ limits: Limits = Limits()) -> Engine {
    Engine(limits: limits) {
      let now = PushInstant.now
      return Moment(wall: now.wall, monotonic: MonotonicTime(milliseconds: now.microseconds / 1_000))
    }
  }

  static let capabilities = Capabilities(server: "Muster 0.9", address: "here", isEmbedded: true, isDemo: true)

  var url: String { "http://127.0.0.1:\(address.port)" }

  func remote(_ rules: RemoteRules = RemoteRules()) throws -> RemoteSession {
    guard let address = RegistryAddress(url) else { throw RegistryError.illegalHost(url) }
    return RemoteSession(address, rules: rules)
  }

  /// Carries out a command at the registry itself; whether it did.
  func engineSubmit(_ command: Command) -> Bool {
    let isDone = Atomic<Bool>(false)
    engine.submit(command) { isDone.store((try? $0.get()) != nil, ordering: .releasing) }
    return isDone.load(ordering: .acquiring)
  }

  /// As a process that ends: whoever is connected is cut off.
  func stop() { thread.stop() }

  /// As a process that is stopped by SIGSTOP: takes connections, says nothing, until it is woken.
  func hang() -> Sleep {
    let sleep = Sleep()
    thread.mailbox.post { _ in
      while sleep.lasts { usleep(1_000) }
    }
    return sleep
  }

  final class Sleep: Sendable {
    private let flag = Atomic<Bool>(true)
    var lasts: Bool { flag.load(ordering: .acquiring) }
    func wake() { flag.store(false, ordering: .releasing) }
  }
}
