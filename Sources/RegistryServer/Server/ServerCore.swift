import EventLoop
import NacosWire
import RegistryEngine
import RegistryModel

/// What of a server belongs to its loop: the listener, the naming API, and the registry's clock.
final class ServerCore {
  private unowned let loop: Loop
  private let http: HTTPServer
  private let engineTimer: EngineTimer
  private let streams: StreamService
  private let configuration: ConfigurationService
  let pushAddress: SocketAddress

  /// Stored configurations that could not be read.
  var unreadableConfigurations: Int { configuration.unreadable }

  var address: SocketAddress { http.address }

  init(
    _ loop: Loop, _ options: MusterServer.Options, engine: Engine, push: PushService, probes: ProbeReport, log: Logger
  ) throws {
    self.loop = loop
    let lists = ListCache(limit: options.listCacheBytes)
    let service = NamingService(engine, push: push, probes: probes, lists: lists, log: log)
    let streams = Self.streams(loop, options, engine: engine, push: push, probes: probes)
    self.streams = streams
    let access = try options.access.map { try AccessService(loop, $0, now: SystemClock.now) }
    // What a console far away sees was allowed when it began: it comes back and is asked anew.
    access?.onEvents = { engine.noteAccess($0, by: $1) }
    access?.onChange = { [unowned streams] in streams.endStreams("who may do what has changed") }
    configuration = ConfigurationService(loop, options.configuration ?? .inMemory)
    configuration.hasNamespace = { engine.catalog.namespaces[$0] != nil }
    service.configurationCounts = { [configuration] in configuration.book.countByTenant }
    let dispatcher = Dispatcher(
      .whole, service, streams, configuration, access: access, origins: options.origins,
      hasMetricsBelowContext: options.hasMetricsBelowContext, mailbox: loop.mailbox)
    var http = HTTPServer.Options()
    http.limits = options.limits
    http.bodyBound = { path in RouteTable.whole.bodyBytes(of: RoutePath(path)) }
    http.tls = options.tls
    self.http = try HTTPServer(loop, listen: options.listen, options: http) { request, response in
      dispatcher.handle(request, response)
    }
    service.member.ip = self.http.address.host
    service.member.port = Int(self.http.address.port)
    pushAddress = try Self.start(push, on: loop, beside: self.http.address)
    engineTimer = EngineTimer(loop, engine) { service.directory.keepUp() }
  }

  private static func streams(
    _ loop: Loop, _ options: MusterServer.Options, engine: Engine, push: PushService, probes: ProbeReport
  ) -> StreamService {
    let capabilities = Capabilities(
      server: "Muster \(options.version)", address: "\(options.listen)", isEmbedded: false, isDemo: options.isDemo)
    let epoch = String(UInt64.random(in: .min ... .max), radix: 16)
    let hello = StreamHello(version: options.version, epoch: epoch, at: SystemClock.wallTime(), isDemo: options.isDemo)
    let session = EmbeddedSession(
      engine, capabilities: capabilities, push: push.report, probes: probes, history: options.history)
    return StreamService(loop, engine, session: session, identity: hello, now: SystemClock.wallTime)
  }

  /// At the port of the listener, which a firewall may have been told of, or where that is taken at another one.
  private static func start(
    _ push: PushService, on loop: Loop, beside address: SocketAddress
  ) throws(SocketError) -> SocketAddress {
    do {
      return try push.start(on: loop, at: address)
    } catch  where error.isAddressInUse {
      var other = address
      other.port = 0
      return try push.start(on: loop, at: other)
    }
  }

  /// Lets what is under way end, for at most `grace`, and calls `body`.
  func drain(within grace: Duration, _ body: @escaping () -> Void) {
    streams.endStreams("the server is stopping")
    configuration.endPolls()
    http.drain()
    let end = ContinuousClock.now + grace
    var watch: EventLoop.Timer?
    watch = loop.timer(every: .milliseconds(5)) { [self] in
      guard http.connectionCount == 0 || ContinuousClock.now >= end else { return }
      watch?.cancel()
      watch = nil
      http.close()
      body()
    }
  }
}
