import Console

/// Where the terminal's cursor is, as far as that can be followed, and the shortest way from there.
struct CursorPlace {
  /// Counted from 1, as in the sequences; nil when nobody knows.
  private(set) var row: Int?
  private(set) var column: Int?
  private let movesInRow: Bool
  private var columns = 0

  /// - Parameter movesInRow: Whether the terminal takes a column without a row (CHA) and steps forward (CUF).
  init(movesInRow: Bool) {
    self.movesInRow = movesInRow
  }

  mutating func forget() { (row, column) = (nil, nil) }

  mutating func resize(to size: Size) {
    columns = size.columns
    forget()
  }

  mutating func forgetColumn() { column = nil }
  mutating func returnCarriage() { column = 1 }
  mutating func arrive(inRow row: Int?) { self.row = row }

  /// Characters were written. How wide those are that are not ASCII is the terminal's affair.
  mutating func write(_ text: ArraySlice<UInt8>) {
    let end = column.map { $0 + text.count }
    // Behind the last column the cursor waits, and each terminal in its own way.
    column = end.flatMap { $0 <= columns && text.allSatisfy { $0 < 0x7f } ? $0 : nil }
  }

  /// The sequence that goes to a column of the row.
  mutating func go(toColumn next: Int) -> [UInt8] {
    let absolute = Self.sequence("\(next)G")
    defer { column = next }
    guard movesInRow, let column, next > column else { return absolute }
    let forward = Self.sequence(next == column + 1 ? "C" : "\(next - column)C")
    return forward.count < absolute.count ? forward : absolute
  }

  /// The sequence that goes to a place.
  mutating func go(toRow nextRow: Int, column nextColumn: Int) -> [UInt8] {
    if movesInRow, row == nextRow { return go(toColumn: nextColumn) }
    (row, column) = (nextRow, nextColumn)
    return Self.sequence(nextColumn == 1 ? "\(nextRow)H" : "\(nextRow);\(nextColumn)H")
  }

  private static func sequence(_ text: String) -> [UInt8] { [0x1b, UInt8(ascii: "[")] + Array(text.utf8) }
}
