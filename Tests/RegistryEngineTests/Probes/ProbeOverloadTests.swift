import RegistryModel
import Testing

@testable import RegistryEngine

/// A plan that cannot keep up, or has missed something.
@Suite struct ProbeOverloadTests {
  private static func fleet(_ count: Int, mostAtOnce: Int) throws -> ProbeWorld {
    var rules = ProbeRules()
    rules.mostAtOnce = mostAtOnce
    var world = ProbeWorld(rules: rules)
    for number in 0..<count { try world.register(persistentKey(number)) }
    return world
  }

  @Test("E29: checks that fall behind call nobody unhealthy") func overloadIsNoFinding() throws {
    var world = try Self.fleet(2_000, mostAtOnce: 20)
    world.host = { _ in (ProbeFinding(.ok, .answered, cost: 400_000), 400) }
    try world.run(until: 120_000)
    #expect(world.decisions.isEmpty)
    #expect(world.mostUnderWay == 20)
    #expect(world.plan.page(of: persistentKey(0).service, at: world.driver.now).lag > 5_000)
    // Everybody waits alike: three or so turns each for the 50 probes a second that there are.
    let counts = world.startsByHost.values.map(\.count)
    #expect(counts.count == 2_000)
    #expect(counts.allSatisfy { (2...4).contains($0) })
  }

  @Test func aFleetThatHangsIsAskedWithinItsInterval() throws {
    var world = try Self.fleet(20_000, mostAtOnce: ProbeRules().mostAtOnce)
    world.host = { _ in (ProbeFinding(.fail, .timedOut, cost: 500_000), 500) }
    try world.run(until: 17_000)
    let gaps = world.startsByHost.values.flatMap { times in zip(times.dropFirst(), times).map { $0 - $1 } }
    #expect(try #require(gaps.max()) <= 5_500)
    #expect(world.mostUnderWay <= ProbeRules().mostAtOnce)
  }

  @Test func whatWasMissedWhileTheProcessStoodStillIsCaughtUpWithEvenly() throws {
    var world = try Self.fleet(5_000, mostAtOnce: ProbeRules().mostAtOnce)
    try world.run(until: 10_000)
    world.driver.freeze(until: 100_000)
    let before = world.starts.count
    try world.run(until: 106_000)
    #expect(world.decisions.isEmpty)
    let perTurn = Dictionary(grouping: world.starts[before...]) { $0.at / 10 }.mapValues(\.count)
    #expect(try #require(perTurn.values.max()) <= ProbeRules().mostPerTurn)
    #expect(Set(world.starts[before...].map(\.order.host)).count == 5_000)
  }

  @Test("A fleet that is too large for its intervals costs no more than the limit, and everybody has a turn")
  func aFleetBeyondTheLimitTakesTurns() throws {
    var rules = ProbeRules()
    rules.limitPerSecond = 100
    rules.mostPerTurn = 5
    var world = ProbeWorld(rules: rules)
    for number in 0..<2_000 { try world.register(persistentKey(number)) }
    try world.run(until: 63_000)
    let settled = world.starts.filter { (3_000..<63_000).contains($0.at) }
    #expect((5_900...6_010).contains(settled.count))
    let perSecond = Dictionary(grouping: settled) { $0.at / 1_000 }.mapValues(\.count)
    #expect(perSecond.values.allSatisfy { $0 <= 105 })
    let counts = world.startsByHost.values.map(\.count)
    #expect(counts.count == 2_000)
    #expect(counts.allSatisfy { (2...4).contains($0) })
    #expect(world.decisions.isEmpty)
  }

  @Test func aLimitOfLessThanOneATurnStillGoesOn() throws {
    var rules = ProbeRules()
    rules.limitPerSecond = 0
    var world = ProbeWorld(rules: rules)
    for number in 0..<400 { try world.register(persistentKey(number)) }
    try world.run(until: 20_000)
    #expect(world.startsByHost.count == 400)
    let perTurn = Dictionary(grouping: world.starts[rules.mostPerTurn...]) { $0.at / rules.turn }.mapValues(\.count)
    #expect(perTurn.values.allSatisfy { $0 <= 2 })
  }

