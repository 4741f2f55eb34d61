import RegistryModel
import Testing

@testable import RegistryEngine

/// When instances are probed.
@Suite struct ProbePaceTests {
  private static let longest: Int64 = 5_000

  private static func fleet(_ count: Int, rules: ProbeRules = ProbeRules(), seed: UInt64 = 1) throws -> ProbeWorld {
    var world = ProbeWorld(rules: rules, seed: seed)
    for number in 0..<count { try world.register(persistentKey(number, service: "DEFAULT_GROUP@@s\(number % 100)")) }
    return world
  }

  @Test func everyOneOfTwentyThousandIsProbedWithinItsInterval() throws {
    var world = try Self.fleet(20_000)
    try world.run(until: 17_000)
    let starts = world.startsByHost
    #expect(starts.count == 20_000)
    let firsts = starts.values.compactMap(\.first)
    #expect(firsts.allSatisfy { (1_990...7_010).contains($0) })
    let gaps = starts.values.flatMap { times in zip(times.dropFirst(), times).map { $0 - $1 } }
    #expect(try #require(gaps.max()) <= Self.longest)
    #expect(try #require(gaps.min()) >= 1_000)
    #expect(world.decisions.isEmpty)
    #expect(world.mostUnderWay < 100)
    // 4,000 a second. Chance makes some tenths fuller; nothing makes a crowd.
    let settled = world.starts.filter { (8_000..<17_000).contains($0.at) }
    let perTenth = Dictionary(grouping: settled) { $0.at / 100 }.mapValues(\.count)
    #expect(perTenth.count == 90)
    #expect(perTenth.values.allSatisfy { (250..<600).contains($0) })
  }

  /// A binary heap of n takes a few more steps than log n for what is taken out and put in again.
  @Test func workForAProbeHardlyDependsOnHowManyThereAre() throws {
    func steps(_ count: Int) throws -> Double {
      var world = try Self.fleet(count)
      try world.run(until: 7_500)
      let (before, begun) = (world.steps, world.starts.count)
      try world.run(until: 15_000)
      return Double(world.steps - before) / Double(world.starts.count - begun)
    }
    let few = try steps(100)
    let many = try steps(10_000)
    #expect(many < 2 * few + 16, "few \(few), many \(many)")
    #expect(many < 40)
  }

  @Test func aFewAreProbedAtTheShortestInterval() throws {
    var world = try Self.fleet(3)
    try world.run(until: 60_000)
    for times in world.startsByHost.values {
      let gaps = zip(times.dropFirst(), times).map { $0 - $1 }
      // It shrinks from one probe to the next until it is the least.
      #expect(gaps == gaps.sorted(by: >))
      #expect(gaps.last == 1_000)
    }
    let cluster = try #require(world.cluster(of: persistentKey(0, service: "DEFAULT_GROUP@@s0")))
    #expect(cluster.interval == 1_000)
    #expect(cluster.best == 0 && cluster.worst == 0 && cluster.last == 0)
  }

  @Test(
    arguments: [
      (.tcp, ProbeFinding(.ok, .answered, cost: 2_000), 1_000),
      (.tcp, ProbeFinding(.failNow, .refused, cost: 2_000), 5_000),
      (.tcp, ProbeFinding(.fail, .timedOut, cost: 500_000), 5_000),
      (.tcp, ProbeFinding(.ok, .answered, cost: 3_000_000), 3_000),
      (.http(path: "/", headers: "", expectedCode: 200), ProbeFinding(.ok, .status(200), cost: 9_000), 500),
      (.http(path: "/", headers: "", expectedCode: 200), ProbeFinding(.fail, .status(503), cost: 9_000), 5_000),
      (.mysql(user: nil, password: nil, command: nil), ProbeFinding(.ok, .answered, cost: 9_000), 2_000),
      (.mysql(user: nil, password: nil, command: nil), ProbeFinding(.failNow, .databaseError(1045), cost: 9_000), 3_000),
    ] as [(HealthChecker, ProbeFinding, Int64)])
  func theIntervalFollowsHowLongProbesTake(checker: HealthChecker, finding: ProbeFinding, interval: Int64) throws {
    var world = ProbeWorld()
    let key = persistentKey(1)
    try world.register(key)
    try world.submit(.setCluster(key.service, name: "DEFAULT", ClusterSettings(checker: checker)))
    world.host = { _ in (finding, finding.cost / 1_000) }
    try world.run(until: 240_000)
    let found = try #require(world.cluster(of: key)).interval
    #expect(abs(found - interval) <= 10)
  }

