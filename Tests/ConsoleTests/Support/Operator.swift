import RegistryModel

@testable import Console

/// A console and somebody at it: keys go in by their names, screens come out as text, effects are gathered.
struct Operator {
  private(set) var state: ConsoleState
  private(set) var effects: [ConsoleEffect] = []
  var moment: Moment

  init(
    rows: Int = 30, columns: Int = 100, glyphs: GlyphSet = .ascii, capabilities: Capabilities = Operator.embedded,
    snapshot: Snapshot? = Incident.night().snapshot
  ) {
    state = ConsoleState(
      environment: ConsoleEnvironment(operatorName: "li.w", glyphs: glyphs), size: Size(rows: rows, columns: columns))
    moment = Moment(wall: Incident.now, monotonic: MonotonicTime(milliseconds: 1_000_000))
    feed(.connected(capabilities))
    if let snapshot { feed(.feed(.snapshot(snapshot))) }
    feed(.tick)
    forget()
  }

  static let embedded = Capabilities(server: "Muster 1.0", address: "127.0.0.1:8848", isEmbedded: true)

  mutating func feed(_ input: ConsoleInput) { effects += state.update(input, at: moment) }

  mutating func forget() { effects = [] }

  /// Effects since the last time.
  mutating func taken() -> [ConsoleEffect] {
    defer { effects = [] }
    return effects
  }

  /// Lets time pass, with a tick at its end.
  mutating func wait(milliseconds: Int64) {
    moment.wall.milliseconds += milliseconds
    moment.monotonic.milliseconds += milliseconds
    feed(.tick)
  }

  /// Presses keys by their names, with blanks between them: `j Down Enter Ctrl-D`. Half a second lies between two.
  mutating func press(_ names: String) {
    for name in names.split(separator: " ") {
      moment.wall.milliseconds += 500
      moment.monotonic.milliseconds += 500
      feed(.key(Self.key(String(name))))
    }
  }

  /// Types a text, letter by letter.
  mutating func type(_ text: String) {
    for character in text { feed(.key(.character(character))) }
  }

  static func key(_ name: String) -> Key {
    let special: [String: Key] = [
      "Up": .up, "Down": .down, "Left": .left, "Right": .right, "PgUp": .pageUp, "PgDn": .pageDown, "Home": .home, "End": .end,
      "Enter": .enter, "Esc": .escape, "Tab": .tab, "Shift-Tab": .backTab, "Backspace": .backspace, "Delete": .delete,
      "Space": .character(" "), "Ctrl-Space": .controlSpace,
    ]
    if let key = special[name] { return key }
    if name.hasPrefix("Ctrl-"), let letter = name.lowercased().last { return .control(letter) }
    if name.count > 1, name.hasPrefix("F"), let number = Int(name.dropFirst()) { return .function(number) }
    return .character(name.first ?? " ")
  }

  var frame: Frame { state.view() }

  /// What is on the screen, without the blanks at the ends of lines.
  var screen: String { frame.text }

  var lines: [String] { frame.lines }
}
