import RegistryModel
import Testing

@testable import RegistryEngine
import TestSupport

/// A registry, a plan that follows it, and hosts that answer as the test wants: what a server with sockets would be, with a
/// clock that the test turns.
struct ProbeWorld {
  typealias Host = (ProbeOrder) -> (finding: ProbeFinding, delay: Int64)?

  var driver = Driver()
  var plan: ProbePlan
  var random: SeededRandom
  /// What a host answers and after how many milliseconds; nil never answers.
  var host: Host = { _ in (ProbeFinding(.ok, .answered, cost: 300), 1) }
  private(set) var starts: [(at: Int64, order: ProbeOrder)] = []
  private(set) var decisions: [ProbeDecision] = []
  private(set) var mostUnderWay = 0
  private var seen = 0
  /// Findings on their way, by the time at which they arrive.
  private var arrivals: [Int64: [(ticket: UInt64, finding: ProbeFinding)]] = [:]
  private var arrivalTimes: Set<Int64> = []

  init(rules: ProbeRules = ProbeRules(), seed: UInt64 = 1) {
    plan = ProbePlan(rules: rules)
    random = SeededRandom(seed: seed)
  }

  var time: Int64 { driver.time }
  var steps: Int { plan.agenda.steps }

  mutating func submit(_ action: Action, by origin: Origin = .client(address: "10.0.0.9:1", agent: "test")) throws {
    driver.origin = origin
    try driver.submit(action)
    follow()
  }

  mutating func register(_ key: InstanceKey, isHealthy: Bool = true) throws {
    try submit(.register(Registration(key: key, isHealthy: isHealthy)))
  }

  /// Takes in what happened since the last call.
  mutating func follow() {
    for commit in driver.commits[seen...] { plan.follow(commit, at: driver.now, random: &random) }
    seen = driver.commits.count
  }

  /// The reader has lost its place and begins anew.
  mutating func followWholeCatalog() {
    plan.follow(driver.registry.catalog, driver.registry.switches, at: driver.now, random: &random)
    seen = driver.commits.count
  }

  /// Commits that the plan will never see.
  mutating func skipCommits() { seen = driver.commits.count }

  /// Lets the world go on until `milliseconds`.
  mutating func run(until milliseconds: Int64) throws {
    while let next = nextEvent, next <= milliseconds {
      driver.run(until: max(driver.time, next))
      try turn()
    }
    driver.run(until: milliseconds)
    try turn()
  }

  private var nextEvent: Int64? {
    [plan.nextDeadline?.milliseconds, arrivalTimes.min()].compactMap { $0 }.min()
  }

  private mutating func turn() throws {
    for at in arrivalTimes.sorted() where at <= time { try arrive(at) }
    for order in plan.advance(to: driver.now) {
      starts.append((time, order))
      guard let (finding, delay) = host(order) else { continue }
      arrivals[time + delay, default: []].append((order.ticket, finding))
      arrivalTimes.insert(time + delay)
    }
    mostUnderWay = max(mostUnderWay, plan.underWay.count)
  }

  private mutating func arrive(_ at: Int64) throws {
    arrivalTimes.remove(at)
    for (ticket, finding) in arrivals.removeValue(forKey: at) ?? [] {
      guard let decision = plan.finished(ticket, finding, at: driver.now) else { continue }
      decisions.append(decision)
      try submit(decision.command.action, by: decision.command.origin)
    }
  }

  func page(of key: InstanceKey) -> InstanceProbes? {
    plan.page(of: key.service, at: driver.now).instances.first { $0.address == key.address }
  }

  func cluster(of key: InstanceKey) -> ClusterProbes? {
    plan.page(of: key.service, at: driver.now).clusters.first { $0.name == key.address.cluster }
  }

  /// When each host was asked.
  var startsByHost: [String: [Int64]] {
    var starts: [String: [Int64]] = [:]
    for start in self.starts { starts["\(start.order.host):\(start.order.port)", default: []].append(start.at) }
    return starts
  }
}

/// One host that the test turns from well to ill.
final class Patient {
  var finding: ProbeFinding
  var delay: Int64 = 1

  init(_ verdict: ProbeVerdict = .ok, _ reason: ProbeReason = .answered, cost: Int64 = 300) {
    finding = ProbeFinding(verdict, reason, cost: cost)
  }

  func be(_ verdict: ProbeVerdict, _ reason: ProbeReason) { finding = ProbeFinding(verdict, reason, cost: 300) }
}

func persistentKey(_ number: Int, service: String = "DEFAULT_GROUP@@store", cluster: String = "DEFAULT") -> InstanceKey {
  instanceKey(
    "10.\(number >> 16 & 255).\(number >> 8 & 255).\(number & 255)", port: 3_000, service: service, cluster: cluster,
    isEphemeral: false)
}
