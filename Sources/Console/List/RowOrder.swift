/// Puts rows in order. A row is large and holds texts: what is not moved by swapping is counted up and down in memory, which
/// for a hundred thousand rows takes longer than comparing them.
enum RowOrder {
  /// What most comparisons need of a row.
  private struct Head {
    var first: Double
    var second: Double
    /// The first eight bytes of the text, so that greater texts have greater numbers.
    var prefix: UInt64
    var index: Int32

    init(_ row: ListRow, index: Int) {
      first = row.order.first
      second = row.order.second
      prefix = 0
      var count = 0
      for byte in row.order.text.utf8.prefix(8) {
        prefix = prefix << 8 | UInt64(byte)
        count += 1
      }
      prefix <<= UInt64(8 * (8 - count))
      self.index = Int32(truncatingIfNeeded: index)
    }
  }

  static func sorted(_ rows: [ListRow], isDescending: Bool) -> [ListRow] {
    guard rows.count > 1, rows.count < Int32.max else { return rows }
    var heads = rows.enumerated().map { Head($0.element, index: $0.offset) }
    rows.withUnsafeBufferPointer { rows in
      heads.sort { left, right in
        if left.first != right.first { return (left.first < right.first) != isDescending }
        if left.second != right.second { return (left.second < right.second) != isDescending }
        if left.prefix != right.prefix { return (left.prefix < right.prefix) != isDescending }
        return ListRow.precedes(rows[Int(left.index)], rows[Int(right.index)], isDescending: isDescending)
      }
    }
    return heads.map { rows[Int($0.index)] }
  }

  /// Takes the rows at `places`, which ascend, out of the list.
  static func remove(_ places: [Int], from rows: inout [ListRow]) {
    guard var write = places.first else { return }
    var next = 0
    for read in write..<rows.count {
      if next < places.count, places[next] == read {
        next += 1
      } else {
        rows.swapAt(write, read)
        write += 1
      }
    }
    rows.removeLast(rows.count - write)
  }

  /// Puts rows that are in order into a list that is.
  static func merge(_ fresh: [ListRow], into rows: inout [ListRow], isDescending: Bool) {
    var end = rows.count
    rows.append(contentsOf: fresh)
    var write = rows.count
    for row in fresh.reversed() {
      let place = rows[..<end].partitioningIndex { !ListRow.precedes($0, row, isDescending: isDescending) }
      while end > place {
        end -= 1
        write -= 1
        rows.swapAt(end, write)
      }
      write -= 1
      rows[write] = row
    }
  }
}
