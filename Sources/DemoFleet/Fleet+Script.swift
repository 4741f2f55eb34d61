import RegistryModel

/// What can happen to the fleet.
enum FleetEvent: Sendable {
  case networkAway
  case networkBack
  case deploy(service: Int, version: String)
  /// One member stops, and starts as `version` a moment later.
  case restart(member: Int, version: String)
  case start(member: Int)
  case silence(member: Int)
  case speakAgain(member: Int)
  case setHealth(member: Int, isHealthy: Bool)
  case operate(member: Int, OverlayChange, by: String, reason: String?)
  case mark(member: Int, text: String, by: String)
  case everydayWork
  case flap(member: Int)
  case lose(service: Int)
}

extension Fleet {
  /// The incident that the console opens on, some minutes before its first frame, and the daily life around it.
  mutating func writeScript() {
    let open = Self.history
    agenda.plan(.networkAway, at: open - 372_000)
    if let core = plan.service("public", "order-core") {
      agenda.plan(.deploy(service: core, version: "1.8.4"), at: open - 401_000)
      for member in plan.services[core].members.prefix(8).suffix(4) {
        let off = FleetEvent.operate(member: member, .setEnabled(false), by: "li.w", reason: "INC-4471 net b")
        agenda.plan(off, at: open - 18_000)
      }
      agenda.plan(
        .mark(member: plan.services[core].members.lowerBound, text: "INC-4471: switch port flapping, ask net team", by: "li.w"),
        at: open - 9_000)
    }
    if let price = plan.service("public", "price"), let sound = plan.services[price].members.last {
      agenda.plan(.operate(member: sound, .setWeight(0.2), by: "zhao", reason: nil), at: open - 610_000)
    }
    if let legacy = plan.service("public", "invoice-legacy") {
      for member in plan.services[legacy].members {
        agenda.plan(.operate(member: member, .setEnabled(false), by: "admin", reason: "retired"), at: 60_000)
      }
    }
    if let engine = plan.service("risk", "rule-engine") { agenda.plan(.lose(service: engine), at: open - 94_000) }
    if let planner = plan.service("lgs", "route-planner") {
      agenda.plan(.flap(member: plan.services[planner].members.lowerBound), at: open - 200_000)
    }
    agenda.plan(.everydayWork, at: 5_000)
  }

  mutating func perform(_ event: FleetEvent, at time: Int64, _ act: (FleetAction) -> Void) {
    switch event {
    case .networkAway: setNetwork(isUp: false, at: time)
    case .networkBack: setNetwork(isUp: true, at: time)
    case .deploy(let service, let version): deploy(service, version, at: time)
    case .restart(let member, let version):
      deregister(member, act)
      self.version[member] = version
      agenda.plan(.start(member: member), at: time + 1_500 + Int64(random.below(2_000)))
    case .start(let member):
      isBeating[member] = plan.members[member].address.isEphemeral
      register(member, act)
    case .silence(let member): isBeating[member] = false
    case .speakAgain(let member):
      isBeating[member] = plan.members[member].address.isEphemeral
      register(member, act)
    case .setHealth(let member, let isHealthy): setHealth(member, isHealthy, act)
    case .operate(let member, let change, let name, let reason):
      act(.command(by: name, .operate(key(of: member), change), reason: reason))
    case .mark(let member, let text, let name): act(.command(by: name, .mark(key(of: member), text: text)))
    case .everydayWork: everydayWork(at: time)
    case .flap(let member):
      agenda.plan(.silence(member: member), at: time)
      agenda.plan(.speakAgain(member: member), at: time + 19_000)
      agenda.plan(.flap(member: member), at: time + 31_000 + Int64(random.below(20_000)))
    case .lose(let service):
      for member in plan.services[service].members { isBeating[member] = false }
    }
  }

  private func key(of member: Int) -> InstanceKey {
    let planned = plan.members[member]
    return InstanceKey(service: plan.services[planned.service].key, address: planned.address)
  }

  private mutating func deregister(_ member: Int, _ act: (FleetAction) -> Void) {
    isBeating[member] = false
    act(
      .command(
        Command(
          .deregister(key(of: member)),
          by: .client(address: plan.members[member].address.ip, agent: "Nacos-Java-Client:v1.4.8"))))
  }

  private func setHealth(_ member: Int, _ isHealthy: Bool, _ act: (FleetAction) -> Void) {
    act(.command(Command(.probed(key(of: member), isHealthy: isHealthy), by: .probe)))
  }

  /// Everything in the lost network falls silent at once; probes notice within three seconds.
  private mutating func setNetwork(isUp: Bool, at time: Int64) {
    for (member, planned) in plan.members.enumerated() where planned.address.ip.hasPrefix(FleetPlan.lostNetwork) {
      if planned.address.isEphemeral {
        let isLost = plan.services[planned.service].key.name == "rule-engine"
        if isUp { agenda.plan(.speakAgain(member: member), at: time + Int64(random.below(3_000))) }
        if !isUp, !isLost { isBeating[member] = false }
      } else {
        agenda.plan(.setHealth(member: member, isHealthy: isUp), at: time + Int64(random.below(3_000)))
      }
    }
    // Networks that fail once fail again: the demo stays worth watching.
    agenda.plan(isUp ? .networkAway : .networkBack, at: time + (isUp ? 900_000 : 792_000))
  }

  private mutating func deploy(_ service: Int, _ version: String, at time: Int64) {
    for (number, member) in plan.services[service].members.enumerated() {
      agenda.plan(.restart(member: member, version: version), at: time + Int64(number) * 2_400)
    }
  }

  /// One thing of the kind that happens all day, and the next one planned.
  private mutating func everydayWork(at time: Int64) {
    agenda.plan(.everydayWork, at: time + 2_500 + Int64(random.below(6_000)))
    let service = 12 + random.below(plan.services.count - 12)
    let members = plan.services[service].members
    guard !members.isEmpty else { return }
    let member = members.lowerBound + random.below(members.count)
    switch random.below(10) {
    case 0...3 where members.count <= 40:
      agenda.plan(.deploy(service: service, version: random.pick(FleetNames.versions)), at: time)
    case 4...6:
      let weight = Double(1 + random.below(20)) / 10
      agenda.plan(.operate(member: member, .setWeight(weight), by: random.pick(FleetNames.operators), reason: nil), at: time)
    case 7:
      let name = random.pick(FleetNames.operators)
      agenda.plan(.operate(member: member, .setEnabled(false), by: name, reason: "drain"), at: time)
      agenda.plan(.operate(member: member, .clear, by: name, reason: "back"), at: time + 120_000)
    default:
      agenda.plan(.silence(member: member), at: time)
      agenda.plan(.speakAgain(member: member), at: time + 17_000 + Int64(random.below(30_000)))
    }
  }
}
