import RegistryModel

/// Why one instance gets calls, or gets none.
struct InstanceExplanation {
  private(set) var page = TextPage()

  init(_ key: InstanceKey, _ state: ConsoleState) {
    page.head("Verdict")
    guard let service = state.catalog[key.service], let instance = service.instances[key.address] else {
      gone(key, state)
      return
    }
    verdict(instance, service, state)
    health(key, instance, state)
    page.head("Override and note")
    if let overlay = instance.overlay {
      page.add("\(overlay.changes(over: instance))  by \(overlay.by), \(DescribeScreen.time(overlay.at, state))", .stateOverride)
      page.add("it stays when the client registers again; = clears it", .dim)
    }
    if let mark = instance.mark { page.add("note: \(mark.text)  by \(mark.by), \(DescribeScreen.time(mark.at, state))", .mark) }
    if instance.overlay == nil, instance.mark == nil { page.add("none", .dim) }
    neighbours(instance, service, state)
  }

  private mutating func gone(_ key: InstanceKey, _ state: ConsoleState) {
    page.add("\(key.address.hostAndPort) is not registered in \(key.service.name)", .stateGone)
    guard let loss = state.mirror.losses.losses[key] else { return }
    page.add("it fell silent and was removed at \(DescribeScreen.time(loss.at, state))", .stateGone)
  }

  private mutating func verdict(_ instance: Instance, _ service: Service, _ state: ConsoleState) {
    let takesPart = Shares.takesPart(instance, isProtected: service.isProtected)
    let share = Shares.share(of: instance, isProtected: service.isProtected, total: Shares.total(of: service))
    if !instance.isEnabled {
      let who = instance.overlay?.isEnabled == false ? "an operator took it out" : "its client registered it as disabled"
      page.add("it gets no calls: \(who)", .stateOff)
    } else if takesPart, !instance.isHealthy {
      page.add(
        "it is DOWN, yet clients are told that it is healthy (protection): it gets \(Figures.share(share)) of calls",
        .stateProtect)
    } else if !instance.isHealthy {
      page.add("it gets no calls: it is unhealthy", .stateDown)
    } else if instance.weight <= 0 {
      page.add("it gets no calls from clients that weigh: its weight is 0", .stateDegraded)
    } else {
      page.add("it gets \(Figures.share(share)) of the calls of clients that weigh", .stateOK)
    }
  }

  private mutating func health(_ key: InstanceKey, _ instance: Instance, _ state: ConsoleState) {
    page.head("Health")
    let word = instance.isHealthy ? "healthy" : "unhealthy"
    page.add("\(word) since \(DescribeScreen.time(instance.healthChangedAt, state))", InstanceLook.health(instance).role)
    guard instance.isEphemeral else {
      page.add("persistent: its cluster's checker decides; it is never removed by itself")
      ProbeLines.write(key, state, &page)
      return
    }
    let timing = InstanceTiming(instance.metadata)
    let limits = "unhealthy after \(Figures.age(timing.beatTimeout)), removed after \(Figures.age(timing.deleteTimeout))"
    guard let age = state.hot.beatAge(key, now: state.clock) else {
      page.add("ephemeral: beats decide: \(limits)")
      return
    }
    let isLate = age >= timing.beatTimeout
    page.add("last beat \(Figures.beatAge(age, timing)) ago; \(limits)", isLate ? .stateDown : .base)
    if isLate, timing.deleteTimeout > age {
      page.add("it will be removed in \(Figures.age(timing.deleteTimeout - age))", .stateDown)
    }
    if !instance.isHealthy, !isLate { page.add("it beats again: the next check turns it healthy", .stateDegraded) }
  }

  private mutating func neighbours(_ instance: Instance, _ service: Service, _ state: ConsoleState) {
    guard !instance.isHealthy, let subnet = Subnet(of: instance.address.ip) else { return }
    let near = service.instances.filter { Subnet(of: $0.address.ip) == subnet }
    let down = near.count { !$0.isHealthy }
    page.head("Neighbours")
    page.add("\(down) of \(near.count) instances of this service in \(subnet.description) are unhealthy")
    if let cause = state.commonCause { page.add("everywhere: \(cause.sentence(utcOffset: state.utcOffset))", .emphasis) }
  }
}
