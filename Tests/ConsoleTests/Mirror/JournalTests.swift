import RegistryModel
import Testing

@testable import Console

@Suite struct JournalTests {
  static func journal(_ incident: Incident) -> Journal {
    var journal = Journal()
    for commit in incident.commits { journal.record(commit) }
    return journal
  }

  @Test func aSubnetThatGoesIsOneBurst() {
    let down = Self.journal(.night()).groups.filter { $0.verb == .healthDown && $0.who == "probe" }
    #expect(down.count == 1)
    #expect(down.first?.count == 29)
    #expect(down.first?.network?.description == "10.8.3.0/24")
    #expect(down.first?.services.count == 4)
  }

  @Test func aPauseEndsABurst() {
    var incident = Incident.night()
    incident.fail(Incident.cart, count: 1, by: .probe, secondsAgo: 30)
    incident.fail(Incident.cart, count: 1, by: .probe, secondsAgo: 15)
    incident.fail(Incident.cart, count: 1, by: .probe, secondsAgo: 14)
    let counts = Self.journal(incident).groups.filter { $0.verb == .healthDown && $0.who == "probe" }.map(\.count)
    #expect(counts == [29, 1, 2])
  }

  @Test func deploymentsOfTwoServicesAreTwo() {
    var incident = Incident()
    for number in 1...3 {
      incident.register(Incident.cart, network: "10.1.0", first: number, count: 1, secondsAgo: 5)
      incident.register(Incident.price, network: "10.1.1", first: number, count: 1, secondsAgo: 5)
    }
    let registered = Self.journal(incident).groups.filter { $0.verb == .register }
    #expect(registered.map(\.count) == [3, 3])
  }

  @Test func theNewsIsWhatIsMoreThanComingAndGoing() {
    var incident = Incident.night()
    incident.register(Incident.cart, network: "10.1.0", first: 1, count: 9, secondsAgo: 1)
    #expect(Self.journal(incident).news?.verb == .marked)
  }

  @Test func groupsAreFoundByTheirNames() {
    let journal = Self.journal(.night())
    for group in journal.groups { #expect(journal.group(group.id)?.verb == group.verb) }
    #expect(journal.group(EventID(revision: 999_999)) == nil)
    #expect(Set(journal.groups.map(\.id)).count == journal.groups.count)
  }

  @Test func memoryIsBounded() {
    var journal = Journal()
    for revision in 1...20_000 {
      let subject = Namespace(id: "n\(revision)", name: "", createdAt: Incident.now)
      journal.record(
        Commit(
          revision: Revision(revision), at: Incident.now, origin: .system,
          changes: [.namespace(id: subject.id, before: nil, after: subject)]))
    }
    #expect(journal.commits.count <= Journal.commitLimit * 5 / 4)
    #expect(journal.groups.count <= Journal.groupLimit * 5 / 4)
    #expect(journal.commits.last?.revision == 20_000)
    #expect(journal.groups.last.flatMap { journal.group($0.id) } != nil)
  }
}
