public import RegistryModel
import Synchronization

/// The ledger behind a lock, for the threads that use it: requests subscribe, the push shell sends and listens,
/// sessions look. Nothing is done under the lock but the ledger's own arithmetic.
public final class PushDesk: Sendable {
  private struct State: Sendable {
    var ledger: PushLedger
    /// Whether `onTouched` was called and no report has been taken since.
    var isAnnounced = false
  }

  private let state: Mutex<State>
  private let onMembers: @Sendable (_ joined: [Subscriber], _ left: [Subscriber]) -> Void
  private let onTouched: @Sendable () -> Void

  /// `onMembers` is given each subscription that begins or ends, to be counted in the catalogue. `onTouched` is called when there
  /// is something new to report, and then not again before a report was taken. Both are called outside the lock, on the
  /// thread that caused it.
  public init(
    limits: Limits = Limits(), rules: PushRules = PushRules(),
    onMembers: @escaping @Sendable (_ joined: [Subscriber], _ left: [Subscriber]) -> Void = { _, _ in },
    onTouched: @escaping @Sendable () -> Void = {}
  ) {
    state = Mutex(State(ledger: PushLedger(limits: limits, rules: rules)))
    self.onMembers = onMembers
    self.onTouched = onTouched
  }

  /// As `PushLedger.subscribe`.
  public func subscribe(
    _ subscriber: Subscriber, naming: PushFlavour.Naming, sawHosts: Bool, at now: PushInstant
  ) throws(RegistryError) {
    let (result, isNews) = state.withLock { state in
      let result = Result { () throws(RegistryError) in
        try state.ledger.subscribe(subscriber, naming: naming, sawHosts: sawHosts, at: now)
      }
      return (result, Self.announce(&state))
    }
    tell(try result.get(), isNews: isNews)
  }

  /// Hands in lists that changed; what is to be sent comes back, as from the next three.
  public func changed(_ services: [(service: ServiceKey, revision: Revision)], at now: PushInstant) -> [PushRound] {
    run { ledger, random in
      services.flatMap { ledger.changed($0.service, revision: $0.revision, at: now, random: &random) }
    }
  }

  public func acknowledged(_ acknowledgements: [PushAcknowledgement], at now: PushInstant) -> [PushRound] {
    run { ledger, random in
      acknowledgements.flatMap { ledger.acknowledged($0, at: now, random: &random) }
    }
  }

  public func unreachable(_ endpoints: [PushEndpoint]) {
    _ = run { ledger, _ in endpoints.flatMap { ledger.unreachable($0) } }
  }

  public func advance(to now: PushInstant) -> [PushRound] {
    run { ledger, random in ledger.advance(to: now, random: &random) }
  }

  /// When `advance` is wanted next, in microseconds.
  public var nextDeadline: Int64? { state.withLock { $0.ledger.nextDeadline } }

  /// How many hosts the list of `nonce` names.
  public func encoded(_ nonce: Int64, hosts: Int) { state.withLock { $0.ledger.encoded(nonce, hosts: hosts) } }

  /// The packet of `nonce` fits no datagram: nothing was sent, nothing is awaited.
  public func undeliverable(_ nonce: Int64) {
    let isNews = state.withLock { state in
      state.ledger.undeliverable(nonce)
      return Self.announce(&state)
    }
    tell([], isNews: isNews)
  }

  /// Datagrams arrived that are no acknowledgements.
  public func countStray(_ count: UInt64) { state.withLock { $0.ledger.counters.stray += count } }

  public func setEnabled(_ isEnabled: Bool) { state.withLock { $0.ledger.isEnabled = isEnabled } }

  private func run(
    _ body: (inout PushLedger, inout SystemRandomNumberGenerator) -> [PushAction]
  ) -> [PushRound] {
    let (actions, isNews) = state.withLock { state in
      var random = SystemRandomNumberGenerator()
      let actions = body(&state.ledger, &random)
      return (actions, Self.announce(&state))
    }
    return tell(actions, isNews: isNews)
  }

  private static func announce(_ state: inout State) -> Bool {
    guard !state.isAnnounced, state.ledger.hasNews else { return false }
    state.isAnnounced = true
    return true
  }

  @discardableResult
  private func tell(_ actions: [PushAction], isNews: Bool) -> [PushRound] {
    var rounds: [PushRound] = []
    var joined: [Subscriber] = []
    var left: [Subscriber] = []
    for action in actions {
      switch action {
      case .send(let round): rounds.append(round)
      case .joined(let subscriber): joined.append(subscriber)
      case .left(let subscriber, _): left.append(subscriber)
      case .gaveUp: break
      }
    }
    if !joined.isEmpty || !left.isEmpty { onMembers(joined, left) }
    if isNews { onTouched() }
    return rounds
  }
}

/// What sessions and routes ask.
extension PushDesk {
  public var counters: PushCounters { state.withLock { $0.ledger.counters } }

  /// The newest round trips, in microseconds and ascending order.
  public func roundTrips() -> [Int64] { state.withLock { $0.ledger.roundTrips }.sorted }

  public var hasSubscribers: Bool { state.withLock { $0.ledger.count > 0 } }

  /// Every service that somebody subscribes to.
  public var services: [ServiceKey] { state.withLock { $0.ledger.services } }

  /// Push in numbers, and what changed since the digest before: for one reader, who hands it to all.
  public func digest() -> PushDigest {
    var (digest, roundTrips) = state.withLock { state in
      state.isAnnounced = false
      return state.ledger.report()
    }
    let sorted = roundTrips.sorted
    digest.roundTripMedian = sorted.percentile(50)
    digest.roundTrip99 = sorted.percentile(99)
    digest.roundTripMax = sorted.last
    return digest
  }

  /// Subscribers of a service, or with nil of all, in order.
  public func subscribers(of service: ServiceKey?, offset: Int, limit: Int) -> SubscriberPage {
    state.withLock { state in
      if let service { return state.ledger.subscribers(of: service, offset: offset, limit: limit) }
      return state.ledger.subscribers(offset: offset, limit: limit) { _ in true }
    }
  }

  public func subscribers(
    offset: Int, limit: Int, where isWanted: (ServiceKey) -> Bool
  ) -> SubscriberPage {
    state.withLock { $0.ledger.subscribers(offset: offset, limit: limit, where: isWanted) }
  }
}
