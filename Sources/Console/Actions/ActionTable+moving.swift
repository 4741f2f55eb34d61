extension ActionTable {
  static let moving: [ConsoleAction] = [
    ConsoleAction(id: .up, keys: [.up, .character("k")], title: "up", section: .moving) { $0.move(by: -1) },
    ConsoleAction(id: .down, keys: [.down, .character("j")], title: "down", section: .moving) { $0.move(by: 1) },
    ConsoleAction(id: .pageUp, keys: [.pageUp, .control("b")], title: "page up", section: .moving) { $0.page(by: -1) },
    ConsoleAction(id: .pageDown, keys: [.pageDown, .control("f")], title: "page down", section: .moving) { $0.page(by: 1) },
    ConsoleAction(id: .top, keys: [.character("g"), .home], title: "first row", section: .moving) { $0.move(by: -.max / 2) },
    ConsoleAction(id: .bottom, keys: [.character("G"), .end], title: "last row", section: .moving) { $0.move(by: .max / 2) },
    ConsoleAction(id: .scrollLeft, keys: [.left], title: "columns to the left", section: .moving) { $0.scrollSideways(by: -1) },
    ConsoleAction(id: .scrollRight, keys: [.right], title: "columns to the right", section: .moving) {
      $0.scrollSideways(by: 1)
    },
    ConsoleAction(id: .back, keys: [.escape], title: "back: filter, selection, view", section: .moving) { $0.stepBack() },
    ConsoleAction(id: .leave, keys: [.character("q")], title: "leave the view", section: .moving) { $0.leaveOrQuit() },
    ConsoleAction(
      id: .historyBack, keys: [.character("[")], title: "view before", section: .moving,
      refusal: { $0.history.hasEarlier ? nil : "there is no view before" }
    ) { $0.walk { $0.back(from: $1) } },
    ConsoleAction(
      id: .historyForward, keys: [.character("]")], title: "view after", section: .moving,
      refusal: { $0.history.hasLater ? nil : "there is no view after" }
    ) { $0.walk { $0.forward(from: $1) } },
    ConsoleAction(
      id: .exchange, keys: [.character("-")], title: "last view", section: .moving,
      refusal: { $0.history.hasEarlier ? nil : "there is no view before" }
    ) { $0.walk { $0.exchange($1) } },
  ]

  static let opening: [ConsoleAction] = [
    ConsoleAction(
      id: .open, keys: [.enter], title: "open what is under the cursor", hint: "open", section: .here, places: .lists,
      refusal: { $0.visit.list.cursor == nil ? "nothing is under the cursor" : nil }
    ) { $0.openCursor() }
  ]
}

extension ConsoleState {
  /// Moves the cursor of the list, or the text.
  mutating func move(by step: Int) -> [ConsoleEffect] {
    if Set<PlaceKind>.texts.contains(place.kind) {
      scrollText(by: step)
      return []
    }
    let list = visit.list
    let target = step.magnitude > 1_000_000 ? (step < 0 ? 0 : list.rows.count - 1) : list.cursorIndex + step
    return moveCursor(to: target)
  }

  mutating func page(by pages: Int) -> [ConsoleEffect] {
    let height = max(1, Set<PlaceKind>.texts.contains(place.kind) ? screen.textHeight(in: layout.body, self) : listHeight)
    return move(by: pages * max(1, height - 1))
  }

  mutating func moveCursor(to index: Int) -> [ConsoleEffect] {
    let before = visit.list.cursor
    trail[trail.count - 1].list.move(to: index, height: listHeight)
    return visit.list.cursor == before ? [] : [.wake(Self.restMilliseconds)]
  }

  /// How long the cursor rests before the detail panel follows it.
  static let restMilliseconds = 120

  mutating func scrollSideways(by step: Int) -> [ConsoleEffect] {
    trail[trail.count - 1].list.sideways = min(max(0, visit.list.sideways + step), 24)
    return []
  }

  mutating func scrollText(by step: Int) {
    let most = max(0, screen.lineCount(visit, self) - screen.textHeight(in: layout.body, self))
    let line = step.magnitude > 1_000_000 ? (step < 0 ? 0 : most) : visit.line + step
    trail[trail.count - 1].line = min(max(0, line), most)
  }

  mutating func walk(_ step: (inout TrailHistory, [Visit]) -> [Visit]?) -> [ConsoleEffect] {
    guard let other = step(&history, trail) else { return [] }
    trail = other
    return arrive()
  }
}
