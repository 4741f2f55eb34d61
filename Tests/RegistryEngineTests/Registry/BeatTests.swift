import RegistryModel
import Testing

@testable import RegistryEngine

@Suite struct BeatTests {
  private let key = instanceKey()
  private var driver = Driver()
  private let alive = BeatAnswer.alive(interval: 5_000, lightBeats: true)

  @Test mutating func aLightBeatOfAStrangerIsUnknown() throws {
    #expect(try driver.beat(key) == .unknown(interval: 5_000))
    #expect(driver.registry.catalog.services.isEmpty)
    #expect(driver.registry.nextDeadline == nil)
  }

  @Test mutating func aFullBeatOfAStrangerRegisters() throws {
    let body = Beat.Body(weight: 2, metadata: ["a": "1", PreservedKey.beatInterval: "2000"])
    #expect(try driver.beat(key, body) == .alive(interval: 2_000, lightBeats: true))
    let instance = try #require(driver.instance(key))
    #expect(instance.weight == 2 && instance.metadata["a"] == "1" && instance.app == nil && instance.isServing)
    #expect(driver.causes == [.registered])
  }

  @Test mutating func aFullBeatForAPersistentStrangerAsksToRegisterIt() throws {
    let answer = try driver.beat(key, Beat.Body(isEphemeral: false, weight: 2))
    let registration = Registration(key: instanceKey(isEphemeral: false), weight: 2, app: nil)
    #expect(answer == .registers(registration, interval: 5_000, lightBeats: true))
    #expect(driver.commits.isEmpty)
  }

  @Test mutating func aBeatOfAPersistentInstanceHasNoEffect() throws {
    let persistent = instanceKey(isEphemeral: false)
    try driver.submit(.register(Registration(key: persistent, isHealthy: false)))
    #expect(try driver.beat(persistent, Beat.Body(weight: 9)) == alive)
    #expect(driver.instance(persistent)?.isHealthy == false)
    #expect(driver.instance(persistent)?.weight == 1)
    #expect(driver.commits.count == 1)
  }

  @Test("A full beat of a known one changes nothing that was registered or edited")
  mutating func knownOnesKeepWhatTheyAre() throws {
    try driver.submit(.register(Registration(key: key, weight: 1, metadata: ["a": "1"])))
    try driver.submit(.patch(key.service, cluster: "DEFAULT", ip: "10.0.0.1", port: 80, InstancePatch(weight: 7)))
    #expect(try driver.beat(key, Beat.Body(weight: 9, metadata: ["b": "2"])) == alive)
    #expect(driver.instance(key)?.weight == 7)
    #expect(driver.instance(key)?.metadata == ["a": "1"])
  }

  @Test(
    "The interval is the instance's, the default when that is no number, or the switch's",
    arguments: [("1000", 1_000), ("abc", 5_000), ("-1", 5_000), (nil, 6_000)] as [(String?, Int64)])
  func intervals(given: String?, answered: Int64) throws {
    var driver = Driver()
    try driver.submit(.setSwitch(entry: "clientBeatInterval", value: "6000"))
    let metadata = given.map { [PreservedKey.beatInterval: $0] as Metadata } ?? Metadata()
    try driver.submit(.register(Registration(key: key, metadata: metadata)))
    #expect(try driver.beat(key) == .alive(interval: answered, lightBeats: true))
  }

  @Test("E1: a beat under way does not bring back what was deregistered")
  mutating func lateBeats() throws {
    try driver.submit(.register(Registration(key: key)))
    try driver.submit(.deregister(key))
    driver.run(until: 9_000)
    #expect(try driver.beat(key, Beat.Body(weight: 1)) == alive)
    #expect(try driver.beat(key) == alive)
    #expect(driver.instance(key) == nil)
    driver.run(until: 10_100)
    #expect(try driver.beat(key) == .unknown(interval: 5_000))
    #expect(try driver.beat(key, Beat.Body(weight: 1)) == alive)
    #expect(driver.instance(key) != nil)
  }

  @Test("E1: registering again ends the refusal")
  mutating func registeringEndsIt() throws {
    try driver.submit(.register(Registration(key: key)))
    try driver.submit(.deregister(key))
    try driver.submit(.register(Registration(key: key)))
    driver.run(until: 20_000)
    #expect(driver.instance(key)?.isHealthy == false)
    try driver.beat(key)
    #expect(driver.instance(key)?.isHealthy == true)
  }

  @Test("R35: beats of strangers leave nothing behind")
  mutating func strangersLeaveNothing() throws {
    for number in 0..<5_000 { try driver.beat(instanceKey("10.9.\(number / 250).\(number % 250)")) }
    #expect(driver.registry.catalog.services.isEmpty)
    #expect(driver.registry.tombstones.count == 0 && driver.registry.departures.count == 0)
    #expect(driver.registry.counters.beats == 5_000)
  }

  @Test func tombstonesAreBounded() throws {
    var limits = Limits()
    limits.tombstones = 10
    var driver = Driver(limits: limits)
    for number in 0..<50 {
      try driver.submit(.register(Registration(key: instanceKey(port: number))))
      try driver.submit(.deregister(instanceKey(port: number)))
    }
    #expect(driver.registry.tombstones.count == 10)
    #expect(try driver.beat(instanceKey(port: 0)) == .unknown(interval: 5_000))
    #expect(try driver.beat(instanceKey(port: 49)) == alive)
  }

  @Test("Trap 1: churn leaves no deadlines behind")
  mutating func churn() throws {
    for _ in 0..<1_000 {
      try driver.submit(.register(Registration(key: key)))
      try driver.submit(.deregister(key))
    }
    try driver.submit(.register(Registration(key: key)))
    #expect(driver.registry.vitals.wheel.count == 1)
    #expect(driver.registry.vitals.count == 1)
    #expect(driver.registry.idleServices.storedItems < 100)
    #expect(driver.registry.checkInvariants() == [])
  }
}
