import Console

/// A list that moved on by one row: what the terminal can scroll, and the row that comes in empty.
struct ScrollStep: Equatable {
  /// The rows that get what stood `distance` rows further down.
  private(set) var moved: Range<Int>
  /// The row that nothing is moved to.
  private(set) var entered: Int
  /// 1 where the list went up, -1 where it went down.
  let distance: Int

  /// Rows that must have moved before a terminal is asked to scroll; ncurses asks for no fewer.
  private static let least = 3

  /// Finds the step from one frame to another; nil where there is none.
  init?(from old: Frame, to new: Frame) {
    guard old.size == new.size else { return nil }
    let changed = (0..<new.size.rows).filter { old.row($0) != new.row($0) }
    guard changed.count > Self.least, let first = changed.first, let last = changed.last else { return nil }
    let up = Self.longest(changed) { $0 < last && new.row($0) == old.row($0 + 1) }
    let down = Self.longest(changed) { $0 > first && new.row($0) == old.row($0 - 1) }
    distance = up.count >= down.count ? 1 : -1
    moved = distance > 0 ? up : down
    guard moved.count >= Self.least else { return nil }
    entered = distance > 0 ? moved.upperBound : moved.lowerBound - 1
    takeCursorAlong(from: old, to: new)
  }

  /// Whether a row is empty once the others have moved.
  func isEmpty(_ row: Int) -> Bool { row == entered }

  /// Where the content of a row stood before.
  func origin(of row: Int) -> Int { moved.contains(row) ? row + distance : row }

  /// Moves the row at the end as well, which was the cursor's and has lost its bar, if the bar is less than what the new
  /// row at the end has of its own.
  private mutating func takeCursorAlong(from old: Frame, to new: Frame) {
    let end = entered + distance
    guard (0..<new.size.rows).contains(end), new.row(end) != old.row(end) else { return }
    let bar = zip(new.row(entered), old.row(end)).count { $0 != $1 }
    guard bar < zip(new.row(end), old.row(end)).count(where: { $0 != $1 }) else { return }
    moved = min(moved.lowerBound, entered)..<max(moved.upperBound, entered + 1)
    entered = end
  }

  private static func longest(_ rows: [Int], where hasMoved: (Int) -> Bool) -> Range<Int> {
    var (best, current) = (0..<0, 0..<0)
    for row in rows where hasMoved(row) {
      current = row == current.upperBound ? current.lowerBound..<row + 1 : row..<row + 1
      if current.count > best.count { best = current }
    }
    return best
  }
}
