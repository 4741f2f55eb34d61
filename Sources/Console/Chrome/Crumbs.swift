import RegistryModel

/// Where one is, how many there are, and how the list is sorted, filtered and selected from.
enum Crumbs {
  static func draw(on frame: inout Frame, in line: Rect, _ state: ConsoleState, isBoxed: Bool) {
    guard !line.isEmpty else { return }
    var pieces = LineOfPieces()
    let crumbs = state.trail.map(\.place.crumb)
    let before = crumbs.dropLast().map { "\($0) > " }.joined()
    pieces.add(before, .crumb, priority: 5, short: crumbs.count > 1 ? "> " : nil)
    pieces.join(crumbs.last ?? "", .crumbActive, priority: 0)
    let list = state.visit.list
    let screen = state.screen
    if !screen.sortable.isEmpty {
      let sort = screen.sort(list, state)
      let title = screen.sortable.first { $0.id == sort.column }?.title ?? sort.column
      pieces.addRight("sort \(title)\(sort.isDescending ? " desc" : "")", .dim, priority: 4)
      if list.isFaultsOnly { pieces.addRight("faults only", .match, priority: 1) }
      if let filter = list.filter {
        pieces.addRight("/\(filter.text)", .match, priority: 1)
        if list.isFilterTooCostly { pieces.addRight("too costly, not all rows", .inputInvalid, priority: 1) }
      }
      if !list.selected.isEmpty {
        let hidden = list.selected.count { !list.contains($0) }
        let text = "selected \(list.selected.count)"
        pieces.addRight(hidden > 0 ? "\(text), \(hidden) hidden" : text, .mark, priority: 1)
      }
      if !isBoxed { pieces.addRight(list.position(height: state.listHeight), .count, priority: 0) }
    }
    pieces.draw(on: &frame, in: line)
  }
}
