import RegistryModel
import Testing

@testable import RegistryClient

@Suite("The mirror of a stock Nacos")
struct StockMirrorTests {
  private static let service = ServiceKey(group: "g", name: "orders")
  private static let page = StockService(
    settings: ServiceSettings(), clusters: [StockService.Cluster(name: "DEFAULT", settings: ClusterSettings())])

  private static func time(_ milliseconds: Int64) -> WallTime { WallTime(milliseconds: milliseconds) }

  private static func host(
    _ ip: String, weight: Double = 1, isEnabled: Bool = true, isHealthy: Bool = true, isEphemeral: Bool? = true
  ) -> StockHost {
    StockHost(
      cluster: "DEFAULT", ip: ip, port: 80, weight: weight, isEnabled: isEnabled, isHealthy: isHealthy,
      metadata: Metadata(), isEphemeral: isEphemeral)
  }

  private static func key(_ ip: String, isEphemeral: Bool = true) -> InstanceKey {
    InstanceKey(service: service, address: InstanceAddress(ip: ip, port: 80, isEphemeral: isEphemeral))
  }

  /// A mirror that has looked round and knows the service with these hosts.
  private func mirror(_ hosts: [StockHost]) -> StockMirror {
    var mirror = StockMirror()
    #expect(mirror.take(Self.page, hosts: hosts, of: Self.service, at: Self.time(0)).isEmpty)
    mirror.finishLoading()
    return mirror
  }

  private func causes(_ commits: [Commit]) -> [InstanceCause] {
    commits.flatMap(\.changes).compactMap { if case .instance(_, _, _, let cause) = $0 { cause } else { nil } }
  }

