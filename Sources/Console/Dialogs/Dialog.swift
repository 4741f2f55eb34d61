/// Something that stands above a view and has the keys until it is closed.
protocol Dialog: Sendable {
  mutating func take(_ key: Key, _ state: inout ConsoleState) -> DialogOutcome
  /// Takes pasted text; nil when there is no field for it.
  mutating func take(pasted text: String, _ state: inout ConsoleState) -> DialogOutcome?
  func draw(on frame: inout Frame, in layout: ScreenLayout, _ state: ConsoleState)
}

/// Whether a dialog stays after a key, and what is to be done.
struct DialogOutcome {
  var isOpen: Bool
  var effects: [ConsoleEffect] = []

  static let stay = DialogOutcome(isOpen: true)
  static let close = DialogOutcome(isOpen: false)

  static func close(_ effects: [ConsoleEffect]) -> DialogOutcome { DialogOutcome(isOpen: false, effects: effects) }
  static func stay(_ effects: [ConsoleEffect]) -> DialogOutcome { DialogOutcome(isOpen: true, effects: effects) }
}

extension Dialog {
  mutating func take(pasted text: String, _ state: inout ConsoleState) -> DialogOutcome? { nil }
}

/// A window in the middle of the screen: its frame drawn, its inside cleared.
enum DialogBox {
  /// The most lines that there is room for.
  static func roomyRows(_ screen: Size) -> Int { screen.rows >= 14 ? screen.rows - 6 : max(1, screen.rows - 2) }

  /// Returns the inside, which is at most as large as asked for.
  static func draw(
    on frame: inout Frame, in layout: ScreenLayout, title: String, note: String = "", rows: Int, columns: Int
  ) -> Rect {
    let screen = frame.bounds
    // The first two lines say where one is and how bad it is, also now; a small screen has no room for that.
    let area = screen.rows >= 14 ? screen.split(top: 2).rest : screen
    let rect = area.centered(Size(rows: rows + 2, columns: columns + 4))
    frame.fill(rect)
    let inside = frame.box(
      rect, title: title, note: note, style: Style(.dialogBorder), titleStyle: Style(.title, attributes: .bold))
    return inside.inset(rows: 0, columns: 1)
  }
}
