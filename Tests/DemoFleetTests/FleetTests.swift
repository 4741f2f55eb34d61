import DemoFleet
import RegistryModel
import Testing

@Suite struct FleetTests {
  /// What a fleet did, as texts that compare.
  private func life(seed: UInt64, until end: Int64, step: Int64) -> [String] {
    var fleet = Fleet(seed: seed)
    var lines: [String] = []
    var time: Int64 = 0
    while time < end {
      time = min(end, time + step)
      fleet.advance(to: time) { action in
        if case .command(let command) = action { lines.append("\(command)") }
      }
    }
    return lines
  }

  @Test func theSameSeedLivesTheSameLifeInAnySteps() {
    let steps = life(seed: 7, until: 90_000, step: 500)
    #expect(steps == life(seed: 7, until: 90_000, step: 15_000))
    #expect(steps != life(seed: 8, until: 90_000, step: 500))
  }

  @Test func theFleetIsAsLargeAsPromised() {
    let plan = FleetPlan(seed: 1)
    #expect(plan.services.count == 1_200)
    #expect((17_000...18_100).contains(plan.members.count), "\(plan.members.count) instances")
    #expect(plan.namespaces.count + 1 == 14)
    #expect((5_800...6_300).contains(plan.consumers.map(\.services.count).reduce(0, +)))
    #expect(Set(plan.services.map(\.key)).count == plan.services.count)
  }

  /// From the past, in which services beat, into the present, in which members do.
  @Test(arguments: [0, Fleet.history - 60_000])
  func nobodyIsSilentLongerThanItsTimeoutUnlessTheScriptSaysSo(from start: Int64) {
    var fleet = Fleet(seed: 3)
    var last = [Int64](repeating: start, count: fleet.plan.members.count)
    var gaps = 0
    fleet.advance(to: start) { _ in }
    func heard(_ member: Int, at time: Int64) {
      if time - last[member] >= InstanceTiming.defaultBeatTimeout { gaps += 1 }
      last[member] = time
    }
    let plan = fleet.plan
    for time in stride(from: start + 50, through: start + 120_000, by: 50) {
      fleet.advance(to: time) { action in
        switch action {
        case .beat(let member): heard(member, at: time)
        case .beats(let service): for member in plan.services[service].members { heard(member, at: time) }
        case .command: break
        }
      }
    }
    // Those that the everyday script silences on purpose.
    #expect(gaps < 60, "\(gaps) gaps")
  }

  @Test func theNetworkIsAwayWhenTheConsoleOpens() {
    var fleet = Fleet(seed: 1)
    var down: Set<String> = []
    fleet.advance(to: Fleet.history) { action in
      guard case .command(let command) = action, case .probed(let key, let isHealthy) = command.action else { return }
      if isHealthy { down.remove(key.address.ip) } else { down.insert(key.address.ip) }
    }
    #expect(down.count >= 12)
    #expect(down.allSatisfy { $0.hasPrefix("10.8.3.") })
  }
}
