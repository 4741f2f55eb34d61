import RegistryModel

/// The ring of things in a dialog that the focus goes around: Cancel, perhaps a field, and the button that acts.
struct DialogFocus: Sendable {
  enum Part: Hashable, Sendable { case cancel, field, confirm }

  private let parts: [Part]
  private(set) var current: Part
  /// When the focus came to where it is.
  private var since: MonotonicTime

  /// Milliseconds that the focus must have been on the acting button before Enter counts. Typing ahead, a held key or text
  /// that a terminal pastes as keys do not confirm.
  static let steadiness: Int64 = 300

  init(_ parts: [Part], startsAt part: Part, _ state: ConsoleState) {
    self.parts = parts
    current = part
    since = state.moment.monotonic
  }

  mutating func move(by step: Int, _ state: ConsoleState) {
    let index = parts.firstIndex(of: current) ?? 0
    current = parts[(index + step + parts.count) % parts.count]
    since = state.moment.monotonic
  }

  func isSteady(_ state: ConsoleState) -> Bool {
    state.moment.monotonic.milliseconds - since.milliseconds >= Self.steadiness
  }

  /// Draws `[ Cancel ]  ( Deregister 4 )`: square brackets and an arrow say where the focus is, whatever the colours.
  func drawButtons(on frame: inout Frame, in line: Rect, confirm: String, isDangerous: Bool, _ state: ConsoleState) {
    var column = 1
    for part in parts where part != .field {
      let isFocused = part == current
      let title = part == .cancel ? "Cancel" : confirm
      let text = isFocused ? "\(state.sign(.cursor))[ \(title) ]" : " ( \(title) )"
      let role: Role = isFocused ? .buttonFocus : part == .confirm && isDangerous ? .buttonDanger : .button
      column = frame.put(text, row: 0, column: column, style: Style(role), in: line) + 3
    }
  }
}
