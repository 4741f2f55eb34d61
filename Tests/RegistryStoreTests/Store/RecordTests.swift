import Foundation
import RegistryModel
import TestSupport
import Testing

@testable import RegistryStore

/// Records and documents beside the catalogue.
@Suite struct RecordTests {
  private static func record(_ name: String, _ value: String, kind: String = "k") -> Record {
    Record(kind: kind, name: name, value: value)
  }

  private static let changes: [RecordChange] = [
    .put(record("a", "1")), .put(record("b", "2")), .put(record("a", "other", kind: "l")), .remove(record("b", "").key),
    .put(record("a", "3")), .remove(record("nothing", "").key), .put(record("e\u{301}\u{0}", "é")),
    .put(record("\u{e9}\u{0}", "e\u{301}")), .putDocument(record("a", "long")), .putDocument(record("b", "gone")),
    .removeDocument(record("b", "").key),
  ]
  /// No set: Swift takes the last two for one.
  private static let expected: [[String]] = [
    ["k", "a", "3"], ["l", "a", "other"], ["k", "e\u{301}\u{0}", "é"], ["k", "\u{e9}\u{0}", "e\u{301}"],
  ]

  /// As bytes: Swift takes some of the texts for one.
  private static func bytes(_ records: [Record]) -> Set<[[UInt8]]> {
    Set(records.map { [Array($0.key.kind.utf8), Array($0.key.name.utf8), Array($0.value.utf8)] })
  }

  @Test func whatIsWrittenIsThereAfterARestart() async throws {
    let fixture = try StoreFixture()
    try await fixture.store.write(Self.changes)
    let state = try fixture.reloaded()
    #expect(Self.bytes(state.records) == Set(Self.expected.map { $0.map { Array($0.utf8) } }))
    #expect(state.revision == 0)
    #expect(try await fixture.store.document(Self.record("a", "").key) == "long")
    #expect(try await fixture.store.document(Self.record("b", "").key) == nil)
  }

  @Test func memoryKeepsTheSame() async throws {
    let fixture = try StoreFixture()
    let memory = MemoryRecords()
    for store in [fixture.store, memory] as [any RecordStore] { try await store.write(Self.changes) }
    #expect(Self.bytes(memory.records) == Self.bytes(try fixture.load().records))
    #expect(try await memory.document(Self.record("a", "").key) == "long")
    #expect(try await memory.document(Self.record("b", "").key) == nil)
    #expect(MemoryRecords(memory.records).records.count == 4)
  }

  @Test func answersKeepTheOrderOfWritesAndCommits() async throws {
    let fixture = try StoreFixture()
    let told = Collected<Int>()
    for number in 0..<100 {
      if number.isMultiple(of: 2) {
        fixture.store.write([.put(Self.record("\(number)", "x"))]) { _ in told.add(number) }
      } else {
        let commit = Commit(
          revision: Revision(number), at: StoreFixture.now, origin: .system,
          changes: [.registered(Samples.instance(port: number))])
        fixture.store.append(commit) { _ in told.add(number) }
      }
    }
    let state = try fixture.reloaded()
    #expect(told.all == Array(0..<100))
    #expect(state.records.count == 50)
    #expect(state.instances.count == 50)
    #expect(state.revision == 99)
  }

  @Test func aClosedStoreRefuses() async throws {
    let fixture = try StoreFixture()
    fixture.store.close()
    await #expect(throws: RegistryError.unavailable("the store is closed")) { try await fixture.store.write(Self.changes) }
    await #expect(throws: RegistryError.unavailable("the store is closed")) {
      try await fixture.store.document(Self.record("a", "").key)
    }
  }

  @Test func aWriteIsAllOrNothing() async throws {
    let fixture = try StoreFixture()
    try await fixture.store.write([.put(Self.record("a", "1"))])
    try fixture.alter("CREATE TRIGGER no BEFORE INSERT ON record WHEN new.name = 'bad' BEGIN SELECT RAISE(ABORT, 'no'); END")
    try fixture.reopen()
    let results = Collected<RegistryError?>()
    fixture.store.write([.put(Self.record("b", "2"))]) { results.add($0) }
    fixture.store.write([.put(Self.record("c", "3")), .put(Self.record("bad", "4"))]) { results.add($0) }
    fixture.store.write([.put(Self.record("d", "5"))]) { results.add($0) }
    let names = try fixture.load().records.map(\.key.name)
    #expect(Set(names) == ["a", "b", "d"])
    #expect(results.all.map { $0 == nil } == [true, false, true])
  }

  @Test func aDamagedRecordIsPutByAndReported() async throws {
    let fixture = try StoreFixture()
    try await fixture.store.write([.put(Self.record("a", "1")), .put(Self.record("b", "2"))])
    try fixture.alter("UPDATE record SET kind = 'm' WHERE name = 'a'")
    #expect(try fixture.reloaded().records == [Self.record("b", "2")])
    #expect(fixture.reports.all.map(\.description).contains { $0.contains("1 damaged row in the table record") })
  }

  @Test func aDamagedDocumentIsNotBelieved() async throws {
    let fixture = try StoreFixture()
    try await fixture.store.write([.putDocument(Self.record("a", "1")), .putDocument(Self.record("b", "2"))])
    try fixture.alter("UPDATE document SET value = '9' WHERE name = 'a'")
    _ = try fixture.reloaded()
    #expect(try await fixture.store.document(Self.record("a", "").key) == nil)
    #expect(try await fixture.store.document(Self.record("b", "").key) == "2")
    #expect(fixture.reports.all.map(\.description).contains { $0.contains("1 damaged row in the table document") })
  }

  @Test func aFileOfTheFirstFormatTakesRecords() async throws {
    let fixture = try StoreFixture()
    await fixture.commit(.registered(Samples.instance()))
    try fixture.alter("DROP TABLE record; DROP TABLE document; PRAGMA user_version = 1")
    #expect(try fixture.reloaded().instances.count == 1)
    try await fixture.store.write(Self.changes)
    #expect(try fixture.reloaded().records.count == 4)
  }
}
