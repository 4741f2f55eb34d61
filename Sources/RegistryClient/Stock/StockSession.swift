public import HTTPTransport
public import RegistryModel
import Synchronization

/// The session over a stock Nacos of version 1 or 2: its HTTP API, asked over and over.
///
/// What is on screen is looked at each second, the rest at a pace that leaves the server most of its time. Who caused a
/// change is only known of what was done here; the rest comes with `Origin.polled`. Weights, on and off, metadata,
/// deregistration, services, namespaces and switches are changed by the calls that Nacos has for them; what it has no call
/// for is refused, and `capabilities` says so beforehand.
public final class StockSession: RegistrySession {
  private let line: StockLine
  private let poller: StockPoller
  private let task = Mutex<Task<Void, Never>?>(nil)

  /// - Parameter interest: all that is looked at, for all readers.
  public init(
    _ address: RegistryAddress, credentials: StockCredentials? = nil, interest: Interest = .everything,
    rules: StockRules = StockRules(), client: HTTPClient = HTTPClient()
  ) {
    line = StockLine(address, credentials: credentials, client: client)
    poller = StockPoller(line, rules: rules, interest: interest)
  }

  deinit { task.withLock { $0?.cancel() } }

  /// Why no session can be over a Nacos of this version; nil where one can.
  public static func refusal(ofVersion version: String) -> String? {
    StockVersion.major(of: version) < 3 ? nil : StockFailure.noNaming(version: version).description
  }

  public var capabilities: Capabilities {
    get async {
      if line.version.isEmpty { _ = try? await line.greet(patience: 2_000) }
      let version = line.version
      return Capabilities(
        server: version.isEmpty ? "Nacos" : "Nacos \(version)", address: line.address.base, isEmbedded: false,
        refusals: StockRefusal.all(version: version))
    }
  }

  /// The session's interest, whatever this one is: pages are asked for once for all readers.
  public func watch(_ interest: Interest) -> Feed {
    start()
    let reader = StockReader(poller, of: self)
    return Feed { await reader.next() }
  }

  public func submit(_ command: Command) async throws(RegistryError) -> Receipt {
    start()
    return try await poller.carryOut(command)
  }

  public func ask(_ query: Query) async throws(RegistryError) -> Answer {
    start()
    return try await poller.answer(query)
  }

  private func start() {
    task.withLock { [poller] task in
      if task == nil { task = Task { await poller.run() } }
    }
  }
}
