@testable import RegistryEngine
import RegistryModel
import Testing

@Suite struct SilenceTests {
  private let key = instanceKey()

  @Test("R13: at 14.9 s healthy, at 15.1 s not; at 29.9 s there, at 30.1 s gone")
  func boundaries() throws {
    var driver = Driver()
    try driver.submit(.register(Registration(key: key)))
    driver.run(until: 14_900)
    #expect(driver.instance(key)?.isHealthy == true)
    driver.run(until: 15_100)
    #expect(driver.instance(key)?.isHealthy == false)
    driver.run(until: 29_900)
    #expect(driver.instance(key) != nil)
    driver.run(until: 30_100)
    #expect(driver.instance(key) == nil)
    #expect(driver.causes == [.registered, .turnedUnhealthy, .expired])
  }

  @Test func aBeatPutsSilenceOff() throws {
    var driver = Driver()
    try driver.submit(.register(Registration(key: key)))
    for second in 1...100 {
      driver.run(until: Int64(second) * 5_000)
      #expect(try driver.beat(key) == .alive(interval: 5_000, lightBeats: true))
    }
    #expect(driver.causes == [.registered])
    let before = driver.commits.count
    driver.run(until: 500_000 + 14_950)
    #expect(driver.commits.count == before)
    driver.run(until: 500_000 + 15_050)
    #expect(driver.causes.last == .turnedUnhealthy)
    try driver.beat(key)
    #expect(driver.instance(key)?.isHealthy == true)
    #expect(driver.causes.last == .turnedHealthy)
  }

  @Test("R12: a process that stood still calls nobody dead")
  func pauses() throws {
    var driver = Driver()
    try driver.submit(.register(Registration(key: key)))
    driver.run(until: 10_000)
    driver.freeze(until: 3_600_000)
    driver.run(until: 3_600_000 + 4_000)
    #expect(driver.instance(key)?.isHealthy == true)
    driver.run(until: 3_600_000 + 6_000)
    #expect(driver.instance(key)?.isHealthy == false)
  }

  @Test func nobodyIsWokenForNothing() throws {
    var driver = Driver()
    #expect(driver.registry.nextDeadline == nil)
    try driver.submit(.register(Registration(key: instanceKey(isEphemeral: false))))
    #expect(driver.registry.nextDeadline == nil)
  }

  @Test(
    "R14: odd timeouts become sane ones",
    arguments: [
      ("1", 1_000), ("0", 1_000), ("-1", 15_000), ("abc", 15_000), ("1e18", 15_000), (" 3000", 15_000), ("3000", 3_000),
      ("999999999999999999999999", nil), ("1000000000000000000", nil),
    ] as [(String, Int64?)])
  func oddTimeouts(given: String, silence: Int64?) throws {
    var driver = Driver()
    let metadata: Metadata = [PreservedKey.beatTimeout: given, PreservedKey.deleteTimeout: "1000000000000000000"]
    try driver.submit(.register(Registration(key: key, metadata: metadata)))
    driver.run(until: (silence ?? 40_000_000) - 100)
    #expect(driver.causes == [.registered])
    driver.run(until: (silence ?? 40_000_000) + 100)
    #expect(driver.causes == (silence == nil ? [.registered] : [.registered, .turnedUnhealthy]))
    #expect(driver.registry.checkInvariants() == [])
  }

  @Test func removalMayComeBeforeUnhealthy() throws {
    var driver = Driver()
    let metadata: Metadata = [PreservedKey.deleteTimeout: "4000"]
    try driver.submit(.register(Registration(key: key, metadata: metadata)))
    driver.run(until: 3_900)
    #expect(driver.instance(key) != nil)
    driver.run(until: 4_100)
    #expect(driver.causes == [.registered, .expired])
  }

