/// Which columns of a table fit into a width, and where each begins.
struct ColumnLayout: Equatable {
  struct Slot: Equatable {
    /// Its index among the table's columns.
    var column: Int
    var start: Int
    var width: Int
  }

  private(set) var slots: [Slot] = []
  /// How many columns stand to the left of what is shown, and to the right.
  private(set) var hiddenBefore = 0
  private(set) var hiddenAfter = 0

  static let gap = 1
  /// Columns of the screen that the cursor's bar is wide at least, if there are so many.
  private static let leastBar = 10

  /// `scroll` columns that are not anchored are passed over; 0 shows the most important ones.
  init<Subject>(_ columns: [Column<Subject>], width: Int, scroll: Int, isWide: Bool, hidden: Set<String> = []) {
    let candidates = columns.indices.filter { (isWide || !columns[$0].isWide) && !hidden.contains(columns[$0].id) }
    let chosen =
      scroll > 0
      ? Self.scrolled(candidates, columns, width: width, by: scroll) : Self.byPriority(candidates, columns, width: width)
    let loose = candidates.filter { !columns[$0].isAnchored }
    let shownLoose = Set(chosen.filter { !columns[$0].isAnchored })
    hiddenBefore = loose.prefix { !shownLoose.contains($0) }.count
    hiddenAfter = loose.count - shownLoose.count - (scroll > 0 ? hiddenBefore : 0)
    if scroll == 0 { hiddenBefore = 0 }
    place(chosen, columns, width: width)
  }

  /// The width of the columns that say which row it is: the anchored ones, and as many more as make a bar that is seen.
  func namingWidth<Subject>(of columns: [Column<Subject>]) -> Int {
    var width = 0
    for slot in slots where columns[slot.column].isAnchored || width < Self.leastBar { width = slot.start + slot.width }
    return width
  }

  private static func byPriority<Subject>(_ candidates: [Int], _ columns: [Column<Subject>], width: Int) -> [Int] {
    var used = -gap
    var chosen: [Int] = []
    for index in candidates.sorted(by: { (columns[$0].priority, $0) < (columns[$1].priority, $1) }) {
      let need = columns[index].width.lowerBound + gap
      if used + need > width {
        // Narrower ones of less importance would stand where more important ones are missing.
        if columns[index].priority > 0 { break }
        continue
      }
      used += need
      chosen.append(index)
    }
    return chosen.sorted()
  }

  private static func scrolled<Subject>(_ candidates: [Int], _ columns: [Column<Subject>], width: Int, by scroll: Int) -> [Int] {
    let anchored = candidates.filter { columns[$0].isAnchored }
    let loose = candidates.filter { !columns[$0].isAnchored }
    var used = anchored.reduce(-gap) { $0 + columns[$1].width.lowerBound + gap }
    var chosen = anchored
    for index in loose.dropFirst(min(scroll, max(0, loose.count - 1))) {
      let need = columns[index].width.lowerBound + gap
      guard used + need <= width else { break }
      used += need
      chosen.append(index)
    }
    return chosen.sorted()
  }

  /// Gives the chosen columns their widths: what is left over goes first to those that want more, then to the stretchy one.
  private mutating func place<Subject>(_ chosen: [Int], _ columns: [Column<Subject>], width: Int) {
    var widths = chosen.map { columns[$0].width.lowerBound }
    var left = width - widths.reduce(-Self.gap) { $0 + $1 + Self.gap }
    for (place, index) in chosen.enumerated().sorted(by: { columns[$0.element].priority < columns[$1.element].priority }) {
      let extra = min(max(0, left), columns[index].width.upperBound - widths[place])
      widths[place] += extra
      left -= extra
    }
    if left > 0, let place = chosen.lastIndex(where: { columns[$0].isStretchy }) { widths[place] += left }
    var start = 0
    for (place, index) in chosen.enumerated() {
      let fitting = min(widths[place], max(0, width - start))
      slots.append(Slot(column: index, start: start, width: fitting))
      start += widths[place] + Self.gap
    }
  }
}