  /// Looks at the service again. Commits must bring a copy of the catalogue to the same state.
  private func look(_ mirror: inout StockMirror, _ hosts: [StockHost], at time: Int64 = 1_000) -> [Commit] {
    var copy = mirror.catalog
    let commits = mirror.take(Self.page, hosts: hosts, of: Self.service, at: Self.time(time))
    for commit in commits { copy.apply(commit) }
    #expect(copy.revision == mirror.revision && copy.totals == mirror.catalog.totals)
    #expect(
      copy[Self.service]?.instances.sorted { $0.address < $1.address }
        == mirror.catalog[Self.service]?.instances.sorted { $0.address < $1.address })
    return commits
  }

  @Test("nothing new is no commit, and each change is one, by polling")
  func changes() {
    var mirror = mirror([Self.host("1"), Self.host("2")])
    #expect(look(&mirror, [Self.host("2"), Self.host("1")]).isEmpty)
    let commits = look(&mirror, [Self.host("1", weight: 3), Self.host("2", isHealthy: false), Self.host("3")])
    #expect(causes(commits) == [.updated, .turnedUnhealthy, .registered])
    #expect(commits.map(\.origin) == [.polled] && commits.map(\.revision) == [mirror.revision])
    #expect(mirror.catalog[Self.key("2")]?.healthChangedAt == Self.time(1_000))
    #expect(
      causes(look(&mirror, [Self.host("1", weight: 3, isHealthy: false), Self.host("3")])) == [.turnedUnhealthy, .expired])
    #expect(causes(look(&mirror, [Self.host("1", weight: 4, isHealthy: true)])) == [.updated, .turnedHealthy, .deregistered])
  }

  @Test("an instance that a page has twice is one, and either kind may stand at one place")
  func twice() {
    var mirror = mirror([Self.host("1")])
    #expect(look(&mirror, [Self.host("1"), Self.host("1")]).isEmpty)
    #expect(causes(look(&mirror, [Self.host("1"), Self.host("1", isEphemeral: false)])) == [.registered])
    let bulk = StockBulk(key: Self.service, hosts: [Self.host("1", isEphemeral: nil), Self.host("1", isEphemeral: nil)])
    #expect(mirror.take([bulk], at: Self.time(2_000)).isEmpty)
  }

  @Test("a page without kinds changes what it tells and believes the rest")
  func bulk() {
    var mirror = mirror([Self.host("1", isEphemeral: false)])
    let strange = ServiceKey(group: "g", name: "strange")
    let suspects = mirror.take(
      [
        StockBulk(key: Self.service, hosts: [Self.host("1", weight: 2, isEphemeral: nil)]),
        StockBulk(key: strange, hosts: [Self.host("1")]),
      ], at: Self.time(1_000))
    #expect(causes(mirror.recent) == [.updated] && mirror.catalog[Self.key("1", isEphemeral: false)]?.weight == 2)
    #expect(suspects == [strange] && mirror.catalog.totals.services == 1)
    let before = mirror.revision
    let others = [
      [Self.host("1", weight: 2, isEphemeral: nil), Self.host("2", isEphemeral: nil)], [Self.host("2", isEphemeral: nil)], [],
    ]
    for hosts in others {
      #expect(mirror.take([StockBulk(key: Self.service, hosts: hosts)], at: Self.time(2_000)) == [Self.service])
    }
    #expect(mirror.revision == before)
  }

  @Test("what was guessed at first is put right without a word, and readers need a snapshot")
  func guessed() {
    var mirror = StockMirror()
    let summary = StockSummary(key: Self.service, instances: 1, healthy: 1)
    #expect(mirror.take([summary], namespaces: ["public"], at: Self.time(0)) == [Self.service])
    _ = mirror.take([StockBulk(key: Self.service, hosts: [Self.host("1", isEphemeral: nil)])], at: Self.time(0))
    mirror.finishLoading()
    let before = mirror.silentChanges
    #expect(mirror.catalog[Self.key("1")] != nil)
    var page = Self.page
    page.settings.protectThreshold = 0.5
    #expect(mirror.take(page, hosts: [Self.host("1", isEphemeral: false)], of: Self.service, at: Self.time(1)).isEmpty)
    #expect(mirror.catalog[Self.key("1")] == nil && mirror.catalog[Self.key("1", isEphemeral: false)] != nil)
    #expect(mirror.catalog[Self.service]?.settings.protectThreshold == 0.5)
    #expect(mirror.silentChanges > before && mirror.recent.isEmpty)
    page.settings.protectThreshold = 0.6
    #expect(mirror.take(page, hosts: [Self.host("1", isEphemeral: false)], of: Self.service, at: Self.time(2)).count == 1)
  }

  @Test("the list tells which services must be looked at: new, missing and otherwise counted ones")
  func suspects() {
    var mirror = mirror([Self.host("1")])
    let names = { (summaries: [StockSummary]) in mirror.take(summaries, namespaces: ["public"], at: Self.time(0)) }
    let new = ServiceKey(group: "g", name: "new")
    #expect(names([StockSummary(key: Self.service, instances: 1, healthy: 1)]).isEmpty)
    #expect(names([StockSummary(key: Self.service, instances: 1, healthy: 0)]) == [Self.service])
    #expect(
      names([StockSummary(key: Self.service, instances: 1, healthy: 1), StockSummary(key: new, instances: 0, healthy: 0)]) == [
        new
      ])
    #expect(names([]) == [Self.service])
    #expect(mirror.take([], namespaces: ["other"], at: Self.time(0)).isEmpty)
  }

  @Test("a service that is new after the first look is news, and so is one that has gone")
  func comesAndGoes() {
    var mirror = StockMirror()
    mirror.finishLoading()
    let commits = look(&mirror, [Self.host("1")])
    #expect(commits.count == 1 && causes(commits) == [.registered])
    #expect(mirror.catalog[Self.service]?.clusters.map(\.name) == ["DEFAULT"])
    #expect(causes(mirror.takeAbsence(of: Self.service, at: Self.time(2))) == [.serviceRemoved])
    #expect(mirror.catalog.totals.services == 0 && mirror.takeAbsence(of: Self.service, at: Self.time(3)).isEmpty)
  }

  @Test("what an operator asked for goes under that name, once, and not for ever")
  func expected() {
    var mirror = mirror([Self.host("1"), Self.host("2")])
    let command = Command(.operate(Self.key("1"), .setWeight(5)), by: .operator(name: "ann"), reason: "drain")
    mirror.expect(Self.key("1"), by: command, at: Self.time(1_000))
    #expect(look(&mirror, [Self.host("1"), Self.host("2")]).isEmpty && mirror.isExpecting(Self.key("1")))
    let commits = look(&mirror, [Self.host("1", weight: 5), Self.host("2", weight: 6)], at: 1_500)
    #expect(commits.map(\.origin) == [.operator(name: "ann"), .polled])
    #expect(commits.map(\.reason) == ["drain", nil] && causes(commits) == [.operated, .updated])
    #expect(look(&mirror, [Self.host("1", weight: 7), Self.host("2", weight: 6)], at: 2_000).map(\.origin) == [.polled])
    mirror.expect(Self.key("1"), by: command, at: Self.time(3_000))
    #expect(look(&mirror, [Self.host("1"), Self.host("2")], at: 60_000).allSatisfy { $0.origin == .polled })
  }

  @Test("namespaces and switches change by their members")
  func console() {
    var mirror = StockMirror()
    mirror.finishLoading()
    let staging = Namespace(id: "staging", name: "staging", createdAt: Self.time(1))
    #expect(mirror.take([staging], at: Self.time(1)).count == 1)
    #expect(mirror.take([Namespace(id: "staging", name: "staging", createdAt: Self.time(9))], at: Self.time(9)).isEmpty)
    var switches = Switches()
    switches.pushEnabled = false
    switches.checkTimes = 5
    let changes = mirror.take(switches, at: Self.time(2)).flatMap(\.changes)
    #expect(
      changes == [
        .switches(entry: "pushEnabled", before: "true", after: "false", all: switches),
        .switches(entry: "checkTimes", before: "3", after: "5", all: switches),
      ])
    #expect(mirror.take(switches, at: Self.time(3)).isEmpty)
    #expect(mirror.take([Namespace](), at: Self.time(4)).count == 1 && mirror.catalog.namespaces.isEmpty)
  }

  @Test("no more commits are remembered than a bound, however long it goes on")
  func memory() {
    var mirror = mirror([Self.host("1")])
    for index in 1...(4 * StockMirror.memory) {
      _ = mirror.take(
        Self.page, hosts: [Self.host("1", weight: Double(index + 1))], of: Self.service, at: Self.time(Int64(index)))
    }
    #expect(mirror.recent.count <= 2 * StockMirror.memory && mirror.recent.last?.revision == mirror.revision)
    #expect(zip(mirror.recent, mirror.recent.dropFirst()).allSatisfy { $0.revision + 1 == $1.revision })
  }
}
