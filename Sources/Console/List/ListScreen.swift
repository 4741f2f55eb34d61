import RegistryModel

/// A view that is mainly one list of `Subject`s.
protocol ListScreen: Screen {
  associatedtype Subject

  var table: Table<Subject> { get }
  /// Every object of the view, in any order.
  func keys(_ state: ConsoleState) -> [RowKey]
  /// The object as it stands; nil when it is gone or belongs elsewhere.
  func subject(_ key: RowKey, _ state: ConsoleState) -> Subject?
  /// Whether an object that changed belongs here; `keys` gives those alone that do.
  func belongs(_ subject: Subject, _ state: ConsoleState) -> Bool
  /// Which rows changes concern; nil when all must be looked at.
  func affected(by changes: MirrorChanges, _ state: ConsoleState) -> [RowKey]?
  /// Columns that say nothing here.
  func hiddenColumns(_ state: ConsoleState) -> Set<String>
  /// The sign of the row's state.
  func symbol(_ subject: Subject, _ key: RowKey, _ state: ConsoleState) -> (symbol: Symbol, role: Role)
  /// Whether an operator left a note on it.
  func hasNote(_ subject: Subject) -> Bool
  func isFault(_ subject: Subject) -> Bool
  /// The texts that a bare word of the filter looks into.
  func texts(_ subject: Subject, _ state: ConsoleState) -> [String]
  /// The value of a field of the schema or of `meta.KEY`.
  func value(of field: String, _ subject: Subject, _ state: ConsoleState) -> FilterValue?
}

extension ListScreen {
  func hiddenColumns(_ state: ConsoleState) -> Set<String> { [] }
  func hasNote(_ subject: Subject) -> Bool { false }
  func belongs(_ subject: Subject, _ state: ConsoleState) -> Bool { true }
  var sortable: [ColumnFacts] { table.sortable }
  func exists(_ key: RowKey, _ state: ConsoleState) -> Bool { subject(key, state) != nil }

  func sort(_ list: ListState, _ state: ConsoleState) -> SortChoice { table.sort(list.sort) }

  func refresh(_ list: inout ListState, height: Int, _ state: ConsoleState, _ changes: MirrorChanges) -> Bool {
    let affected = list.isStale ? nil : affected(by: changes, state)
    let sieve = list.filter.map { Sieve($0, state) }
    let sort = sort(list, state)
    guard let order = table.column(sort.column)?.order else { return false }
    guard let affected else {
      let keys = keys(state)
      let rows = keys.compactMap { row($0, list, sieve, order, state) }
      list.isFilterTooCostly = sieve?.isTooCostly ?? false
      return list.rebuild(rows, total: keys.count, isDescending: sort.isDescending, height: height)
    }
    guard !affected.isEmpty else {
      list.reveal(height: height)
      return false
    }
    let known = affected.filter { list.contains($0) }.count
    let fresh = affected.compactMap { key -> ListRow? in
      guard let subject = subject(key, state), belongs(subject, state) else { return nil }
      return row(key, list, sieve, order, state)
    }
    // Without a filter the rows are the total; with one, count anew what the filter hides.
    let isFiltered = list.isFaultsOnly || list.filter != nil
    let total = isFiltered ? keys(state).count : list.total + fresh.count - known
    return list.refresh(affected, fresh: fresh, total: total, height: height)
  }

  private func row(
    _ key: RowKey, _ list: ListState, _ sieve: Sieve?, _ order: @Sendable (Subject) -> SortKey,
    _ state: ConsoleState
  ) -> ListRow? {
    guard let subject = subject(key, state) else { return nil }
    if list.isFaultsOnly, !isFault(subject) { return nil }
    if let sieve, !sieve.accepts(subject, of: self) { return nil }
    return ListRow(key: key, order: order(subject))
  }
}

extension Filter {
  /// Whether it asks for ages, so that a row may come or go although nothing changed.
  var dependsOnTime: Bool {
    terms.contains { term in
      if case .number(let field, _, _) = term.test { schema.fields[field] == .duration } else { false }
    }
  }
}
