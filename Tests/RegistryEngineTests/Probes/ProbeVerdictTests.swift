import RegistryModel
import Testing

@testable import RegistryEngine

/// What probes' findings come to.
@Suite struct ProbeVerdictTests {
  private static func world(_ patient: Patient, isHealthy: Bool = true) throws -> (ProbeWorld, InstanceKey) {
    var world = ProbeWorld()
    world.host = { _ in (patient.finding, patient.delay) }
    let key = persistentKey(1)
    try world.register(key, isHealthy: isHealthy)
    return (world, key)
  }

  /// Lets `count` more probes happen.
  private static func probe(_ world: inout ProbeWorld, _ count: Int = 1) throws {
    let wanted = world.starts.count + count
    while world.starts.count < wanted { try world.run(until: world.time + 10) }
    try world.run(until: world.time + 10)
  }

  @Test func aFreshHealthyInstanceStaysSoWhileItAnswers() throws {
    let patient = Patient()
    var (world, key) = try Self.world(patient)
    try world.run(until: 60_000)
    #expect(world.decisions.isEmpty)
    #expect(world.driver.instance(key)?.isHealthy == true)
    #expect(world.driver.causes == [.registered])
  }

  @Test func threeFailuresInARowAndNotTwo() throws {
    let patient = Patient()
    var (world, key) = try Self.world(patient)
    try Self.probe(&world)
    patient.be(.fail, .timedOut)
    try Self.probe(&world, 2)
    patient.be(.ok, .answered)
    try Self.probe(&world)
    patient.be(.fail, .timedOut)
    try Self.probe(&world, 2)
    #expect(world.driver.instance(key)?.isHealthy == true)
    try Self.probe(&world)
    #expect(world.driver.instance(key)?.isHealthy == false)
    #expect(world.decisions == [ProbeDecision(key: key, isHealthy: false, reason: .timedOut)])
  }

  @Test func threeSuccessesInARowAndNotTwo() throws {
    let patient = Patient(.ok, .answered)
    var (world, key) = try Self.world(patient, isHealthy: false)
    try Self.probe(&world, 2)
    patient.be(.fail, .timedOut)
    try Self.probe(&world)
    patient.be(.ok, .answered)
    try Self.probe(&world, 2)
    #expect(world.driver.instance(key)?.isHealthy == false)
    try Self.probe(&world)
    #expect(world.driver.instance(key)?.isHealthy == true)
    #expect(world.driver.causes == [.registered, .turnedHealthy])
  }

  @Test func aRefusalCountsAtOnce() throws {
    let patient = Patient(.failNow, .refused)
    var (world, key) = try Self.world(patient)
    try Self.probe(&world)
    #expect(world.driver.instance(key)?.isHealthy == false)
    #expect(world.driver.commits.last?.origin == .probe)
    // And once is enough said.
    try Self.probe(&world, 5)
    #expect(world.decisions.count == 1)
  }

  @Test func whatSaysNothingNeitherCountsNorBreaksARow() throws {
    let patient = Patient(.fail, .timedOut)
    var (world, key) = try Self.world(patient)
    try Self.probe(&world, 2)
    patient.be(.unjudged, .heldUp)
    try Self.probe(&world, 20)
    #expect(world.driver.instance(key)?.isHealthy == true)
    patient.be(.fail, .timedOut)
    try Self.probe(&world)
    #expect(world.driver.instance(key)?.isHealthy == false)
  }

  @Test(arguments: [1, 5]) func howManyInARowIsASwitch(times: Int) throws {
    let patient = Patient(.fail, .timedOut)
    var (world, key) = try Self.world(patient)
    try world.submit(.setSwitch(entry: "healthCheckTimes", value: String(times)))
    try Self.probe(&world, times - 1)
    #expect(world.driver.instance(key)?.isHealthy == true)
    try Self.probe(&world)
    #expect(world.driver.instance(key)?.isHealthy == false)
  }

  @Test func healthThatSomebodyElseChangedIsCountedAnew() throws {
    let patient = Patient(.failNow, .refused)
    var (world, key) = try Self.world(patient)
    try Self.probe(&world, 10)
    patient.be(.fail, .timedOut)
    try Self.probe(&world, 10)
    let patch = InstancePatch(isHealthy: true)
    try world.submit(.patch(key.service, cluster: "DEFAULT", ip: key.address.ip, port: 3_000, patch))
    try Self.probe(&world, 2)
    #expect(world.driver.instance(key)?.isHealthy == true)
    try Self.probe(&world)
    #expect(world.driver.instance(key)?.isHealthy == false)
  }

