public import RegistryModel

extension ProbePlan {
  /// The probes that are to be made now: those that are due, the longest overdue first, as far as one turn and the bound
  /// on probes under way allow. To be called at `nextDeadline`, and when findings were handed in.
  public mutating func advance(to now: Moment) -> [ProbeOrder] {
    let time = now.monotonic.milliseconds
    giveUpLost(at: now)
    guard time >= (earliestTurn ?? time) else { return [] }
    var orders: [ProbeOrder] = []
    lag = max(0, time - (agenda.next ?? time))
    let available = credit(at: time)
    // One in any case, or it would be asked again without end.
    let most = max(1, Int(available / 1_000))
    while orders.count < most, underWay.count < rules.mostAtOnce, let due = agenda.popDue(by: time) {
      if let order = begin(due.member, dueAt: due.at, at: time) { orders.append(order) }
    }
    if !orders.isEmpty {
      lastTurn = time
      credit = max(0, available - Int64(orders.count) * 1_000)
    }
    return orders
  }

  /// What there is for a turn at `time`: what is left, and what the limit has added since the last one.
  private func credit(at time: Int64) -> Int64 {
    let full = Int64(rules.mostPerTurn) * 1_000
    let passed = lastTurn == .min ? 0 : min(time - lastTurn, full)
    return min(full, credit + passed * Int64(rules.limitPerSecond))
  }

  /// When `advance` must be called next; nil while nobody is to be probed or all sockets are taken.
  public var nextDeadline: MonotonicTime? {
    let lost = begun.first.map { $0.at + rules.longestProbe }
    let isFull = underWay.count >= rules.mostAtOnce
    let due = isFull ? nil : agenda.next.map { max($0, earliestTurn ?? $0) }
    return [lost, due].compactMap { $0 }.min().map(MonotonicTime.init(milliseconds:))
  }

  private var earliestTurn: Int64? { lastTurn == .min ? nil : lastTurn + rules.turn }

  private mutating func begin(_ place: Int, dueAt: Int64, at time: Int64) -> ProbeOrder? {
    guard let member = members[place], let cluster = clusters[member.cluster] else { return nil }
    lastTicket += 1
    members[place]?.ticket = lastTicket
    members[place]?.dueAt = dueAt
    underWay[lastTicket] = place
    begun.append((lastTicket, time))
    counters.countBegun(cluster.settings.checker)
    return ProbeOrder(
      ticket: lastTicket, host: member.address.ip, port: cluster.port(of: member.address),
      checker: cluster.settings.checker)
  }

  /// Takes what a probe found; the result is what follows for its instance. A finding about an instance that has gone, or
  /// by a check that is made no more, is dropped, and so is a second one with the same ticket.
  public mutating func finished(_ ticket: UInt64, _ finding: ProbeFinding, at now: Moment) -> ProbeDecision? {
    guard let place = underWay.removeValue(forKey: ticket) else { return nil }
    forgetFinished()
    guard let member = members[place], member.ticket == ticket, let cluster = clusters[member.cluster] else { return nil }
    members[place]?.ticket = nil
    counters.count(finding.verdict)
    history.append(
      ProbeResult(at: now.wall, cost: max(0, finding.cost), verdict: finding.verdict, reason: finding.reason), to: place)
    adapt(member.cluster, to: finding)
    agenda.set(place, at: nextTime(after: member.dueAt, in: member.cluster, now: now.monotonic.milliseconds))
    guard let isHealthy = members[place]?.count(finding.verdict, needed: max(1, switches.checkTimes), at: now.wall) else {
      return nil
    }
    if isHealthy { counters.turnedHealthy += 1 } else { counters.turnedUnhealthy += 1 }
    return ProbeDecision(
      key: InstanceKey(service: cluster.service, address: member.address), isHealthy: isHealthy, reason: finding.reason)
  }

  /// Frees the places of probes that nobody will speak of again.
  private mutating func giveUpLost(at now: Moment) {
    let end = now.monotonic.milliseconds - rules.longestProbe
    while let (ticket, at) = begun.popFirst(where: { $0.at <= end }) {
      guard underWay[ticket] != nil else { continue }
      counters.lost += 1
      let cost = (now.monotonic.milliseconds - at) * 1_000
      _ = finished(ticket, ProbeFinding(.unjudged, .heldUp, cost: cost), at: now)
    }
  }

  private mutating func forgetFinished() {
    while let first = begun.first, underWay[first.ticket] == nil { _ = begun.popFirst() }
  }
}
