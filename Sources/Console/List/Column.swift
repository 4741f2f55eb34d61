/// What one cell of a list says.
struct CellText: Hashable, Sendable {
  var text: String
  var role: Role

  init(_ text: String, _ role: Role = .base) {
    self.text = text
    self.role = role
  }

  static let empty = CellText("")
  static let none = CellText("-", .dim)
}

/// One column of a list of `Subject`s.
struct Column<Subject>: Sendable {
  /// Names the column in settings and sort choices; never changes.
  let id: String
  let title: String
  /// Columns of the screen: as few as make sense, and as many as are of use.
  var width: ClosedRange<Int>
  /// 0 always shown; the higher, the earlier it goes when the screen is narrow.
  var priority: Int
  /// Stays at the left while the rest scrolls sideways.
  var isAnchored = false
  /// Takes the columns that are left over.
  var isStretchy = false
  /// Shown only when the list is asked to be wide.
  var isWide = false
  var alignment: Alignment = .left
  var cut: Cut = .end
  /// The capital letter that sorts by it.
  var letter: Character?
  /// Whether sorting by it begins with the largest: what is looked for in counts.
  var startsDescending = false
  let cell: @Sendable (Subject, ConsoleState) -> CellText
  var order: (@Sendable (Subject) -> SortKey)?
}

/// How rows of one kind look.
struct Table<Subject>: Sendable {
  let columns: [Column<Subject>]
  /// The order that shows first what should be looked at first.
  let defaultSort: SortChoice

  func column(_ id: String) -> Column<Subject>? { columns.first { $0.id == id } }

  /// The choice if its column is there and can be sorted by, else the default.
  func sort(_ choice: SortChoice?) -> SortChoice {
    guard let choice, column(choice.column)?.order != nil else { return defaultSort }
    return choice
  }
}

/// What is known of a column without knowing its rows: for pickers, settings and keys.
struct ColumnFacts: Hashable, Sendable {
  var id: String
  var title: String
  var letter: Character?
  var startsDescending: Bool
}

extension Table {
  /// The columns that a list can be sorted by.
  var sortable: [ColumnFacts] {
    columns.filter { $0.order != nil }.map {
      ColumnFacts(id: $0.id, title: $0.title, letter: $0.letter, startsDescending: $0.startsDescending)
    }
  }
}
