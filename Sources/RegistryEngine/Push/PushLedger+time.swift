import RegistryModel

extension PushLedger {
  /// When `advance` has something to do next, in microseconds; nil when never.
  public var nextDeadline: Int64? {
    // Asked after every turn that brought an acknowledgement: no array is made for it.
    let earliest = min(
      repeats.first?.due ?? .max, endings.first?.due ?? .max, memory.first?.due ?? .max, wakes.next ?? .max,
      lapses.next ?? .max)
    return earliest < .max ? earliest : nil
  }

  /// Does what time alone brings: later rounds, repeats, giving up, lapses. Answers that have already arrived must be
  /// handed in first: after a pause of the whole process they settle what would be repeated.
  public mutating func advance(to now: PushInstant, random: inout some RandomNumberGenerator) -> [PushAction] {
    if let deadline = nextDeadline, now.microseconds - deadline > rules.pause { resumed = now.microseconds }
    var actions: [PushAction] = []
    while let batch = endings.popFirst(where: { $0.due <= now.microseconds }) { giveUp(batch, at: now, &actions) }
    while let batch = repeats.popFirst(where: { $0.due <= now.microseconds }) { sendAgain(batch, at: now, &actions) }
    forget(by: now)
    while let entry = wakes.popDue(at: now.microseconds) {
      guard topics[entry.topic].wake == entry.at else { continue }
      topics[entry.topic].wake = nil
      actions += tend(entry.topic, at: now, random: &random)
    }
    for entry in lapses.turn(to: now.microseconds) { lapse(entry, at: now, &actions) }
    return actions
  }

  private mutating func sendAgain(_ batch: AwaitedBatch, at now: PushInstant, _ actions: inout [PushAction]) {
    guard var memo = remembered[batch.nonce], topics[memo.topic].generation == memo.generation else {
      for id in batch.subscriptions.lazy.map(Int.init) where isAwaited(id, batch.nonce) { fail(id) }
      return
    }
    var again = AwaitedBatch(due: now.microseconds + rules.acknowledgementWait, nonce: batch.nonce, subscriptions: [])
    var targets: [PushEndpoint] = []
    for id in batch.subscriptions.lazy.map(Int.init) where isAwaited(id, batch.nonce) {
      guard isEnabled, subscriptions[id].unanswered < rules.unanswered else {
        fail(id)
        continue
      }
      subscriptions[id].outcome = .retrying
      subscriptions[id].sent = now.microseconds
      subscriptions[id].sentAt = now.wall
      subscriptions[id].unanswered += 1
      again.subscriptions.append(Int32(id))
      targets.append(subscriptions[id].endpoint)
    }
    if targets.isEmpty { return }
    counters.retried += UInt64(targets.count)
    touch(memo.topic)
    endings.append(again)
    memo.until = now.microseconds + rules.memory
    remember(memo, as: batch.nonce)
    let flavour = topics[memo.topic].flavours[memo.flavour].flavour
    let repeated = PushBatch(flavour: flavour, nonce: batch.nonce, isRepeat: true, targets: targets)
    actions.append(
      .send(PushRound(service: topics[memo.topic].key, revision: topics[memo.topic].revision, batches: [repeated])))
  }

  private mutating func giveUp(_ batch: AwaitedBatch, at now: PushInstant, _ actions: inout [PushAction]) {
    for id in batch.subscriptions.lazy.map(Int.init) where isAwaited(id, batch.nonce) {
      fail(id)
      actions.append(.gaveUp(subscriber(id)))
      if subscriptions[id].failuresInARow >= 2, now.microseconds > attention(id) {
        actions.append(remove(id, because: .silent))
      }
    }
  }

  func isAwaited(_ id: Int, _ nonce: Int64) -> Bool {
    subscriptions[id].nonce == nonce && subscriptions[id].isUnderWay
  }

  private mutating func lapse(_ entry: LapseWheel.Entry, at now: PushInstant, _ actions: inout [PushAction]) {
    let id = Int(entry.subscription)
    guard subscriptions[id].generation == entry.generation else { return }
    if now.microseconds > lapse(id) {
      actions.append(remove(id, because: .lapsed))
    } else {
      file(id, at: now.microseconds)
    }
  }

  /// When a subscription ends unless it polls before, in microseconds.
  func lapse(_ id: Int) -> Int64 {
    let life = subscriptions[id].isBackedOff ? rules.attentionWhileBackedOff : rules.lifetime
    return max(subscriptions[id].polled, resumed) + life
  }

  /// Until when a subscriber is pushed to unless it gives a sign of life before, in microseconds.
  func attention(_ id: Int) -> Int64 {
    let sign = max(subscriptions[id].polled, subscriptions[id].heard, resumed)
    return sign + (subscriptions[id].isBackedOff ? rules.attentionWhileBackedOff : rules.attention)
  }

  /// Files a subscription to be looked at when it lapses, or earlier: its life may become the shorter one.
  mutating func file(_ id: Int, at now: Int64) {
    let entry = LapseWheel.Entry(subscription: Int32(id), generation: subscriptions[id].generation)
    lapses.insert(entry, due: min(lapse(id), now + rules.lifetime), at: now)
  }
}
