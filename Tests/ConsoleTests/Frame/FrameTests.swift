import Testing

@testable import Console

@Suite struct FrameTests {
  let small = Size(rows: 3, columns: 12)

  @Test func writesTextWhereItIsTold() {
    var frame = Frame(small)
    let end = frame.put("order", row: 1, column: 2, style: Style(.emphasis))
    #expect(end == 7)
    #expect(frame.text == "\n  order\n")
    #expect(frame[1, 2]?.style.role == .emphasis)
    #expect(frame[1, 7]?.style.role == .base)
  }

  @Test(arguments: [
    (Alignment.left, "|ab    |"), (.right, "|    ab|"), (.center, "|  ab  |"),
  ])
  func alignsWithinItsWidth(alignment: Alignment, expected: String) {
    var frame = Frame(Size(rows: 1, columns: 8))
    frame.put("|", row: 0, column: 0)
    let end = frame.put("ab", row: 0, column: 1, width: 6, align: alignment)
    frame.put("|", row: 0, column: end)
    #expect(frame.text == expected)
  }

  @Test func cutsWhatIsTooLong() {
    var frame = Frame(Size(rows: 3, columns: 9))
    frame.put("order-core-eu", row: 0, column: 0, width: 9)
    frame.put("order-core-eu", row: 1, column: 0, width: 9, cut: .middle)
    frame.put("order-core-eu", row: 2, column: 4)
    #expect(frame.text == "order-co…\norde…e-eu\n    orde…")
  }

  @Test func cutsWithATildeInASCII() {
    var frame = Frame(Size(rows: 1, columns: 6), glyphs: .ascii)
    frame.put("order-core", row: 0, column: 0, width: 6)
    #expect(frame.text == "order~")
  }

  @Test func wideTextIsCutBetweenItsGlyphs() {
    var frame = Frame(Size(rows: 2, columns: 6))
    frame.put("订单服务", row: 0, column: 0, width: 6)
    frame.put("订单服务", row: 1, column: 0, width: 6, cut: .middle)
    #expect(frame.lines == ["订单… ", "订…务 "])
  }

  @Test func halfOfAWideGlyphBecomesABlank() {
    var frame = Frame(Size(rows: 1, columns: 6))
    frame.put("订单", row: 0, column: 0)
    frame.put("x", row: 0, column: 1)
    #expect(frame.lines == [" x单  "])
    frame.put("y", row: 0, column: 2)
    #expect(frame.lines == [" xy   "])
  }

  @Test func nothingIsDrawnOutside() {
    var frame = Frame(Size(rows: 1, columns: 3))
    frame.put("abc", row: -1, column: 0)
    frame.put("abc", row: 1, column: 0)
    frame.put("abc", row: 0, column: 7)
    frame.put("abcde", row: 0, column: -2, width: 5)
    frame.box(Rect(row: -1, column: -1, rows: 9, columns: 9))
    frame.fill(Rect(row: 0, column: 1, rows: 4, columns: 1), with: "#")
    #expect(frame.text == "c#e")
  }

  @Test func aFrameWithoutCellsTakesEverything() {
    for size in [Size(rows: 0, columns: 0), Size(rows: -2, columns: 5), Size(rows: 1, columns: 1)] {
      var frame = Frame(size)
      let inside = frame.box(frame.bounds, title: "Services", note: "1-18")
      frame.put("text", row: 0, column: 0, in: inside)
      frame.overlay(Frame(small), row: 0, column: 0)
      #expect(frame.text == "")
    }
  }

  @Test func drawsABoxWithTitleAndNote() {
    var frame = Frame(Size(rows: 3, columns: 24), glyphs: .ascii)
    let inside = frame.box(frame.bounds, title: "Services", note: "1-18")
    frame.put("order-core", row: 0, column: 0, in: inside)
    #expect(
      frame.text == """
        +- Services ---- 1-18 -+
        |order-core            |
        +----------------------+
        """)
    #expect(inside == Rect(row: 1, column: 1, rows: 1, columns: 22))
  }

  @Test func aNoteWithoutRoomIsLeftOut() {
    var frame = Frame(Size(rows: 2, columns: 16))
    frame.box(frame.bounds, title: "Services", note: "1-18 of 612")
    #expect(frame.text == "┌─ Services ───┐\n└──────────────┘")
  }

  @Test func textInARectangleStaysInIt() {
    var frame = Frame(small)
    let part = Rect(row: 1, column: 3, rows: 1, columns: 4)
    frame.put("abcdefgh", row: 0, column: 1, in: part)
    frame.put("below", row: 1, column: 0, in: part)
    #expect(frame.text == "\n    ab…\n")
  }

  @Test func aTintKeepsTextAndMeaning() {
    var frame = Frame(small)
    frame.put("down", row: 1, column: 0, style: Style(.stateDown))
    frame.tint(frame.bounds.line(1), .cursor)
    frame.emphasize(frame.bounds.line(1), .bold)
    #expect(frame[1, 0]?.style == Style(.stateDown, over: .cursor, attributes: .bold))
    #expect(frame[1, 11]?.style == Style(.base, over: .cursor, attributes: .bold))
    #expect(frame[0, 0]?.style == .base)
    #expect(frame.text == "\ndown\n")
  }

  @Test func aDialogLiesOverTheView() {
    var view = Frame(small, glyphs: .ascii)
    view.put("订单订单订单", row: 1, column: 0)
    view.cursor = Position(row: 0, column: 0)
    var dialog = Frame(Size(rows: 1, columns: 3))
    dialog.put("Yes", row: 0, column: 0)
    dialog.cursor = Position(row: 0, column: 2)
    view.overlay(dialog, row: 1, column: 3)
    #expect(view.lines[1] == "订 Yes单订单")
    #expect(view.cursor == Position(row: 1, column: 5))
  }

  @Test func equalDrawingMakesEqualFrames() {
    func drawn(_ name: String) -> Frame {
      var frame = Frame(small)
      frame.put([Span("name ", .dim), Span(name, .title)], row: 0, column: 0)
      return frame
    }
    #expect(drawn("a") == drawn("a"))
    #expect(drawn("a") != drawn("b"))
  }
}
