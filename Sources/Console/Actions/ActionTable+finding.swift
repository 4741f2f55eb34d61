extension ActionTable {
  static let finding: [ConsoleAction] = [
    ConsoleAction(
      id: .faults, keys: [.character("f")], title: "faults only", hint: "faults", section: .finding,
      places: .lists.subtracting([.namespaces, .switches])
    ) { $0.changeList { $0.isFaultsOnly.toggle() } },
    ConsoleAction(
      id: .filter, keys: [.character("/"), .function(4)], title: "filter", hint: "filter", section: .finding, places: .lists
    ) {
      $0.open(FilterDialog($0))
    },
    ConsoleAction(
      id: .sort, keys: [.function(6), .character("<"), .character(">")], title: "sort by...", section: .finding,
      places: .lists, refusal: { $0.screen.sortable.isEmpty ? "this view has one order" : nil }
    ) { $0.open(SortDialog($0)) },
    ConsoleAction(
      id: .invert, keys: [.character("I")], title: "invert the order", section: .finding, places: .lists,
      refusal: { $0.screen.sortable.isEmpty ? "this view has one order" : nil }
    ) { state in
      var sort = state.screen.sort(state.visit.list, state)
      sort.isDescending.toggle()
      return state.sort(by: sort)
    },
    ConsoleAction(id: .wide, keys: [.control("w")], title: "wide columns", section: .finding, places: .lists) {
      $0.toggleWide()
    },
    ConsoleAction(id: .palette, keys: [.character(":")], title: "command", hint: "command", section: .everywhere) {
      $0.open(PaletteDialog($0))
    },
  ]

  static let selecting: [ConsoleAction] = [
    ConsoleAction(id: .select, keys: [.character(" ")], title: "select", hint: "select", section: .finding, places: .lists) {
      $0.toggleSelected()
    },
    ConsoleAction(id: .selectRange, keys: [.controlSpace], title: "select up to here", section: .finding, places: .lists) {
      $0.selectRange()
    },
    ConsoleAction(id: .selectAll, keys: [.character("*")], title: "select all that is shown", section: .finding, places: .lists) {
      $0.changeSelection { list in list.selected.formUnion(list.rows.map(\.key)) }
    },
    ConsoleAction(
      id: .selectNone, keys: [.character("U"), .control("\\")], title: "select nothing", section: .finding, places: .lists
    ) { $0.changeSelection { $0.selected = [] } },
  ]
}

extension ConsoleState {
  /// Changes which rows the list shows.
  mutating func changeList(_ body: (inout ListState) -> Void) -> [ConsoleEffect] {
    body(&trail[trail.count - 1].list)
    trail[trail.count - 1].list.invalidate()
    return []
  }

  mutating func changeSelection(_ body: (inout ListState) -> Void) -> [ConsoleEffect] {
    body(&trail[trail.count - 1].list)
    return []
  }

  /// Selects the row or lets go of it, and goes on to the next.
  mutating func toggleSelected() -> [ConsoleEffect] {
    guard let key = visit.list.cursor else { return [] }
    trail[trail.count - 1].list.anchor = key
    if trail[trail.count - 1].list.selected.remove(key) == nil { trail[trail.count - 1].list.selected.insert(key) }
    return move(by: 1)
  }

  /// Selects from where the selection was last changed to the cursor.
  mutating func selectRange() -> [ConsoleEffect] {
    let list = visit.list
    guard let key = list.cursor, let end = list.index(of: key) else { return [] }
    let start = list.anchor.flatMap(list.index(of:)) ?? end
    let range = min(start, end)...max(start, end)
    trail[trail.count - 1].list.selected.formUnion(list.rows[range].map(\.key))
    trail[trail.count - 1].list.anchor = key
    return []
  }

  mutating func sort(by choice: SortChoice) -> [ConsoleEffect] {
    settings.sorts[place.kind] = choice
    _ = changeList { $0.sort = choice }
    return [.saveSettings(settings)]
  }

  /// Sorts by the column of a capital letter, and the other way when it is that already. Nil when no column has the letter.
  mutating func sort(byLetter letter: Character) -> [ConsoleEffect]? {
    guard let column = screen.sortable.first(where: { $0.letter == letter }) else { return nil }
    let current = screen.sort(visit.list, self)
    let isSame = current.column == column.id
    return sort(
      by: SortChoice(column: column.id, isDescending: isSame ? !current.isDescending : column.startsDescending))
  }

  mutating func toggleWide() -> [ConsoleEffect] {
    trail[trail.count - 1].list.isWide.toggle()
    if visit.list.isWide { settings.wide.insert(place.kind) } else { settings.wide.remove(place.kind) }
    return [.saveSettings(settings)]
  }
}
