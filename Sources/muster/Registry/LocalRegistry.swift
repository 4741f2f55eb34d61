import EventLoop
import Glibc
import RegistryEngine
import RegistryModel
import RegistryServer
import RegistryStore

/// The registry of this process: engine, store and server, started and ended in their order.
final class LocalRegistry: Sendable {
  let engine: Engine
  let server: MusterServer
  /// The administrator's password, if it was made up just now: it is shown once.
  let firstPassword: String?
  private let store: SQLiteStore?
  private let tls: TLSContext?
  private let history: EmbeddedSession.History?
  private let isDemo: Bool

  /// Returns once it takes requests.
  /// - Parameter clock: shows the past of a demo, otherwise the present.
  /// - Throws: ``StoreError``, ``SocketError``, ``ResolveError`` or what is wrong with a file that was named, each one line
  ///   for people.
  init(
    _ options: RegistryOptions, isDemo: Bool = false, clock: @escaping @Sendable () -> Moment = SystemClock.now, log: Logger
  ) throws {
    DescriptorLimit.raise()
    var listening = MusterServer.Options()
    listening.hasMetricsBelowContext = options.hasMetricsBelowContext
    listening.listen = try SocketAddress.resolve(host: options.listen.host, port: options.listen.port)
    listening.version = Grammar.muster.version
    listening.isDemo = isDemo
    // The hosts of a demo are nowhere.
    listening.probes = isDemo ? nil : Self.probing(options)
    listening.origins = options.origins
    tls = try options.access.tls.map { try TLSContext(certificateFile: $0.certificate, keyFile: $0.key) }
    listening.tls = tls
    let store: SQLiteStore? =
      switch options.storage {
      case .memory: nil
      case .folder(let path): try Self.open(path, log: log)
      }
    do {
      let (registry, records) = try Self.restored(from: store, clock: clock)
      (listening.access, firstPassword) = try options.accessOptions(records, store: store)
      if let store { listening.configuration = ConfigurationOptions(store: store, records: records) }
      let engine = Engine(registry, store: store, clock: clock)
      listening.subscribers = store.map { SubscriberBook(store: $0, records: records) }
      listening.history = store.map(Self.history)
      history = listening.history
      server = try MusterServer(listening, engine: engine, log: log)
      self.engine = engine
      self.isDemo = isDemo
      self.store = store
    } catch {
      store?.close()
      throw error
    }
  }

  private static func restored(
    from store: SQLiteStore?, clock: () -> Moment
  ) throws -> (registry: Registry, records: [Record]) {
    var restoration = RegistryRestoration(at: clock())
    var records: [Record] = []
    try store?.load(at: clock().wall) { part in
      restoration.add(part)
      records += part.records
    }
    return (restoration.finish(), records)
  }

  private static func history(of store: SQLiteStore) -> EmbeddedSession.History {
    { revision, limit throws(RegistryError) in
      try await store.events(before: revision, limit: limit, at: SystemClock.wallTime())
    }
  }

  private static func probing(_ options: RegistryOptions) -> ProbeService.Options {
    var probing = ProbeService.Options()
    probing.ranges = options.probeRanges
    return probing
  }

  private static func open(_ path: String, log: Logger) throws -> SQLiteStore {
    // The parents of the folder are ordinary ones; the folder itself is the store's to make and to judge.
    let parts = path.split(separator: "/").dropLast()
    _ = parts.reduce(into: path.hasPrefix("/") ? "" : ".") { whole, part in
      whole += "/\(part)"
      mkdir(whole, 0o755)
    }
    return try SQLiteStore(directory: path) { report in log.warning("store", ("what", String(describing: report))) }
  }

  var url: String { "\(tls == nil ? "http" : "https")://\(server.address)" }

  var session: EmbeddedSession {
    let capabilities = Capabilities(
      server: "Muster \(Grammar.muster.version)", address: String(describing: server.address), isEmbedded: true,
      isDemo: isDemo)
    return EmbeddedSession(
      engine, capabilities: capabilities, push: server.push.report, probes: server.probes, history: history)
  }

  /// Reads the certificate again; connections that are open keep the one they have.
  func reloadCertificate() throws { try tls?.reload() }

  /// Takes no more requests, answers those under way, stores what is to be stored.
  /// - Parameter grace: How long those under way may take.
  func stop(grace: Duration = .seconds(2)) {
    engine.endFeeds()
    server.stop(grace: grace)
    store?.close()
  }
}
