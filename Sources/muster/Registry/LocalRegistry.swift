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
  private let store: SQLiteStore?
  private let isDemo: Bool

  /// Returns once it takes requests.
  /// - Parameter clock: shows the past of a demo, otherwise the present.
  /// - Throws: ``StoreError``, ``SocketError`` or ``ResolveError``, each one line for people.
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
    let store: SQLiteStore? =
      switch options.storage {
      case .memory: nil
      case .folder(let path): try Self.open(path, log: log)
      }
    do {
      let restored = try store?.load(at: clock().wall) ?? StoredState()
      let engine = Engine(restored: restored, store: store, clock: clock)
      server = try MusterServer(listening, engine: engine, log: log)
      self.engine = engine
      self.isDemo = isDemo
      self.store = store
    } catch {
      store?.close()
      throw error
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

  var url: String { "http://\(server.address)" }

  var session: EmbeddedSession {
    let capabilities = Capabilities(
      server: "Muster \(Grammar.muster.version)", address: String(describing: server.address), isEmbedded: true,
      isDemo: isDemo)
    return EmbeddedSession(engine, capabilities: capabilities, push: server.push.report, probes: server.probes)
  }

  /// Takes no more requests, answers those under way, stores what is to be stored.
  func stop() {
    engine.endFeeds()
    server.stop()
    store?.close()
  }
}