  @Test func resultsThatNeverComeTakeNoPlacesForGood() throws {
    var world = try Self.fleet(50, mostAtOnce: 10)
    world.host = { _ in nil }
    try world.run(until: 35_000)
    #expect(world.mostUnderWay == 10)
    #expect(world.starts.count == 20)
    #expect(world.plan.counters.lost == 10)
    world.host = { _ in (ProbeFinding(.ok, .answered, cost: 300), 1) }
    try world.run(until: 80_000)
    #expect(world.startsByHost.count == 50)
    #expect(world.decisions.isEmpty)
    #expect(world.plan.counters.lost == 20)
  }

  @Test func findingsOfNobodyAreDropped() throws {
    var world = try Self.fleet(1, mostAtOnce: 10)
    let refused = ProbeFinding(.failNow, .refused, cost: 1)
    #expect(world.plan.finished(77, refused, at: world.driver.now) == nil)
    world.host = { _ in nil }
    while world.starts.isEmpty { try world.run(until: world.time + 10) }
    let ticket = try #require(world.starts.first?.order.ticket)
    #expect(world.plan.finished(ticket, refused, at: world.driver.now) != nil)
    #expect(world.plan.finished(ticket, refused, at: world.driver.now) == nil)
    // The place of an instance that left goes to another; the finding does not.
    while world.starts.count < 2 { try world.run(until: world.time + 10) }
    try world.submit(.deregister(persistentKey(0)))
    try world.register(persistentKey(1))
    let late = try #require(world.starts.last?.order.ticket)
    #expect(world.plan.finished(late, refused, at: world.driver.now) == nil)
    #expect(world.page(of: persistentKey(1))?.results.isEmpty == true)
  }

  @Test func aReaderThatLostItsPlaceKnowsAsMuchAsOneThatDidNot() throws {
    var world = try Self.fleet(10, mostAtOnce: 10)
    try world.run(until: 10_000)
    let patched = ClusterSettings(checker: .http(path: "/", headers: "", expectedCode: 204))
    for action in [
      Action.deregister(persistentKey(3)), .register(Registration(key: persistentKey(11))),
      .setCluster(persistentKey(0).service, name: "DEFAULT", patched),
      .register(Registration(key: persistentKey(12, service: "DEFAULT_GROUP@@late", cluster: "c1"))),
    ] { try world.driver.submit(action) }
    world.skipCommits()
    world.followWholeCatalog()
    #expect(world.plan.memberCount == 11)
    #expect(world.plan.probedCount == 11)
    #expect(world.page(of: persistentKey(3)) == nil)
    #expect(world.page(of: persistentKey(4))?.results.isEmpty == false)
    let before = world.starts.count
    try world.run(until: 20_000)
    let kinds = Set(world.starts[before...].map(\.order.checker))
    #expect(kinds == [patched.checker, .tcp])
    #expect(Set(world.starts[before...].map(\.order.host)).count == 11)
  }

  @Test func serviceAndNamespaceAreWhereTheyBelong() throws {
    var world = ProbeWorld()
    let keys = ["a", "b"].map { instanceKey(namespace: $0, isEphemeral: false) }
    for key in keys { try world.register(key) }
    try world.submit(.removeService(keys[0].service))
    try world.run(until: 10_000)
    #expect(world.plan.page(of: keys[0].service, at: world.driver.now) == ProbePage())
    #expect(world.page(of: keys[1])?.results.isEmpty == false)
  }

  @Test func ephemeralInstancesAreNotProbed() throws {
    var world = ProbeWorld()
    try world.register(instanceKey())
    try world.run(until: 10_000)
    #expect(world.starts.isEmpty && world.plan.memberCount == 0)
  }
}
