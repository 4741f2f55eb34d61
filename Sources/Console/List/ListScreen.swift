import RegistryModel

/// A view that is mainly one list of `Subject`s.
protocol ListScreen: Screen {
  associatedtype Subject

  var table: Table<Subject> { get }
  /// Every object of the view, in any order.
  func keys(_ state: ConsoleState) -> [RowKey]
  /// The object as it stands; nil when it is gone or belongs elsewhere.
  func subject(_ key: RowKey, _ state: ConsoleState) -> Subject?
  /// Which rows changes concern; nil when all must be looked at.
  func affected(by changes: MirrorChanges, _ state: ConsoleState) -> [RowKey]?
  /// Columns that say nothing here.
  func hiddenColumns(_ state: ConsoleState) -> Set<String>
  /// The sign of the row's state.
  func symbol(_ subject: Subject, _ key: RowKey, _ state: ConsoleState) -> (symbol: Symbol, role: Role)
  /// Whether an operator left a note on it.
  func hasNote(_ subject: Subject) -> Bool
  func isFault(_ subject: Subject) -> Bool
  func matches(_ subject: Subject, _ filter: ListFilter, _ state: ConsoleState) -> Bool
}

extension ListScreen {
  func hiddenColumns(_ state: ConsoleState) -> Set<String> { [] }
  func hasNote(_ subject: Subject) -> Bool { false }
  var sortable: [ColumnFacts] { table.sortable }
  func exists(_ key: RowKey, _ state: ConsoleState) -> Bool { subject(key, state) != nil }

  func sort(_ list: ListState, _ state: ConsoleState) -> SortChoice { table.sort(list.sort) }

  func refresh(_ list: inout ListState, height: Int, _ state: ConsoleState, _ changes: MirrorChanges) -> Bool {
    let affected = list.isStale ? nil : affected(by: changes, state)
    let sort = sort(list, state)
    guard let order = table.column(sort.column)?.order else { return false }
    guard let affected else {
      let keys = keys(state)
      let rows = keys.compactMap { row($0, list, order, state) }
      return list.rebuild(rows, total: keys.count, isDescending: sort.isDescending, height: height)
    }
    guard !affected.isEmpty else {
      list.reveal(height: height)
      return false
    }
    let known = affected.filter { list.contains($0) }.count
    let fresh = affected.compactMap { row($0, list, order, state) }
    // Without a filter the rows are the total; with one, count anew what the filter hides.
    let isFiltered = list.isFaultsOnly || !list.filter.isEmpty
    let total = isFiltered ? keys(state).count : list.total + fresh.count - known
    return list.refresh(affected, fresh: fresh, total: total, height: height)
  }

  private func row(
    _ key: RowKey, _ list: ListState, _ order: @Sendable (Subject) -> SortKey, _ state: ConsoleState
  ) -> ListRow? {
    guard let subject = subject(key, state) else { return nil }
    if list.isFaultsOnly, !isFault(subject) { return nil }
    if !list.filter.isEmpty, !matches(subject, list.filter, state) { return nil }
    return ListRow(key: key, order: order(subject))
  }
}
