/// A line whose parts give way to one another: what matters least goes first when the screen is narrow.
struct LineOfPieces {
  private struct Piece {
    var text: String
    var style: Style
    /// 0 stays to the last; the higher, the earlier it goes.
    var priority: Int
    /// What stands there instead once the full text has no room, and when: before whatever goes at that priority.
    var short: String?
    var shortens: Int
    /// Whether it goes on where the piece before ends, without blanks between.
    var isJoined = false
  }

  private var left: [Piece] = []
  private var right: [Piece] = []

  init() {}

  mutating func add(
    _ text: String, _ role: Role, priority: Int, short: String? = nil, shortens: Int? = nil, attributes: Attributes = []
  ) {
    guard !text.isEmpty else { return }
    left.append(
      Piece(
        text: text, style: Style(role, attributes: attributes), priority: priority, short: short,
        shortens: shortens ?? priority))
  }

  /// Adds a piece right behind the one before.
  mutating func join(_ text: String, _ role: Role, priority: Int) {
    guard !text.isEmpty else { return }
    left.append(Piece(text: text, style: Style(role), priority: priority, shortens: priority, isJoined: true))
  }

  mutating func addRight(_ text: String, _ role: Role, priority: Int, short: String? = nil, shortens: Int? = nil) {
    guard !text.isEmpty else { return }
    right.append(
      Piece(text: text, style: Style(role), priority: priority, short: short, shortens: shortens ?? priority))
  }

  private static func width(_ pieces: [Piece], gap: Int) -> Int {
    pieces.enumerated().reduce(0) { sum, item in
      sum + TextWidth.of(item.element.text) + (item.offset == 0 || item.element.isJoined ? 0 : gap)
    }
  }

  /// Makes pieces short, or takes them away, until the line fits.
  private func fitted(_ width: Int, gap: Int) -> (left: [Piece], right: [Piece]) {
    var (left, right) = (left, right)
    func excess() -> Bool {
      let between = left.isEmpty || right.isEmpty ? 0 : gap
      return Self.width(left, gap: gap) + Self.width(right, gap: gap) + between > width
    }
    var level = (left + right).map { max($0.priority, $0.shortens) }.max() ?? 0
    while level >= 0, excess() {
      Self.shorten(&left, level)
      Self.shorten(&right, level)
      if level > 0, excess() {
        left.removeAll { $0.priority == level }
        right.removeAll { $0.priority == level }
      }
      level -= 1
    }
    return (left, right)
  }

  private static func shorten(_ pieces: inout [Piece], _ level: Int) {
    for index in pieces.indices where pieces[index].shortens == level {
      if let short = pieces[index].short { pieces[index].text = short }
    }
    pieces.removeAll { $0.text.isEmpty }
  }

  /// Draws the pieces with blanks between them: two, and one on either side; on a narrow screen one, and none.
  func draw(on frame: inout Frame, in line: Rect) {
    guard !line.isEmpty else { return }
    let gap = line.columns > 50 ? 2 : 1
    let inner = line.columns > 50 ? line.inset(rows: 0, columns: 1) : line
    let (left, right) = fitted(inner.columns, gap: gap)
    var column = 0
    for (index, piece) in left.enumerated() {
      let start = index == 0 || piece.isJoined ? column : column + gap
      column = frame.put(piece.text, row: 0, column: start, style: piece.style, cut: .middle, in: inner)
    }
    column = max(left.isEmpty ? 0 : column + gap, inner.columns - Self.width(right, gap: gap))
    for piece in right { column = frame.put(piece.text, row: 0, column: column, style: piece.style, in: inner) + gap }
  }
}