  @Test("A timeout made shorter holds at once, one made longer too")
  func changedTimeouts() throws {
    var driver = Driver()
    try driver.submit(.register(Registration(key: key)))
    driver.run(until: 5_000)
    try driver.submit(.register(Registration(key: key, metadata: [PreservedKey.beatTimeout: "2000"])))
    driver.run(until: 7_100)
    #expect(driver.instance(key)?.isHealthy == false)
    let other = instanceKey("10.0.0.2")
    try driver.submit(.register(Registration(key: other)))
    try driver.submit(
      .patch(
        other.service, cluster: "DEFAULT", ip: "10.0.0.2", port: 80,
        InstancePatch(metadata: [PreservedKey.beatTimeout: "60000", PreservedKey.deleteTimeout: "90000"])))
    driver.run(until: 67_000)
    #expect(driver.instance(other)?.isHealthy == true)
    driver.run(until: 67_300)
    #expect(driver.instance(other)?.isHealthy == false)
    #expect(driver.registry.checkInvariants() == [])
  }

  @Test("R11: steps of the wall clock change nothing", arguments: [3_600_000, -3_600_000, 315_360_000_000] as [Int64])
  func wallClockSteps(step: Int64) throws {
    var driver = Driver()
    try driver.submit(.register(Registration(key: key)))
    driver.run(until: 5_000)
    driver.wallOffset += step
    driver.run(until: 14_900)
    #expect(driver.causes == [.registered])
    driver.run(until: 15_100)
    #expect(driver.causes == [.registered, .turnedUnhealthy])
  }

  @Test("Beats that wait in the socket while the process sleeps count as heard when it wakes")
  func beatsAfterAPause() throws {
    var driver = Driver()
    try driver.submit(.register(Registration(key: key)))
    driver.run(until: 4_000)
    driver.freeze(until: 100_000)
    try driver.beat(key)
    driver.run(until: 114_900)
    #expect(driver.instance(key)?.isHealthy == true)
    driver.run(until: 115_100)
    #expect(driver.instance(key)?.isHealthy == false)
  }

  @Test("Commit 3a4de81981: with checks switched off nobody is judged, and then within a second")
  func checksSwitchedOff() throws {
    var driver = Driver()
    try driver.submit(.register(Registration(key: key)))
    try driver.submit(.setSwitch(entry: "check", value: "false"))
    driver.run(until: 100_000)
    #expect(driver.causes == [.registered])
    #expect(driver.registry.checkInvariants() == [])
    try driver.submit(.setSwitch(entry: "check", value: "true"))
    driver.run(until: 101_100)
    #expect(driver.causes == [.registered, .expired])
  }

  @Test("What falls silent at once in one service is one commit, and much of it is spread over several calls")
  func massExpiry() throws {
    var driver = Driver()
    let count = Registry.turnBudget + 904
    for number in 0..<count {
      try driver.submit(.register(Registration(key: instanceKey("10.\(number / 250).1.\(number % 250)"))))
    }
    let before = driver.commits.count
    driver.run(until: 15_000)
    let commits = driver.commits[before...]
    #expect(commits.count == 2)
    #expect(commits.map(\.changes.count).reduce(0, +) == count)
    #expect(Set(commits.map(\.at)).count == 1)
    driver.run(until: 30_000)
    #expect(driver.registry.catalog.totals.instances.total == 0)
    #expect(driver.registry.catalog[key.service]?.state == .gone)
    #expect(driver.registry.catalog[key.service]?.lostInstances == count)
    #expect(driver.registry.departures.count <= driver.registry.limits.departures)
  }

  @Test func nobodyIsWokenOftenerThanTwiceASecondWhereNothingIsDue() throws {
    var driver = Driver()
    try driver.submit(
      .register(Registration(key: key, metadata: [PreservedKey.beatTimeout: "60000", PreservedKey.deleteTimeout: "90000"])))
    var wakes = 0
    var time: Int64 = 0
    while let next = driver.registry.nextDeadline, next.milliseconds < 30_000 {
      #expect(next.milliseconds > time || time == 0)
      time = next.milliseconds
      driver.run(until: time)
      wakes += 1
    }
    #expect(wakes <= 60)
  }
}
