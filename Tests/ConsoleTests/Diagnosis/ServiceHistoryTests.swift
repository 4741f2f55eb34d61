import RegistryModel
import Testing

@testable import Console

@Suite struct ServiceHistoryTests {
  @Test func readsBackWhatHappened() {
    let mirror = RegistryMirrorTests.mirror()
    let strip = ServiceHistory(Incident.orderCore, mirror, now: Incident.now, columns: 30).strip(.ascii)
    #expect(strip == "#######################xxxxxxx")
  }

  @Test func aServiceThatDidNotChangeIsEven() {
    let mirror = RegistryMirrorTests.mirror()
    let strip = ServiceHistory(Incident.cart, mirror, now: Incident.now, columns: 10).strip(.ascii)
    #expect(strip == "##########")
  }

  @Test func whatIsNotRememberedIsBlank() {
    var incident = Incident.night()
    incident.fail(Incident.cart, count: 2, by: .probe, secondsAgo: 60)
    var snapshot = incident.snapshot
    snapshot.recent = Array(snapshot.recent.suffix(2))
    var mirror = RegistryMirror()
    var changes = MirrorChanges()
    mirror.take(.snapshot(snapshot), at: Incident.now, changes: &changes)
    let strip = ServiceHistory(Incident.cart, mirror, now: Incident.now, columns: 30).strip(.ascii)
    #expect(strip.hasPrefix("     "))
    #expect(strip.hasSuffix(";"))
  }

  @Test func noServiceNoHistory() {
    let key = ServiceKey(group: "g", name: "none")
    let history = ServiceHistory(key, RegistryMirrorTests.mirror(), now: Incident.now, columns: 5)
    #expect(history.points == [nil, nil, nil, nil, nil])
    #expect(ServiceHistory(Incident.cart, RegistryMirrorTests.mirror(), now: Incident.now, columns: 0).points.isEmpty)
  }
}
