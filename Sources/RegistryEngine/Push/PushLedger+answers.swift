import RegistryModel

extension PushLedger {
  /// A client says that it received a datagram. What matches nothing is only counted: the source must be a subscriber
  /// and the nonce one that it was sent (reliability R24, T3).
  public mutating func acknowledged(
    _ acknowledgement: PushAcknowledgement, at now: PushInstant, random: inout some RandomNumberGenerator
  ) -> [PushAction] {
    guard let batch = remembered[acknowledgement.nonce], topics[batch.topic].generation == batch.generation else {
      counters.stray += 1
      return []
    }
    var isKnown = false
    var next = firstAtPlace[Place(topic: batch.topic, endpoint: acknowledgement.source)] ?? -1
    while next >= 0 {
      let id = Int(next)
      next = subscriptions[id].nextAtPlace
      guard subscriptions[id].flavour == batch.flavour else { continue }
      if subscriptions[id].nonce == acknowledgement.nonce {
        isKnown = true
        settle(id, revision: batch.revision, at: now)
      } else if subscriptions[id].nonce > acknowledgement.nonce {
        // Late, for a datagram that a newer one has overtaken: it still shows that somebody listens.
        isKnown = true
        hear(id, revision: batch.revision, at: now)
      }
    }
    if !isKnown { counters.stray += 1 }
    let isAwaited = isKnown && !topics[batch.topic].stragglers.isEmpty
    return isAwaited ? tend(batch.topic, at: now, random: &random) : []
  }

  private mutating func settle(_ id: Int, revision: Revision, at now: PushInstant) {
    hear(id, revision: revision, at: now)
    guard subscriptions[id].outcome != .acknowledged else { return }
    if subscriptions[id].isUnderWay {
      subscriptions[id].isUnderWay = false
      counters.pending -= 1
      counters.acknowledged += 1
      let roundTrip = max(0, now.microseconds - subscriptions[id].sent)
      subscriptions[id].roundTrip = roundTrip
      roundTrips.add(roundTrip)
    }
    subscriptions[id].outcome = .acknowledged
    subscriptions[id].acknowledgedAt = now.wall
    if subscriptions[id].failuresInARow > 0 {
      subscriptions[id].failuresInARow = 0
      failing.remove(Int32(id))
    }
    touch(subscriptions[id].topic)
  }

  private mutating func hear(_ id: Int, revision: Revision, at now: PushInstant) {
    subscriptions[id].heard = now.microseconds
    subscriptions[id].unanswered = 0
    subscriptions[id].acknowledgedRevision = max(subscriptions[id].acknowledgedRevision, revision)
  }

  /// The network says that nothing listens at `endpoint` (ICMP port unreachable). Believed only while an answer from
  /// there is awaited; a client that is there after all subscribes again with its next poll.
  public mutating func unreachable(_ endpoint: PushEndpoint) -> [PushAction] {
    var ids: [Int] = []
    var isAwaited = false
    var next = firstAtEndpoint[endpoint] ?? -1
    while next >= 0 {
      ids.append(Int(next))
      isAwaited = isAwaited || subscriptions[Int(next)].isUnderWay
      next = subscriptions[Int(next)].nextAtEndpoint
    }
    return isAwaited ? ids.map { remove($0, because: .unreachable) } : []
  }

  /// The packet of `nonce` fits no datagram: its subscribers learn of the change at their next poll (reliability R20).
  public mutating func undeliverable(_ nonce: Int64) {
    let first = repeats.removeLast { $0.nonce == nonce }
    guard let batch = first ?? endings.removeLast(where: { $0.nonce == nonce }) else { return }
    for id in batch.subscriptions.lazy.map(Int.init) where isAwaited(id, nonce) {
      fail(id)
      subscriptions[id].unanswered -= 1
    }
    counters.undeliverable += 1
  }

  /// The datagram under way to a subscriber is given up.
  mutating func fail(_ id: Int) {
    subscriptions[id].isUnderWay = false
    counters.pending -= 1
    counters.failed += 1
    countFailure(id)
  }

  mutating func countFailure(_ id: Int) {
    subscriptions[id].outcome = .failed
    subscriptions[id].failures += 1
    subscriptions[id].failuresInARow += 1
    failing.insert(Int32(id))
    touch(subscriptions[id].topic)
  }
}
