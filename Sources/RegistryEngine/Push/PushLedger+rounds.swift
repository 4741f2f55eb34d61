public import RegistryModel

extension PushLedger {
  /// `service` has a new list, at `revision`. Revisions may come in any order; one that is already being told is no news.
  public mutating func changed(
    _ service: ServiceKey, revision: Revision, at now: PushInstant, random: inout some RandomNumberGenerator
  ) -> [PushAction] {
    guard isEnabled, let topic = topicByKey[service], revision > topics[topic].revision else { return [] }
    topics[topic].revision = revision
    topics[topic].hasNews = true
    return tend(topic, at: now, random: &random)
  }

  /// How many hosts the batch of `nonce` named: what its subscribers were told.
  public mutating func encoded(_ nonce: Int64, hosts: Int) {
    guard let batch = remembered[nonce], topics[batch.topic].generation == batch.generation else { return }
    topics[batch.topic].flavours[batch.flavour].hosts = hosts
  }

  /// Gives a topic its round if it is time for one, and otherwise sees to it that it gets it later.
  mutating func tend(_ topic: Int, at now: PushInstant, random: inout some RandomNumberGenerator) -> [PushAction] {
    if !isEnabled {
      topics[topic].hasNews = false
      topics[topic].stragglers = []
    }
    guard topics[topic].hasNews || !topics[topic].stragglers.isEmpty else { return [] }
    let earliest = topics[topic].round + rules.pace
    if now.microseconds < earliest {
      wake(topic, at: earliest)
      return []
    }
    let candidates = topics[topic].hasNews ? topics[topic].members : topics[topic].stragglers
    topics[topic].hasNews = false
    topics[topic].stragglers = []
    topics[topic].wake = nil
    return serve(candidates, of: topic, at: now, random: &random)
  }

  private mutating func serve(
    _ candidates: [Int32], of topic: Int, at now: PushInstant, random: inout some RandomNumberGenerator
  ) -> [PushAction] {
    let generation = topics[topic].generation
    var actions: [PushAction] = []
    var round = RoundInMaking(flavours: topics[topic].flavours.count)
    var patience = Int64.max
    for id in candidates.lazy.map(Int.init) {
      guard subscriptions[id].isLive, subscriptions[id].topic == topic else { continue }
      if now.microseconds > lapse(id) {
        actions.append(remove(id, because: .lapsed))
      } else if now.microseconds > attention(id) {
        continue
      } else if isOrdered(id, at: now) {
        topics[topic].stragglers.append(Int32(id))
        patience = min(patience, subscriptions[id].sent + rules.orderingWindow)
      } else if subscriptions[id].unanswered >= rules.unanswered {
        withhold(id)
      } else {
        let flavour = subscriptions[id].flavour
        let nonce = round.nonce(flavour) ?? nonces.next(at: now.wall, random: &random)
        round.add(Int32(id), at: subscriptions[id].endpoint, nonce: nonce, flavour: flavour)
        note(sent: nonce, to: id, at: now)
      }
    }
    // The last member may just have lapsed, and its topic with it.
    guard topics[topic].generation == generation else { return actions }
    if patience < .max { wake(topic, at: max(patience, now.microseconds + rules.pace)) }
    if let send = launch(round, of: topic, at: now) { actions.append(send) }
    return actions
  }

  /// Whether a newer list must wait behind the datagram that may still be on its way.
  private func isOrdered(_ id: Int, at now: PushInstant) -> Bool {
    subscriptions[id].isUnderWay && now.microseconds - subscriptions[id].sent < rules.orderingWindow
  }

  private mutating func note(sent nonce: Int64, to id: Int, at now: PushInstant) {
    if subscriptions[id].isUnderWay { counters.superseded += 1 } else { counters.pending += 1 }
    counters.pushed += 1
    subscriptions[id].nonce = nonce
    subscriptions[id].sent = now.microseconds
    subscriptions[id].sentAt = now.wall
    subscriptions[id].isUnderWay = true
    subscriptions[id].outcome = .waiting
    subscriptions[id].pushedRevision = topics[subscriptions[id].topic].revision
    subscriptions[id].unanswered += 1
  }

  private mutating func withhold(_ id: Int) {
    if subscriptions[id].isUnderWay { fail(id) } else { countFailure(id) }
    counters.withheld += 1
  }

  private mutating func launch(_ round: RoundInMaking, of topic: Int, at now: PushInstant) -> PushAction? {
    if round.batches.isEmpty { return nil }
    topics[topic].round = now.microseconds
    touch(topic)
    let revision = topics[topic].revision
    var batches: [PushBatch] = []
    for batch in round.batches {
      let memo = RememberedBatch(
        topic: topic, generation: topics[topic].generation, flavour: batch.flavour, revision: revision,
        until: now.microseconds + rules.memory)
      remember(memo, as: batch.nonce)
      expectAnswers(to: batch.nonce, from: batch.subscriptions, at: now)
      let flavour = topics[topic].flavours[batch.flavour].flavour
      batches.append(PushBatch(flavour: flavour, nonce: batch.nonce, isRepeat: false, targets: batch.targets))
    }
    return .send(PushRound(service: topics[topic].key, revision: revision, batches: batches))
  }

  mutating func remember(_ batch: RememberedBatch, as nonce: Int64) {
    if memory.count >= rules.roundsRemembered, let oldest = memory.popFirst() { remembered[oldest.nonce] = nil }
    remembered[nonce] = batch
    memory.append((due: batch.until, nonce: nonce))
  }

  /// Forgets what it has been long enough since the last datagram.
  mutating func forget(by now: PushInstant) {
    while let old = memory.popFirst(where: { $0.due <= now.microseconds }) {
      if let batch = remembered[old.nonce], batch.until <= now.microseconds { remembered[old.nonce] = nil }
    }
  }

  private mutating func expectAnswers(to nonce: Int64, from subscriptions: [Int32], at now: PushInstant) {
    if repeats.count >= rules.roundsRemembered, let oldest = repeats.popFirst() {
      for id in oldest.subscriptions.lazy.map(Int.init) where isAwaited(id, oldest.nonce) { fail(id) }
    }
    repeats.append(
      AwaitedBatch(due: now.microseconds + rules.acknowledgementWait, nonce: nonce, subscriptions: subscriptions))
  }

  mutating func wake(_ topic: Int, at time: Int64) {
    if let planned = topics[topic].wake, planned <= time { return }
    topics[topic].wake = time
    wakes.insert(.init(at: time, topic: topic))
  }
}

/// A round while it is being put together: one batch for each flavour that anybody in it wants.
private struct RoundInMaking {
  struct Batch {
    var flavour: Int
    var nonce: Int64
    var subscriptions: [Int32] = []
    var targets: [PushEndpoint] = []
  }

  private(set) var batches: [Batch] = []
  /// By flavour, -1 while there is none.
  private var batchOfFlavour: [Int]

  init(flavours: Int) { batchOfFlavour = Array(repeating: -1, count: flavours) }

  func nonce(_ flavour: Int) -> Int64? { batchOfFlavour[flavour] < 0 ? nil : batches[batchOfFlavour[flavour]].nonce }

  mutating func add(_ subscription: Int32, at target: PushEndpoint, nonce: Int64, flavour: Int) {
    if batchOfFlavour[flavour] < 0 {
      batchOfFlavour[flavour] = batches.count
      batches.append(Batch(flavour: flavour, nonce: nonce))
    }
    let batch = batchOfFlavour[flavour]
    batches[batch].subscriptions.append(subscription)
    batches[batch].targets.append(target)
  }
}
