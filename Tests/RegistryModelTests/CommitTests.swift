import FoundationEssentials
import RegistryModel
import Testing

@Suite struct CommitTests {
  private let commit = Commit(
    revision: 7, at: WallTime(milliseconds: 1_000), origin: .operator(name: "eva"), reason: "drill",
    changes: [.namespace(id: "dev", before: nil, after: Namespace(id: "dev", name: "Dev", createdAt: WallTime(milliseconds: 1)))])

  @Test func twoThatSayTheSameAreEqual() {
    let same = Commit(
      revision: 7, at: commit.at, origin: commit.origin, reason: commit.reason, changes: commit.changes)
    #expect(same == commit)
    #expect(same.hashValue == commit.hashValue)
    let other = Commit(revision: 8, at: commit.at, origin: commit.origin, reason: commit.reason, changes: commit.changes)
    #expect(other != commit)
  }

  @Test func isWrittenFieldByField() throws {
    let data = try JSONEncoder().encode(commit)
    #expect(try JSONDecoder().decode(Commit.self, from: data) == commit)
    let text = String(decoding: data, as: UTF8.self)
    for field in ["revision", "at", "origin", "reason", "changes"] { #expect(text.contains("\"\(field)\":")) }
  }

  @Test func takesFurtherChangesAtItsEnd() {
    let more = Change.namespace(
      id: "ops", before: nil, after: Namespace(id: "ops", name: "Ops", createdAt: WallTime(milliseconds: 2)))
    let longer = commit.appending([more])
    #expect(longer.changes == commit.changes + [more])
    #expect(longer.revision == commit.revision && longer.origin == commit.origin && longer.reason == commit.reason)
    #expect(commit.changes.count == 1)
  }
}
