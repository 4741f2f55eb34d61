/// One line of text being typed.
struct TextField: Hashable, Sendable {
  /// Longer texts are of no use in any field; what is beyond is left out.
  static let limit = 4_096

  private(set) var characters: [Character] = []
  /// Between 0 and the number of characters.
  private(set) var position = 0

  init(_ text: String = "") { set(text) }

  var text: String { String(characters) }
  var isEmpty: Bool { characters.isEmpty }

  mutating func set(_ text: String) {
    characters = Array(text.prefix(Self.limit))
    position = characters.count
  }

  /// Line breaks and other controls of pasted text become blanks.
  mutating func insert(_ text: String) {
    let clean = text.map { character in
      character.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7f } ? " " : character
    }
    let room = max(0, Self.limit - characters.count)
    characters.insert(contentsOf: clean.prefix(room), at: position)
    position += min(room, clean.count)
  }

  /// True when the key was one for the field.
  mutating func take(_ key: Key) -> Bool {
    switch key {
    case .character(let character): insert(String(character))
    case .backspace:
      guard position > 0 else { return true }
      characters.remove(at: position - 1)
      position -= 1
    case .delete: if position < characters.count { characters.remove(at: position) }
    case .left: position = max(0, position - 1)
    case .right: position = min(characters.count, position + 1)
    case .home, .control("a"): position = 0
    case .end, .control("e"): position = characters.count
    case .control("u"):
      characters.removeFirst(position)
      position = 0
    case .control("k"): characters.removeLast(characters.count - position)
    case .control("w"): eraseWord()
    default: return false
    }
    return true
  }

  private mutating func eraseWord() {
    let end = position
    while position > 0, characters[position - 1] == " " { position -= 1 }
    while position > 0, characters[position - 1] != " " { position -= 1 }
    characters.removeSubrange(position..<end)
  }

  /// Draws the field, scrolled so that the cursor shows, and puts the terminal's cursor there.
  func draw(on frame: inout Frame, in line: Rect, role: Role = .inputFocus, hasKeys: Bool = true) {
    guard !line.isEmpty else { return }
    frame.fill(line, style: Style(role))
    var first = 0
    while first < position, Self.width(characters[first..<position]) >= line.columns { first += 1 }
    frame.put(String(characters[first...]), row: 0, column: 0, width: line.columns, style: Style(role), in: line)
    if hasKeys {
      let column = min(Self.width(characters[first..<position]), line.columns - 1)
      frame.cursor = Position(row: line.row, column: line.column + column)
    }
  }

  private static func width(_ characters: ArraySlice<Character>) -> Int { TextWidth.of(String(characters)) }
}
