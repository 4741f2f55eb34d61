import Glibc

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

  static func < (left: SortKey, right: SortKey) -> Bool { left.compare(right) < 0 }

  /// Below zero when this comes first, zero for equal ones. Texts are compared byte by byte: that is their order by code
  /// points, it is the same for every reader, and their beginnings can be compared as numbers.
  func compare(_ other: SortKey) -> Int32 {
    if first != other.first { return first < other.first ? -1 : 1 }
    if second != other.second { return second < other.second ? -1 : 1 }
    return Self.compare(text, other.text)
  }

  private static func compare(_ left: String, _ right: String) -> Int32 {
    let result = left.utf8.withContiguousStorageIfAvailable { left in
      right.utf8.withContiguousStorageIfAvailable { right -> Int32 in
        guard let leftBase = left.baseAddress, let rightBase = right.baseAddress else {
          return Int32(clamping: left.count - right.count)
        }
        let order = memcmp(leftBase, rightBase, min(left.count, right.count))
        return order != 0 ? order : Int32(clamping: left.count - right.count)
      }
    }
    // Texts of Swift always lie in one piece; others would still be put in some order.
    return (result ?? nil) ?? (left == right ? 0 : left < right ? -1 : 1)
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
    let order = left.order.compare(right.order)
    if order != 0 { return (order < 0) != isDescending }
    return left.key < right.key
  }
}
