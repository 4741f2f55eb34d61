import RegistryModel

/// One list as an operator has it before them: which rows, in which order, where the cursor and the window stand.
struct ListState: Sendable {
  /// The object that keys act on.
  var cursor: RowKey?
  /// Where it stands among `rows`, or stood when it went.
  var cursorIndex = 0
  /// The first row that is shown.
  var top = 0
  /// How many loose columns are scrolled past.
  var sideways = 0
  var isWide = false
  var isFaultsOnly = false
  /// Nil until the operator chooses: the table's own order.
  var sort: SortChoice?
  /// Nil lets everything through.
  var filter: Filter?
  /// What Space took, shown or hidden by the filter.
  var selected: Set<RowKey> = []
  /// Where a range of the selection begins.
  var anchor: RowKey?

  /// Filtered and in order.
  private(set) var rows: [ListRow] = []
  /// By what each row was put where it is.
  private var orders: [RowKey: SortKey] = [:]
  /// How many there are without the filter.
  private(set) var total = 0
  private(set) var isDescending = false
  /// The filter gave up on some row: the list is short.
  var isFilterTooCostly = false
  /// Must be built anew before it is looked at.
  private(set) var isStale = true

  mutating func invalidate() { isStale = true }

  /// Lets go of the rows; place, order and filter stay. For lists that nobody looks at.
  mutating func rest() {
    rows = []
    orders = [:]
    isStale = true
  }

  var isEmpty: Bool { rows.isEmpty }

  func contains(_ key: RowKey) -> Bool { orders[key] != nil }
}

// Bringing rows up to date.
extension ListState {
  /// Replaces all rows. True when the object under the cursor is no longer there and another took its place.
  mutating func rebuild(_ fresh: [ListRow], total: Int, isDescending: Bool, height: Int) -> Bool {
    self.isDescending = isDescending
    self.total = total
    rows = RowOrder.sorted(fresh, isDescending: isDescending)
    orders = Dictionary(rows.map { ($0.key, $0.order) }, uniquingKeysWith: { $1 })
    isStale = false
    return settle(height: height)
  }

  /// Puts changed rows where they belong now. `changed` holds every key that was looked at again, `fresh` the rows of those
  /// that are still to be shown.
  mutating func refresh(_ changed: [RowKey], fresh: [ListRow], total: Int, height: Int) -> Bool {
    self.total = total
    var gone: [Int] = []
    for key in changed {
      guard let order = orders.removeValue(forKey: key) else { continue }
      let row = ListRow(key: key, order: order)
      let index = rows.partitioningIndex { !ListRow.precedes($0, row, isDescending: isDescending) }
      if index < rows.count, rows[index].key == key { gone.append(index) }
    }
    for row in fresh { orders[row.key] = row.order }
    RowOrder.remove(gone.sorted(), from: &rows)
    RowOrder.merge(RowOrder.sorted(fresh, isDescending: isDescending), into: &rows, isDescending: isDescending)
    return settle(height: height)
  }

  /// Finds the cursor's object again. The line of the screen it stands on stays the same, unless the window shows the
  /// beginning of the list: new trouble comes in there, and must be seen.
  private mutating func settle(height: Int) -> Bool {
    guard let key = cursor else {
      cursorIndex = 0
      cursor = rows.first?.key
      reveal(height: height)
      return false
    }
    let line = cursorIndex - top
    if let index = index(of: key) {
      cursorIndex = index
      if top > 0 || index >= height { top = index - line }
      reveal(height: height)
      return false
    }
    cursorIndex = min(cursorIndex, max(0, rows.count - 1))
    cursor = rows.indices.contains(cursorIndex) ? rows[cursorIndex].key : nil
    if top > 0 { top = cursorIndex - line }
    reveal(height: height)
    return true
  }

  /// Where an object stands.
  func index(of key: RowKey) -> Int? {
    if rows.indices.contains(cursorIndex), rows[cursorIndex].key == key { return cursorIndex }
    guard let order = orders[key] else { return nil }
    let row = ListRow(key: key, order: order)
    let index = rows.partitioningIndex { !ListRow.precedes($0, row, isDescending: isDescending) }
    return index < rows.count && rows[index].key == key ? index : nil
  }

  /// Moves the window so that it shows the cursor and no more emptiness than it must.
  mutating func reveal(height: Int) {
    let height = max(1, height)
    top = min(top, cursorIndex)
    top = max(top, cursorIndex - height + 1)
    top = min(max(0, top), max(0, rows.count - height))
  }
}

// Moving.
extension ListState {
  mutating func move(to index: Int, height: Int) {
    guard !rows.isEmpty else { return }
    cursorIndex = min(max(0, index), rows.count - 1)
    cursor = rows[cursorIndex].key
    reveal(height: height)
  }

  mutating func move(by step: Int, height: Int) { move(to: cursorIndex + step, height: height) }

  /// Puts the cursor on an object, now if it is there, else as soon as it comes.
  mutating func focus(_ key: RowKey, height: Int) {
    cursor = key
    if let index = index(of: key) { move(to: index, height: height) }
  }
}
