public import RegistryModel

/// What the ledger tells those who look at it.
extension PushLedger {
  static let failingShown = 8
  static let touchedShown = 64

  var hasNews: Bool { !touched.isEmpty || touchedMany }

  mutating func touch(_ topic: Int) {
    if topics[topic].touched == reports { return }
    topics[topic].touched = reports
    if touched.count < Self.touchedShown { touched.append(topics[topic].key) } else { touchedMany = true }
  }

  /// Push in numbers, and which services' subscribers changed since the report before. The round trips come apart,
  /// unsorted, so that sorting them is done where nobody waits.
  mutating func report() -> (digest: PushDigest, roundTrips: RoundTrips) {
    var digest = PushDigest()
    digest.subscribers = count
    digest.pushed = counters.pushed
    digest.retried = counters.retried
    digest.acknowledged = counters.acknowledged
    digest.failed = counters.failed + counters.withheld
    digest.pending = counters.pending
    digest.failing = worstFailing()
    digest.touched = touchedMany ? [] : touched.sorted()
    digest.touchedMany = touchedMany
    touched = []
    touchedMany = false
    reports += 1
    return (digest, roundTrips)
  }

  private func worstFailing() -> [SubscriberState] {
    var worst: [Int] = []
    for id in failing.lazy.map(Int.init) {
      guard worst.count < Self.failingShown || isWorse(id, than: worst[worst.count - 1]) else { continue }
      let index = worst.firstIndex { isWorse(id, than: $0) } ?? worst.count
      worst.insert(id, at: index)
      if worst.count > Self.failingShown { worst.removeLast() }
    }
    return worst.map(state)
  }

  private func isWorse(_ left: Int, than right: Int) -> Bool {
    let (one, other) = (subscriptions[left], subscriptions[right])
    return one.failuresInARow != other.failuresInARow
      ? one.failuresInARow > other.failuresInARow
      : one.failures != other.failures ? one.failures > other.failures : subscriber(left) < subscriber(right)
  }

  func state(_ id: Int) -> SubscriberState {
    let subscription = subscriptions[id]
    var state = SubscriberState(subscriber: subscriber(id), subscribedAt: subscription.subscribedAt)
    state.refreshedAt = subscription.polledAt
    state.outcome = subscription.outcome
    state.pushedRevision = subscription.pushedRevision
    state.acknowledgedRevision = subscription.acknowledgedRevision
    state.pushedAt = subscription.sentAt
    state.acknowledgedAt = subscription.acknowledgedAt
    state.roundTrip = subscription.roundTrip
    state.failures = subscription.failures
    state.failuresInARow = subscription.failuresInARow
    let topic = topics[subscription.topic]
    state.toldHosts = subscription.sentAt == nil ? 0 : topic.flavours[subscription.flavour].hosts
    return state
  }

  /// Subscribers of the services that `isWanted`, in order: at most `limit` after skipping `offset`.
  public func subscribers(offset: Int, limit: Int, where isWanted: (ServiceKey) -> Bool) -> SubscriberPage {
    let wanted = topicByKey.filter { isWanted($0.key) }.sorted { $0.key < $1.key }.map(\.value)
    return page(of: wanted, offset: offset, limit: limit)
  }

  public func subscribers(of service: ServiceKey, offset: Int, limit: Int) -> SubscriberPage {
    page(of: topicByKey[service].map { [$0] } ?? [], offset: offset, limit: limit)
  }

  private func page(of wanted: [Int], offset: Int, limit: Int) -> SubscriberPage {
    let total = wanted.reduce(0) { $0 + topics[$1].members.count }
    var skip = max(0, offset)
    var states: [SubscriberState] = []
    for topic in wanted where states.count < limit {
      let members = topics[topic].members
      if skip >= members.count {
        skip -= members.count
        continue
      }
      let sorted = members.map { state(Int($0)) }.sorted { $0.subscriber < $1.subscriber }
      states += sorted.dropFirst(skip).prefix(limit - states.count)
      skip = 0
    }
    return SubscriberPage(subscribers: states, total: total)
  }
}
