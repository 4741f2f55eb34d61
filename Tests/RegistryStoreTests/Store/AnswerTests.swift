import RegistryModel
import TestSupport
import Testing

@testable import RegistryStore

/// When and how commits are answered.
@Suite struct AnswerTests {
  private func commit(_ revision: Revision, _ changes: Change...) -> Commit {
    Commit(revision: revision, at: StoreFixture.now, origin: .operator(name: "ann"), changes: changes)
  }

  @Test func answersKeepTheOrderOfTheCommits() async throws {
    let fixture = try StoreFixture()
    let answered = Collected<Revision>()
    let revisions = Array(Revision(1)...500)
    await withCheckedContinuation { (all: CheckedContinuation<Void, Never>) in
      for revision in revisions {
        let isDurable = !revision.isMultiple(of: 3)
        let instance = Samples.instance("10.0.0.1", port: Int(revision), isEphemeral: !isDurable)
        fixture.store.append(commit(revision, .registered(instance))) { _ in
          answered.add(revision)
          if revision == 500 { all.resume() }
        }
      }
    }
    #expect(answered.all == revisions)
  }

  @Test func aCommitThatCannotBeStoredDoesNotTakeOthersDown() async throws {
    let fixture = try StoreFixture()
    // A weight that is no number has no place in its column.
    let wrong = Samples.instance("10.0.0.9", weight: .nan)
    let (store, ones) = (
      fixture.store, [Samples.instance("10.0.0.1"), Samples.instance("10.0.0.2"), Samples.instance("10.0.0.3")]
    )
    async let first = store.append(commit(1, .registered(ones[0])))
    async let second = store.append(commit(2, .registered(ones[1]), .registered(wrong)))
    async let third = store.append(commit(3, .registered(ones[2])))
    let answers = await [first, second, third]
    #expect(answers[0] == nil)
    #expect(answers[1] != nil)
    #expect(answers[2] == nil)
    #expect(try fixture.reloaded().instances.map(\.instance.address.ip) == ["10.0.0.1", "10.0.0.3"])
    #expect(fixture.reports.all.isEmpty)
  }

  @Test func whatComesAfterTheEndIsAnswered() async throws {
    let fixture = try StoreFixture()
    fixture.store.close()
    let answer = await fixture.store.append(commit(1, .registered(Samples.instance())))
    guard case .unavailable = answer else { return #expect(Bool(false), "\(String(describing: answer))") }
    #expect(throws: StoreError.closed) { try fixture.load() }
    await #expect(throws: RegistryError.self) { try await fixture.store.events(before: nil, limit: 1, at: StoreFixture.now) }
    fixture.store.close()
  }

  @Test func closingFinishesWhatWasAppended() async throws {
    let fixture = try StoreFixture()
    let stored = Collected<Revision>()
    for revision in Revision(1)...300 {
      fixture.store.append(commit(revision, .registered(Samples.instance(port: Int(revision))))) { failure in
        if failure == nil { stored.add(revision) }
      }
    }
    fixture.store.close()
    #expect(stored.all.count == 300)
    #expect(try fixture.reloaded().instances.count == 300)
  }

  @Test func answersKeepTheirOrderOverTheEnd() async throws {
    let fixture = try StoreFixture()
    let store = fixture.store
    let answered = Collected<Revision>()
    let refused = Collected<Revision>()
    let count = 2_000
    let appender = StoreThread {
      for revision in Revision(1)...Revision(count) {
        store.append(commit(revision, .registered(Samples.instance(port: Int(revision))))) { failure in
          answered.add(revision)
          if failure != nil { refused.add(revision) }
        }
      }
    }
    try await wait(for: "some answers") { answered.all.count > 10 }
    store.close()
    appender?.join()
    try await wait(for: "every answer") { answered.all.count == count }
    #expect(answered.all == (1...count).map(Revision.init))
    #expect(try fixture.reloaded().instances.count == count - refused.all.count)
  }
}
