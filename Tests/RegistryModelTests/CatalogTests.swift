import RegistryModel
import Testing

@Suite struct CatalogTests {
  private let key = ServiceKey(grouped: "DEFAULT_GROUP@@cart")
  private var catalog = Catalog()

  private func instance(_ ip: String, healthy: Bool = true, enabled: Bool = true) -> Instance {
    Instance(
      address: InstanceAddress(ip: ip, port: 80), isEnabled: enabled, isHealthy: healthy,
      registeredAt: WallTime(milliseconds: 0))
  }

  private func commit(_ revision: Revision, at time: Int64, _ changes: Change...) -> Commit {
    Commit(revision: revision, at: WallTime(milliseconds: time), origin: .system, changes: changes)
  }

  private func created() -> Catalog {
    var catalog = Catalog()
    catalog.apply(
      commit(
        1, at: 10, .service(key, before: nil, after: ServiceSettings()),
        .cluster(key, name: "DEFAULT", before: nil, after: ClusterSettings()),
        .instance(key, before: nil, after: instance("10.0.0.1"), cause: .registered),
        .instance(key, before: nil, after: instance("10.0.0.2"), cause: .registered)))
    return catalog
  }

  @Test func sumsFollowEveryChange() throws {
    var catalog = created()
    #expect(catalog.totals.services == 1)
    #expect(catalog.totals.instances.serving == 2)
    #expect(catalog.totals.count(.ok) == 1)
    catalog.apply(
      commit(
        2, at: 20,
        .instance(
          key, before: instance("10.0.0.1"), after: instance("10.0.0.1", healthy: false), cause: .turnedUnhealthy)))
    #expect(catalog.totals.count(.degraded) == 1)
    #expect(catalog.totals.count(.ok) == 0)
    #expect(catalog.totals.instances.unhealthy == 1)
    let service = try #require(catalog[key])
    #expect(service.stateSince == WallTime(milliseconds: 20))
    #expect(service.revision == 2)
    catalog.apply(commit(3, at: 30, .service(key, before: ServiceSettings(), after: nil)))
    #expect(
      catalog.totals
        == {
          var blank = Catalog.Totals(); blank.changedAt = WallTime(milliseconds: 30); return blank
        }())
    #expect(catalog[key] == nil)
  }

  @Test func whatFellSilentIsGoneAndWhatLeftIsEmpty() {
    for (cause, state) in [(InstanceCause.expired, ServiceState.gone), (.deregistered, .empty)] {
      var catalog = created()
      catalog.apply(commit(2, at: 20, .instance(key, before: instance("10.0.0.1"), after: nil, cause: cause)))
      catalog.apply(commit(3, at: 21, .instance(key, before: instance("10.0.0.2"), after: nil, cause: cause)))
      #expect(catalog[key]?.state == state)
      #expect(catalog[key]?.lostInstances == (cause == .expired ? 2 : 0))
    }
  }

  @Test func statesFollowTheCounts() {
    let cases: [(up: Int, down: Int, off: Int, threshold: Float, ServiceState, seen: Int)] = [
      (2, 0, 0, 0, .ok, 2), (1, 1, 0, 0, .degraded, 1), (0, 3, 0, 0, .broken, 3), (0, 0, 2, 0, .offline, 0),
      (1, 0, 1, 0, .ok, 1), (2, 2, 0, 0.5, .protected, 4), (3, 1, 0, 0.5, .degraded, 3), (2, 0, 0, 1, .protected, 2),
    ]
    for (up, down, off, threshold, state, seen) in cases {
      var catalog = Catalog()
      var changes: [Change] = [.service(key, before: nil, after: ServiceSettings(protectThreshold: threshold))]
      for number in 0..<(up + down + off) {
        let instance = instance("10.0.1.\(number)", healthy: !(up..<(up + down)).contains(number), enabled: number < up + down)
        changes.append(.instance(key, before: nil, after: instance, cause: .registered))
      }
      catalog.apply(Commit(revision: 1, at: WallTime(milliseconds: 0), origin: .system, changes: changes))
      #expect(catalog[key]?.state == state, "\(up) up, \(down) down, \(off) off at \(threshold)")
      #expect(catalog[key]?.seen == seen, "\(up) up, \(down) down, \(off) off at \(threshold)")
    }
  }

  @Test func aSnapshotDoesNotChange() {
    var catalog = created()
    let snapshot = catalog
    catalog.apply(commit(2, at: 20, .instance(key, before: instance("10.0.0.1"), after: nil, cause: .deregistered)))
    #expect(snapshot[key]?.counts.total == 2)
    #expect(catalog[key]?.counts.total == 1)
  }

  @Test func overlayWinsOverTheClientAndMarksChangeNothingElse() {
    var one = instance("10.0.0.1")
    one.registeredMetadata = ["zone": "a", "version": "1"]
    one.overlay = Overlay(
      weight: 0.5, isEnabled: false, metadata: ["zone": nil, "note": "x"], by: "li", at: WallTime(milliseconds: 1))
    #expect(one.weight == 0.5)
    #expect(!one.isEnabled)
    #expect(one.metadata == ["version": "1", "note": "x"])
    one.overlay = Overlay(by: "li", at: WallTime(milliseconds: 1))
    #expect(one.overlay == nil)
    #expect(one.metadata["zone"] == "a")
    one.mark = Mark(text: "disk", by: "li", at: WallTime(milliseconds: 1))
    #expect(one.weight == 1 && one.isEnabled)
  }

  @Test func groupAndNameOfAGroupedName() {
    let cases = [
      ("DEFAULT_GROUP@@a", "DEFAULT_GROUP", "a"), ("a", "DEFAULT_GROUP", "a"), ("@@a", "", "a"), ("g@@", "g", ""),
      ("g@@a@@b", "g", "a"), ("g@a", "DEFAULT_GROUP", "g@a"), ("g@@@a", "g", "@a"),
    ]
    for (grouped, group, name) in cases {
      #expect(ServiceKey(grouped: grouped).group == group, "\(grouped)")
      #expect(ServiceKey(grouped: grouped).name == name, "\(grouped)")
    }
  }

  @Test func timelineKeepsHalfAnHourWithoutGaps() {
    var timeline = Timeline()
    var totals = Catalog.Totals()
    totals.instances.healthy = 5
    timeline.record(commit(1, at: 1_000), totals: totals)
    totals.instances.healthy = 4
    timeline.record(
      commit(2, at: 61_000, .instance(key, before: instance("10.0.0.1"), after: nil, cause: .expired)), totals: totals)
    #expect(timeline.samples.map(\.healthy) == [5, 5, 5, 5, 4])
    #expect(timeline.samples.last?.expired == 1)
    timeline.advance(to: WallTime(milliseconds: 10_000_000), totals: totals)
    #expect(timeline.samples.count <= Timeline.capacity)
    #expect(timeline.samples.last?.at.milliseconds == 9_990_000)
  }
}
