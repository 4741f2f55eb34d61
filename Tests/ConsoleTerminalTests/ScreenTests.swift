import Console
import Glibc
import Testing

@testable import ConsoleTerminal

/// ncurses without a terminal: frames in, bytes out. One screen, because ncurses has one a process.
@Suite(.serialized) struct ScreenTests {
  @Test func framesBecomeBytes() throws {
    let size = Size(rows: 30, columns: 100)
    let nothing = open("/dev/null", O_RDONLY)
    defer { close(nothing) }
    let screen = try Screen(
      type: "xterm-256color", input: nothing, size: size, color: .auto, noColor: nil, theme: .night)
    #expect(screen.capabilities.depth == .palette256)

    var frame = Frame(size)
    for row in 0..<30 {
      frame.put("service-\(row) 订单 \u{1b}[2J e\u{301}", row: row, column: 2, style: Style(row % 3 == 0 ? .stateDown : .base))
    }
    let first = String(decoding: screen.bytes(for: frame, theme: .night), as: UTF8.self)
    #expect(first.contains("\u{1b}[?1049h") && first.contains("订单") && first.contains("e\u{301}"))
    #expect(first.contains("\\x1b[2J"))

    // Nothing changed, nothing sent.
    #expect(screen.bytes(for: frame, theme: .night) == [])

    // One cell.
    frame.put("!", row: 7, column: 0)
    #expect(screen.bytes(for: frame, theme: .night).count <= 24)

    // The cursor of a text field, and hidden again.
    frame.cursor = Position(row: 3, column: 4)
    let shown = String(decoding: screen.bytes(for: frame, theme: .night), as: UTF8.self)
    #expect(shown.contains("\u{1b}[?25h") || shown.contains("\u{1b}[34h"))
    frame.cursor = nil
    #expect(String(decoding: screen.bytes(for: frame, theme: .night), as: UTF8.self).contains("\u{1b}[?25l"))

    try scrollingCosts(screen, size)
    _ = screen.bytes(for: frame, theme: .night)

    // Another theme paints everything, the same one nothing.
    var other = Theme.night
    other.paintsBackground = true
    #expect(screen.bytes(for: frame, theme: other).count > 1_000)
    #expect(screen.bytes(for: frame, theme: other) == [])

    // After a change of size every row is sent again, without clearing.
    screen.resize(to: Size(rows: 1, columns: 1))
    _ = screen.bytes(for: Frame(Size(rows: 1, columns: 1)), theme: other)
    screen.resize(to: size)
    let again = String(decoding: screen.bytes(for: frame, theme: other), as: UTF8.self)
    #expect(again.contains("service-0") && again.contains("service-29") && !again.contains("\u{1b}[2J\u{1b}"))

    // A frame of another size than the screen does no harm.
    #expect(!screen.bytes(for: Frame(Size(rows: 500, columns: 500)), theme: other).isEmpty)
    _ = screen.bytes(for: Frame(Size(rows: 0, columns: 0)), theme: other)

    screen.redraw()
    let redrawn = String(decoding: screen.bytes(for: frame, theme: other), as: UTF8.self)
    #expect(redrawn.contains("\u{1b}[H") && redrawn.contains("service-17"))
  }

  /// A list steps on by one row: the terminal scrolls, and each colour of the new row is asked for once.
  private func scrollingCosts(_ screen: Screen, _ size: Size) throws {
    let names = ["order-core", "pay", "inventory", "user-profile", "geo"]
    func list(from top: Int, cursor: Int) -> Frame {
      var frame = Frame(size)
      frame.box(frame.bounds.inset(rows: 2, columns: 0), note: "\(top + 1)-\(top + 24) of 90", style: Style(.borderFocus))
      for line in 0..<24 {
        let spans = [
          Span("ok", .stateOK), Span("      public ", .dim),
          Span(Self.name(names[(top + line) % names.count], top + line)), Span("DEFAULT   ", .dim),
          Span("\((top + line) % 7)/9  100    "), Span("0    ", .dim), Span("4      "),
          Span("0.00    0       -   2h register", .dim),
        ]
        frame.put(spans, row: line + 3, column: 4)
        if top + line == cursor { frame.tint(Rect(row: line + 3, column: 1, rows: 1, columns: 34), .cursor) }
      }
      return frame
    }
    _ = screen.bytes(for: list(from: 20, cursor: 43), theme: .night)
    for step in 1...4 {
      let sent = screen.bytes(for: list(from: 20 + step, cursor: 43 + step), theme: .night)
      #expect(sent.count <= 250, "\(String(decoding: sent, as: UTF8.self).debugDescription)")
    }
    _ = screen.bytes(for: list(from: 24, cursor: 24), theme: .night)
    let up = screen.bytes(for: list(from: 23, cursor: 23), theme: .night)
    #expect(up.count <= 250, "\(String(decoding: up, as: UTF8.self).debugDescription)")
  }

  private static func name(_ word: String, _ number: Int) -> String {
    let name = "\(word)-\(number)"
    return name + String(repeating: " ", count: 18 - name.count)
  }
}
