/// What a row is ordered by: numbers first, then text. Taken once per row and change, so that comparing rows looks nothing up.
struct SortKey: Hashable, Sendable, Comparable {
  var first: Double
  var second: Double
  var text: String

  init(_ first: Double = 0, _ second: Double = 0, text: String = "") {
    self.first = first
    self.second = second
    self.text = text
  }

  init(_ first: Int) { self.init(Double(first)) }

  static func < (left: SortKey, right: SortKey) -> Bool {
    if left.first != right.first { return left.first < right.first }
    if left.second != right.second { return left.second < right.second }
    return left.text < right.text
  }
}

/// By which column a list is ordered, and which way.
public struct SortChoice: Hashable, Sendable {
  /// The id of a column.
  public var column: String
  public var isDescending: Bool

  public init(column: String, isDescending: Bool = false) {
    self.column = column
    self.isDescending = isDescending
  }
}

/// A row and what it is ordered by.
struct ListRow: Sendable {
  var key: RowKey
  var order: SortKey

  /// Rows that a column does not tell apart stand in the order of their identity, whichever way the column is sorted: they
  /// never change places by chance.
  static func precedes(_ left: ListRow, _ right: ListRow, isDescending: Bool) -> Bool {
    if left.order != right.order { return isDescending ? right.order < left.order : left.order < right.order }
    return left.key < right.key
  }
}
