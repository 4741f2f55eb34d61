import RegistryModel

/// Lines of text that a view scrolls through.
struct TextPage: Sendable {
  private(set) var lines: [[Span]] = []

  mutating func head(_ text: String) {
    if !lines.isEmpty { lines.append([]) }
    lines.append([Span(text, Style(.title, attributes: .bold))])
  }

  mutating func add(_ text: String, _ role: Role = .base) { lines.append([Span("  " + text, role)]) }

  mutating func add(_ spans: [Span]) { lines.append([Span("  ")] + spans) }

  /// A name and a value, the values below one another.
  mutating func field(_ name: String, _ value: String, _ role: Role = .base) {
    let padding = String(repeating: " ", count: max(1, 18 - TextWidth.of(name)))
    lines.append([Span("  \(name)\(padding)", .metadataKey), Span(value, role)])
  }

  /// The same text in lines of at most `width` columns, broken at blanks; what goes on is indented.
  func wrapped(to width: Int) -> TextPage {
    var page = TextPage()
    for line in lines {
      let total = line.reduce(0) { $0 + TextWidth.of($1.text) }
      if total <= width { page.lines.append(line) } else { page.lines += Self.wrap(line, width: max(8, width)) }
    }
    return page
  }

  private static let indent = "    "

  private static func wrap(_ line: [Span], width: Int) -> [[Span]] {
    var result: [[Span]] = []
    var current: [Span] = []
    var column = 0
    func fits(_ text: String) -> Bool { column + TextWidth.of(text) <= width }
    for span in line {
      for word in words(span.text) {
        if !fits(word), column > indent.count {
          result.append(current)
          current = [Span(indent)]
          column = indent.count
          if word.allSatisfy({ $0 == " " }) { continue }
        }
        current.append(Span(word, span.style))
        column += TextWidth.of(word)
      }
    }
    return result + [current]
  }

  /// Words and the blanks between them, each a piece.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    for character in text {
      if let last = word.last, (last == " ") != (character == " ") {
        words.append(word)
        word = ""
      }
      word.append(character)
    }
    return word.isEmpty ? words : words + [word]
  }
}

/// What a page was written from; another one means writing it anew.
struct PageStamp: Equatable, Sendable {
  var clock: WallTime
  var revision: Revision
  var answers: Int
  var width: Int
}

/// A view that is a page of text.
protocol TextScreen: Screen {
  var title: String { get }
  func page(_ state: ConsoleState) -> TextPage
}

extension TextScreen {
  func lineCount(_ visit: Visit, _ state: ConsoleState) -> Int { visit.page.lines.count }

  func textHeight(in body: Rect, _ state: ConsoleState) -> Int { state.layout.isBoxed ? body.rows - 2 : body.rows }

  func draw(_ visit: Visit, on frame: inout Frame, in body: Rect, _ state: ConsoleState) {
    let lines = visit.page.lines
    var inside = body
    if state.layout.isBoxed {
      let last = min(lines.count, visit.line + body.rows - 2)
      let note = lines.count > body.rows - 2 ? "\(visit.line + 1)-\(last) of \(lines.count)" : ""
      inside = frame.box(body, title: title, note: note, style: Style(.borderFocus))
    }
    for row in 0..<inside.rows where lines.indices.contains(visit.line + row) {
      frame.put(lines[visit.line + row], row: row, column: 0, in: inside)
    }
  }
}
