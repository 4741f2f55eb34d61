import RegistryModel
import Testing

@testable import Console

@Suite struct RegistryMirrorTests {
  static func mirror(_ incident: Incident = .night(), at now: WallTime = Incident.now) -> RegistryMirror {
    var mirror = RegistryMirror()
    var changes = MirrorChanges()
    mirror.take(.snapshot(incident.snapshot), at: now, changes: &changes)
    return mirror
  }

  @Test func commitsBeforeASnapshotSayNothing() {
    var mirror = RegistryMirror()
    var changes = MirrorChanges()
    mirror.take(.commits(Incident.night().commits), at: Incident.now, changes: &changes)
    #expect(mirror.catalog.revision == 0)
    #expect(changes.isEmpty)
  }

  @Test func aCommitThatCameAlreadyIsLeftOut() {
    var mirror = Self.mirror()
    let incident = Incident.night()
    let totals = mirror.catalog.totals
    var changes = MirrorChanges()
    mirror.take(.commits(Array(incident.commits.suffix(3))), at: Incident.now, changes: &changes)
    #expect(mirror.catalog.totals == totals)
    #expect(changes.isEmpty)
  }

  @Test func faultsAreThoseOfTheCatalogue() {
    var mirror = Self.mirror()
    var commits = RandomCommits(seed: 3)
    var changes = MirrorChanges()
    for _ in 0..<300 { mirror.take(.commits([commits.next()]), at: Incident.now, changes: &changes) }
    let expected = Set(mirror.catalog.services.filter(\.state.isFault).map(\.key))
    #expect(Set(mirror.faults.faults.keys) == expected)
    for (key, fault) in mirror.faults.faults { #expect(mirror.catalog[key]?.stateSince == fault.since) }
  }

  @Test func theOldestOutageIsTheOneThatHurtsClients() {
    let mirror = Self.mirror()
    #expect(mirror.faults.oldest == Incident.ago(372))
  }

  @Test func aClockThatDiffersIsReckonedWith() {
    let behind = WallTime(milliseconds: Incident.now.milliseconds - 3_600_000)
    let mirror = Self.mirror(at: behind)
    #expect(mirror.registryTime(behind) == Incident.now)
    let near = WallTime(milliseconds: Incident.now.milliseconds - 900)
    #expect(Self.mirror(at: near).registryTime(near) == near)
  }

  @Test func lastChangesCountLikeThings() {
    let mirror = Self.mirror()
    #expect(mirror.lastChanges[Incident.inventory]?.text == "down x9")
    #expect(mirror.lastChanges[Incident.orderCore]?.text == "mark")
    #expect(mirror.lastChanges[Incident.ruleEngine]?.text == "expired x3")
  }

  @Test func whatFellSilentIsRememberedUntilItComesBackOrIsOld() {
    var mirror = Self.mirror()
    var incident = Incident.night()
    var changes = MirrorChanges()
    #expect(mirror.losses.losses.count == 3)
    incident.register(Incident.ruleEngine, network: "10.8.9", first: 1, count: 1, secondsAgo: 0)
    mirror.take(.commits([incident.commits[incident.commits.count - 1]]), at: Incident.now, changes: &changes)
    #expect(mirror.losses.losses.count == 2)
    mirror.tick(at: WallTime(milliseconds: Incident.now.milliseconds + LossIndex.memory + 1_000))
    #expect(mirror.losses.losses.isEmpty)
  }

  @Test func turnsOfServicesAreNews() {
    var mirror = Self.mirror()
    var incident = Incident.night()
    var changes = MirrorChanges()
    incident.fail(Incident.cart, count: 4, by: .probe, secondsAgo: 0)
    mirror.take(.commits(Array(incident.commits.suffix(4))), at: Incident.now, changes: &changes)
    let verbs = mirror.journal.groups.suffix(3).map(\.verb)
    #expect(verbs.contains(.broken))
    #expect(changes.services == [Incident.cart])
    #expect(changes.instances.count == 4)
  }
}
