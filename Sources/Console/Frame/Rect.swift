/// A rectangle of cells. Its size is never negative, so a screen too small for what should be cut off it gives empty parts.
public struct Rect: Hashable, Sendable {
  public let row: Int
  public let column: Int
  public let rows: Int
  public let columns: Int

  public init(row: Int, column: Int, rows: Int, columns: Int) {
    self.row = row
    self.column = column
    self.rows = max(0, rows)
    self.columns = max(0, columns)
  }

  public init(_ size: Size) {
    self.init(row: 0, column: 0, rows: size.rows, columns: size.columns)
  }

  public var size: Size { Size(rows: rows, columns: columns) }
  public var isEmpty: Bool { rows == 0 || columns == 0 }
  /// The rows of the screen that it covers.
  public var rowRange: Range<Int> { row..<row + rows }
  /// The columns of the screen that it covers.
  public var columnRange: Range<Int> { column..<column + columns }

  public func contains(_ position: Position) -> Bool {
    rowRange.contains(position.row) && columnRange.contains(position.column)
  }

  /// What both cover; empty where they do not meet.
  public func intersection(_ other: Rect) -> Rect {
    let top = max(row, other.row)
    let left = max(column, other.column)
    return Rect(
      row: top, column: left,
      rows: min(rowRange.upperBound, other.rowRange.upperBound) - top,
      columns: min(columnRange.upperBound, other.columnRange.upperBound) - left)
  }
}

// Cutting a rectangle into parts.
extension Rect {
  /// What is left when so many rows and columns are taken off on every side; one each is the inside of a box.
  public func inset(rows inRows: Int = 1, columns inColumns: Int = 1) -> Rect {
    Rect(
      row: row + min(inRows, rows), column: column + min(inColumns, columns),
      rows: rows - 2 * inRows, columns: columns - 2 * inColumns)
  }

  /// The first `count` rows, and the rest.
  public func split(top count: Int) -> (top: Rect, rest: Rect) {
    let taken = min(max(0, count), rows)
    return (
      Rect(row: row, column: column, rows: taken, columns: columns),
      Rect(row: row + taken, column: column, rows: rows - taken, columns: columns)
    )
  }

  /// The last `count` rows, and the rest.
  public func split(bottom count: Int) -> (rest: Rect, bottom: Rect) {
    let (rest, bottom) = split(top: rows - min(max(0, count), rows))
    return (rest, bottom)
  }

  /// The first `count` columns, and the rest.
  public func split(left count: Int) -> (left: Rect, rest: Rect) {
    let taken = min(max(0, count), columns)
    return (
      Rect(row: row, column: column, rows: rows, columns: taken),
      Rect(row: row, column: column + taken, rows: rows, columns: columns - taken)
    )
  }

  /// The last `count` columns, and the rest.
  public func split(right count: Int) -> (rest: Rect, right: Rect) {
    let (rest, right) = split(left: columns - min(max(0, count), columns))
    return (rest, right)
  }

  /// One row of it, counted from its own top; empty when it has no such row.
  public func line(_ index: Int) -> Rect {
    guard (0..<rows).contains(index) else { return Rect(row: row, column: column, rows: 0, columns: columns) }
    return Rect(row: row + index, column: column, rows: 1, columns: columns)
  }

  /// A rectangle of at most this size in the middle of it.
  public func centered(_ size: Size) -> Rect {
    let height = min(size.rows, rows)
    let width = min(size.columns, columns)
    return Rect(row: row + (rows - height) / 2, column: column + (columns - width) / 2, rows: height, columns: width)
  }
}