  @Test func aCheckerThatIsNoneEndsProbing() throws {
    let patient = Patient(.failNow, .refused)
    patient.delay = 400
    var (world, key) = try Self.world(patient)
    while world.starts.isEmpty { try world.run(until: world.time + 10) }
    // The probe is under way when nobody wants it any more.
    try world.submit(.setCluster(key.service, name: "DEFAULT", ClusterSettings(checker: .none)))
    try world.run(until: world.time + 60_000)
    #expect(world.starts.count == 1)
    #expect(world.decisions.isEmpty)
    #expect(world.cluster(of: key)?.state == .byHand)
    #expect(world.page(of: key)?.next == nil && world.page(of: key)?.isUnderWay == false)
    try world.submit(.setCluster(key.service, name: "DEFAULT", ClusterSettings(checker: .tcp)))
    try world.run(until: world.time + 10_000)
    #expect(world.driver.instance(key)?.isHealthy == false)
  }

  @Test func aFindingOfAnotherCheckIsDropped() throws {
    let patient = Patient(.failNow, .refused)
    patient.delay = 400
    var (world, key) = try Self.world(patient)
    while world.starts.isEmpty { try world.run(until: world.time + 10) }
    let settings = ClusterSettings(checker: .tcp, checkPort: 9_999, usesInstancePort: false)
    try world.submit(.setCluster(key.service, name: "DEFAULT", settings))
    patient.be(.ok, .answered)
    try world.run(until: world.time + 60_000)
    #expect(world.decisions.isEmpty)
    #expect(world.starts.last?.order.port == 9_999)
    #expect(world.starts.count > 5)
  }

  @Test func theSwitchEndsProbingButForTheWhiteList() throws {
    let patient = Patient()
    var (world, key) = try Self.world(patient)
    let other = persistentKey(2, service: "DEFAULT_GROUP@@listed")
    try world.register(other)
    try world.run(until: 10_000)
    world.driver.registry.switches.healthCheckWhiteList = [other.service.grouped]
    try world.submit(.setSwitch(entry: "check", value: "false"))
    let before = world.starts.count
    try world.run(until: 30_000)
    #expect(Set(world.starts[before...].map(\.order.host)) == [other.address.ip])
    #expect(world.cluster(of: key)?.state == .switchedOff)
    try world.submit(.setSwitch(entry: "check", value: "true"))
    try world.run(until: 40_000)
    #expect(world.starts.last { $0.order.host == key.address.ip }.map { $0.at > 31_000 } == true)
  }

  @Test func portsAreTheInstancesOrTheClusters() throws {
    let patient = Patient()
    var (world, key) = try Self.world(patient)
    try world.run(until: 10_000)
    #expect(world.starts.last?.order.port == 3_000)
    let own = ClusterSettings(checker: .tcp, checkPort: 81, usesInstancePort: false)
    try world.submit(.setCluster(key.service, name: "DEFAULT", own))
    try world.run(until: 20_000)
    #expect(world.starts.last?.order.port == 81)
    let database = HealthChecker.mysql(user: "u", password: "p", command: "select 1")
    try world.submit(
      .setCluster(key.service, name: "DEFAULT", ClusterSettings(checker: database, checkPort: 81, usesInstancePort: false)))
    try world.run(until: 30_000)
    #expect(world.starts.last?.order.port == 3_000)
    #expect(world.starts.last?.order.checker == database)
  }

  @Test func theLastTenResultsAreKept() throws {
    let patient = Patient(.fail, .status(503))
    var (world, key) = try Self.world(patient)
    try Self.probe(&world, 8)
    patient.be(.ok, .status(200))
    try Self.probe(&world, 4)
    let page = try #require(world.page(of: key))
    #expect(page.results.map(\.verdict) == Array(repeating: .fail, count: 6) + Array(repeating: .ok, count: 4))
    #expect(page.results.first?.reason == .status(503) && page.results.last?.reason == .status(200))
    #expect(page.results.map(\.at) == page.results.map(\.at).sorted())
    #expect(page.results.last?.cost == 300)
    #expect(page.streak == 4 && page.streakSince == page.results[6].at)
    #expect(try #require(page.next) > world.driver.now.wall)
  }

  @Test(arguments: [
    ProbeReason.answered, .status(599), .refused, .timedOut, .network(113), .closed, .malformed, .databaseError(65_535),
    .readOnly, .unknownHost, .resolving, .forbidden, .heldUp, .exhausted(24), .misconfigured, .unsupportedLogin,
  ])
  func everyReasonIsKeptAsItWas(reason: ProbeReason) throws {
    var history = ProbeHistory()
    history.clear(3)
    for (index, verdict) in ProbeVerdict.allCases.enumerated() {
      let result = ProbeResult(
        at: WallTime(milliseconds: 1_700_000_000_000 + Int64(index)), cost: 123_456, verdict: verdict, reason: reason)
      for _ in 0..<25 { history.append(result, to: 3) }
      #expect(history.results(of: 3) == Array(repeating: result, count: 10))
    }
    history.clear(3)
    #expect(history.results(of: 3).isEmpty)
  }
}
