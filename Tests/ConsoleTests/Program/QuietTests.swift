import RegistryModel
import Testing

@testable import Console

/// A screen that has nothing new to say says nothing.
@Suite struct QuietTests {
  static func changedRows(_ before: Frame, _ after: Frame) -> [Int] {
    (0..<after.size.rows).filter { before.row($0) != after.row($0) }
  }

  static let calm: Incident = {
    var incident = Incident()
    incident.register(Incident.cart, network: "10.8.1", first: 1, count: 4, secondsAgo: 400_000)
    incident.register(Incident.price, network: "10.8.2", first: 1, count: 6, secondsAgo: 400_000)
    return incident
  }()

  @Test func aSecondChangesTheClockAlone() {
    for keys in ["0", "0 Enter", "n", ":", "?", "E"] {
      var person = Operator(snapshot: Self.calm.snapshot)
      person.press(keys)
      person.wait(milliseconds: 1_000)
      let before = person.frame
      person.wait(milliseconds: 1_000)
      #expect(Self.changedRows(before, person.frame) == [0], "after \(keys)")
    }
  }

  /// The incident is minutes old: its ages are told in minutes.
  @Test func anIncidentThatStaysAsItIsChangesTheClockAlone() {
    for keys in ["", "0", "0 Enter", "E"] {
      var person = Operator()
      person.wait(milliseconds: 60_000)
      person.press(keys)
      person.wait(milliseconds: 1_000)
      var changed: Set<Int> = []
      for _ in 0..<5 {
        let before = person.frame
        person.wait(milliseconds: 1_000)
        changed.formUnion(Self.changedRows(before, person.frame))
      }
      // Whole minutes pass, and the timeline moves on: no row but the clock's changes in all of five seconds and more.
      #expect(changed.count <= 6, "rows \(changed) after \(keys)")
    }
  }

  /// The bar lies over what says which row it is: what it covers is sent again, in the old row and the new.
  @Test func theCursorsBarIsShort() {
    for keys in ["0", "0 Enter", "n j", "E"] {
      var person = Operator(rows: 30, columns: 100)
      person.press(keys)
      person.feed(.wake)
      let before = person.frame
      person.feed(.key(.down))
      let after = person.frame
      for row in Self.changedRows(before, after) {
        let changed = zip(before.row(row), after.row(row)).count { $0 != $1 }
        #expect((10...48).contains(changed), "\(changed) cells of row \(row) after \(keys)")
      }
    }
  }

  @Test func anAgeChangesNothingElse() {
    var person = Operator()
    person.press("0")
    person.wait(milliseconds: 1_000)
    let before = person.lines
    person.wait(milliseconds: 1_000)
    let after = person.lines
    for (old, new) in zip(before, after).dropFirst(4) where old != new {
      let digits = { (line: String) in line.filter { !$0.isNumber && $0 != " " } }
      #expect(digits(old) == digits(new))
    }
  }

  @Test func aCursorKeyChangesTwoRows() {
    for keys in ["0", "0 Enter", "n j"] {
      for (rows, columns) in [(30, 100), (24, 80), (10, 40)] {
        var person = Operator(rows: rows, columns: columns)
        person.press(keys)
        person.feed(.wake)
        let before = person.frame
        person.feed(.key(.down))
        #expect(Self.changedRows(before, person.frame).count == 2, "after \(keys) at \(columns)x\(rows)")
      }
    }
  }

  @Test func theDetailFollowsOnceTheCursorRests() {
    var person = Operator()
    person.openInstances(of: "order-core")
    person.feed(.key(.down))
    #expect(person.taken() == [.wake(ConsoleState.restMilliseconds)])
    #expect(person.lines[25].hasPrefix(" 10.8.3.14:8080"))
    person.feed(.wake)
    #expect(person.lines[25].hasPrefix(" 10.8.3.15:8080"))
  }

  @Test func equalStatesMakeEqualFrames() {
    var person = Operator()
    person.press("0 j")
    #expect(person.frame == person.frame)
    let before = person.frame
    person.press("Ctrl-L")
    #expect(person.frame == before)
    #expect(person.taken().contains(.redraw))
  }
}