  @Test func theBoundsAreThoseOfTheSwitches() throws {
    var world = ProbeWorld()
    var switches = Switches()
    switches.tcpHealthParams = .init(max: 20_000, min: 10_000, factor: 0)
    try world.submit(.replaceSwitches(switches))
    try world.register(persistentKey(1))
    try world.run(until: 60_000)
    let times = try #require(world.startsByHost.values.first)
    #expect(zip(times.dropFirst(), times).allSatisfy { $0 - $1 == 10_000 })
  }

  /// Bounds that nobody checked: the plan must neither spin nor stop.
  @Test(arguments: [
    Switches.CheckBounds(max: -1, min: -5, factor: .nan), .init(max: 0, min: 0, factor: -3),
    .init(max: .max, min: .min, factor: 7), .init(max: 1, min: .max, factor: .infinity),
  ])
  func senselessBoundsAreMadeSafe(bounds: Switches.CheckBounds) throws {
    var world = ProbeWorld()
    world.driver.registry.switches.mysqlHealthParams = bounds
    world.followWholeCatalog()
    let key = persistentKey(1)
    try world.register(key)
    let checker = HealthChecker.mysql(user: nil, password: nil, command: nil)
    try world.submit(.setCluster(key.service, name: "DEFAULT", ClusterSettings(checker: checker)))
    try world.run(until: 100_000)
    #expect((1...200).contains(world.starts.count))
    let interval = try #require(world.cluster(of: key)).stretchedInterval
    #expect((500...86_400_000).contains(interval))
  }

  @Test func comingAndGoingLeavesNothingBehind() throws {
    var world = try Self.fleet(1)
    for _ in 0..<1_000 {
      try world.register(persistentKey(9))
      try world.run(until: world.time + 3)
      try world.submit(.deregister(persistentKey(9)))
    }
    #expect(world.plan.agenda.count == 1)
    #expect(world.plan.memberCount == 1)
    #expect(world.plan.members.places.count == 2)
    #expect(world.plan.services.count == 1)
    try world.run(until: world.time + 60_000)
    #expect(Set(world.starts.map(\.order.host)) == [persistentKey(0).address.ip])
  }

  @Test func aDemandOfNobodyIsNothing() throws {
    var world = try Self.fleet(5_000)
    try world.run(until: 15_000)
    #expect(world.plan.demand > 4_000)
    for number in 0..<5_000 { try world.submit(.deregister(persistentKey(number, service: "DEFAULT_GROUP@@s\(number % 100)"))) }
    #expect(world.plan.demand == 0)
    // Probes under way are waited for, and then there is nothing left to do.
    try world.run(until: world.time + 100)
    #expect(world.plan.nextDeadline == nil)
  }

  @Test func sameSeedSameTranscript() throws {
    func transcript(_ seed: UInt64) throws -> [[Int64]] {
      var world = try Self.fleet(300, seed: seed)
      try world.submit(.setSwitch(entry: "check", value: "false"))
      try world.submit(.setSwitch(entry: "check", value: "true"))
      try world.run(until: 15_000)
      return world.starts.map { [$0.at, Int64($0.order.ticket), Int64($0.order.host.utf8.reduce(0) { $0 &* 31 &+ Int($1) })] }
    }
    #expect(try transcript(7) == transcript(7))
    #expect(try transcript(7) != transcript(8))
  }
}
