import RegistryModel
import Testing

@testable import Console

/// What happened before the console looked is asked for when somebody comes to it.
@Suite struct OlderEventsTests {
  /// A snapshot that remembers the newest commits only, and the others, newest first.
  static func halved() -> (snapshot: Snapshot, older: [Commit]) {
    let incident = Incident.night()
    var snapshot = incident.snapshot
    snapshot.recent = Array(incident.commits.suffix(3))
    return (snapshot, incident.commits.dropLast(3).reversed())
  }

  static func question(_ effects: [ConsoleEffect]) -> Query? {
    effects.lazy.compactMap { if case .ask(let query) = $0, case .events = query { query } else { nil } }.first
  }

  @Test func theViewAsksAndGoesOnWithTheAnswer() throws {
    let (snapshot, older) = Self.halved()
    var person = Operator(snapshot: snapshot)
    person.press("E")
    let query = try #require(Self.question(person.taken()))
    #expect(query == .events(before: snapshot.recent.first?.revision, limit: 1_000))
    let before = person.list.rows.count
    person.wait(milliseconds: 1_000)
    #expect(Self.question(person.taken()) == nil, "while the first is on its way")

    person.feed(.answer(query, .success(.events(older))))
    #expect(person.list.rows.count > before)
    #expect(person.state.mirror.journal.commits.map(\.revision) == Incident.night().commits.map(\.revision))

    // The end in sight again, and nothing there.
    person.press("G")
    person.wait(milliseconds: 1_000)
    let second = try #require(Self.question(person.taken()))
    person.feed(.answer(second, .success(.events([]))))
    person.wait(milliseconds: 1_000)
    #expect(Self.question(person.taken()) == nil)
  }

  @Test func aRefusalIsNotAskedForAgain() throws {
    var person = Operator(snapshot: Self.halved().snapshot)
    person.press("E")
    let query = try #require(Self.question(person.taken()))
    person.feed(.answer(query, .failure(.unavailable("no journal"))))
    person.wait(milliseconds: 1_000)
    #expect(Self.question(person.taken()) == nil)
  }

  @Test func pulseAsksWhenItHasNoNews() throws {
    let (snapshot, older) = Self.halved()
    var empty = snapshot
    empty.recent = []
    var person = Operator(snapshot: nil)
    person.feed(.feed(.snapshot(empty)))
    let query = try #require(Self.question(person.taken()))
    #expect(person.state.mirror.journal.news == nil)
    person.feed(.answer(query, .success(.events(older))))
    #expect(person.state.mirror.journal.news != nil)
  }

  @Test func burstsGoOnAfterOlderOnesCame() {
    let commits = Incident.night().commits
    var journal = Journal()
    for commit in commits.dropFirst(2).dropLast() { journal.record(commit) }
    journal.recordOlder(Array(commits.prefix(2).reversed()))
    journal.record(commits[commits.count - 1])
    #expect(journal.groups.map(\.id) == journal.groups.map(\.id).sorted())
    #expect(journal.groups.allSatisfy { journal.group($0.id)?.verb == $0.verb })
    #expect(journal.groups.reduce(0) { $0 + $1.count } == commits.reduce(0) { $0 + $1.facts.count })
  }

  @Test func whatIsKnownIsNotTakenTwice() {
    let commits = Incident.night().commits
    var journal = Journal()
    for commit in commits { journal.record(commit) }
    let count = journal.commits.count
    journal.recordOlder(Array(commits.reversed()))
    #expect(journal.commits.count == count && journal.isComplete)
  }
}
