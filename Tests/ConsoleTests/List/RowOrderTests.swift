import RegistryModel
import Testing

@testable import Console
import TestSupport

@Suite struct RowOrderTests {
  static func row(_ random: inout SeededRandom, _ number: Int) -> ListRow {
    let texts = ["", "a", "ab", "abcdefgh", "abcdefghi", "abcdefgz", "支付", "支付网关", "é", "e\u{301}", "Z"]
    let order = SortKey(
      Double(Int.random(in: 0...2, using: &random)), Double(Int.random(in: 0...1, using: &random)),
      text: texts.randomElement(using: &random) ?? "")
    return ListRow(key: .switchEntry("row \(number)"), order: order)
  }

  static func precede(_ rows: [ListRow], _ isDescending: Bool) -> Bool {
    zip(rows, rows.dropFirst()).allSatisfy { ListRow.precedes($0, $1, isDescending: isDescending) }
  }

  @Test(arguments: [false, true]) func sortsAsRowsPrecedeOneAnother(isDescending: Bool) {
    var random = SeededRandom(seed: 7)
    let rows = (0..<500).map { Self.row(&random, $0) }
    let sorted = RowOrder.sorted(rows, isDescending: isDescending)
    #expect(Self.precede(sorted, isDescending))
    #expect(Set(sorted.map(\.key)) == Set(rows.map(\.key)))
  }

  @Test(arguments: [false, true]) func mergingAndRemovingKeepTheOrder(isDescending: Bool) {
    var random = SeededRandom(seed: 8)
    var rows = RowOrder.sorted((0..<200).map { Self.row(&random, $0) }, isDescending: isDescending)
    for round in 1...20 {
      let gone = rows.indices.filter { _ in Int.random(in: 0..<5, using: &random) == 0 }
      let keys = Set(rows.map(\.key)).subtracting(gone.map { rows[$0].key })
      RowOrder.remove(gone, from: &rows)
      #expect(Set(rows.map(\.key)) == keys)
      let fresh = RowOrder.sorted((0..<30).map { Self.row(&random, round * 1_000 + $0) }, isDescending: isDescending)
      RowOrder.merge(fresh, into: &rows, isDescending: isDescending)
      #expect(Self.precede(rows, isDescending))
      #expect(rows.count == keys.count + fresh.count)
    }
  }

  @Test func emptyListsAreNoTrouble() {
    var rows: [ListRow] = []
    RowOrder.remove([], from: &rows)
    RowOrder.merge([], into: &rows, isDescending: false)
    #expect(rows.isEmpty)
    #expect(RowOrder.sorted([], isDescending: true).isEmpty)
  }

  /// A list that is kept up by changes is the list that is built anew.
  @Test(arguments: 1...6 as ClosedRange<UInt64>) func keepingUpIsBuildingAnew(seed: UInt64) {
    var commits = RandomCommits(seed: seed)
    var person = Operator()
    person.press("0")
    if seed % 3 == 0 { person.press("N") }
    if seed % 3 == 1 { person.press("f") }
    for round in 1...60 {
      person.feed(.feed(.commits((0..<(round % 5 + 1)).map { _ in commits.next() })))
      person.feed(.key(.control("l")))
      let kept = person.state.visit.list.rows.map(\.key)
      var fresh = person.state
      fresh.trail[fresh.trail.count - 1].list.invalidate()
      fresh.prepare()
      #expect(kept == fresh.visit.list.rows.map(\.key))
      #expect(person.state.visit.list.total == fresh.visit.list.total)
    }
  }
}
