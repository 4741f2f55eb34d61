import RegistryModel
import Testing

@testable import RegistryStore
import TestSupport

/// Rows that hold anything at all are read or refused, and end nothing.
@Suite struct HostileRowTests {
  private static let journalRow: [SQLiteValue] = {
    let commit = Commit(
      revision: 1, at: StoreFixture.now, origin: .operator(name: "ann"), reason: "drill",
      changes: [.registered(Samples.laden)])
    guard let origin = JournalOrigin(commit.origin) else { return [] }
    return JournalLine(commit: commit, origin: origin, position: 0, change: commit.changes[0]).values
  }()

  /// A sound row of each table.
  private static let rows: [(table: Table, row: [SQLiteValue])] = [
    (.progress, Progress(revision: 3, journalRows: 2, journalBytes: 100).values),
    (.switches, Samples.switches.values),
    (.namespace, Samples.namespace.values),
    (
      .service,
      StoredState.StoredService(key: Samples.service, settings: Samples.settings, createdAt: StoreFixture.now).values
    ),
    (
      .cluster,
      StoredCluster(
        service: Samples.service, name: "c1", settings: Samples.cluster(.http(path: "/", headers: "", expectedCode: 1))
      ).values
    ),
    (.instance, StoredState.StoredInstance(service: Samples.service, instance: Samples.laden).values),
    (
      .note,
      StoredState.StoredNote(
        key: InstanceKey(service: Samples.service, address: Samples.laden.address), overlay: Samples.overlay,
        mark: Samples.mark
      ).values
    ),
    (.journal, journalRow),
  ]

  private func read(_ table: Table, _ row: borrowing SQLiteRow) throws(UnreadableColumn) {
    var repeated = RepeatedColumns()
    switch "\(table.name)" {
    case "progress": _ = try Progress(row)
    case "switches": let _: Switches = try row.json(at: 1)
    case "namespace": _ = try Namespace(row)
    case "service": _ = try StoredState.StoredService(row, &repeated)
    case "cluster": _ = try StoredCluster(row, &repeated)
    case "instance": _ = try StoredState.StoredInstance(row, &repeated)
    case "note": _ = try StoredState.StoredNote(row, &repeated)
    default: _ = try JournalRow(row)
    }
  }

  @Test(arguments: 0..<8) func aRowOfAnythingIsReadOrRefused(_ index: Int) throws {
    let (table, sound) = Self.rows[index]
    let connection = try SQLiteConnection(path: ":memory:")
    let places = [String](repeating: "?", count: table.columns.count).joined(separator: ", ")
    let select = try connection.prepare("SELECT \(places)")
    #expect(sound.count == table.columns.count)
    var outcomes = (read: 0, refused: 0)
    try select.forEach(sound) { row in #expect(throws: Never.self) { try read(table, row) } }

    let seed = UInt64.random(in: 0 ... .max)
    var mutation = Mutation(random: SeededRandom(seed: seed))
    for _ in 1...3_000 {
      let values = mutation.mutate(sound)
      try select.forEach(values) { row in
        do throws(UnreadableColumn) {
          try read(table, row)
          outcomes.read += 1
        } catch {
          outcomes.refused += 1
          #expect(table.columns.indices.contains(error.column), "seed \(seed): \(values)")
        }
      }
    }
    #expect(outcomes.read > 0 && outcomes.refused > 0)
  }
}

/// Makes something else of one value of a row.
private struct Mutation {
  var random: SeededRandom

  mutating func mutate(_ values: [SQLiteValue]) -> [SQLiteValue] {
    var values = values
    let index = Int.random(in: values.indices, using: &random)
    values[index] = another(values[index])
    return values
  }

  private mutating func another(_ value: SQLiteValue) -> SQLiteValue {
    let others: [SQLiteValue] = [
      .null, .integer(.min), .integer(.max), .integer(-1), .integer(2), .real(.infinity), .real(-0.5), .real(1e300),
      .text(""), .text("null"), .text("{}"), .text("[]"), .text("[[[[[[[["), .text("\u{0}"), .rawText([0xff]), .blob([1]),
      .text(String(repeating: "[", count: 5_000)), .text("{\"type\":\"none\"}"), .text("1e999"), .text("{\"a\":\"b\",\"a\":1}"),
    ]
    guard case .text(let text) = value, Bool.random(using: &random) else {
      return others.randomElement(using: &random) ?? .null
    }
    return .rawText(anotherText(Array(text.utf8)))
  }

  /// A byte is changed, put in or taken out, or a piece is.
  private mutating func anotherText(_ text: [UInt8]) -> [UInt8] {
    if text.isEmpty { return [UInt8.random(in: 0...255, using: &random)] }
    var text = text
    let start = Int.random(in: text.indices, using: &random)
    let end = Int.random(in: start..<text.count, using: &random)
    switch Int.random(in: 0...4, using: &random) {
    case 0: text[start] = UInt8.random(in: 0...255, using: &random)
    case 1: text.insert(Array("{}[],:\"\\0129-eE.tfn ".utf8).randomElement(using: &random) ?? 0, at: start)
    case 2: text.removeSubrange(start...end)
    case 3: text.insert(contentsOf: text[start...end], at: start)
    default: text.removeSubrange(start...)
    }
    return text
  }
}
