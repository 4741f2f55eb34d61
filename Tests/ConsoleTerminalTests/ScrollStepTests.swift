import Console
import Testing

@testable import ConsoleTerminal

@Suite struct ScrollStepTests {
  /// Rows between a head and a foot; the cursor's has a bar of a few columns.
  func frame(_ rows: [String], cursor: Int? = nil) -> Frame {
    var frame = Frame(Size(rows: rows.count + 2, columns: 20))
    frame.put("head", row: 0, column: 0)
    for (index, text) in rows.enumerated() { frame.put(text, row: index + 1, column: 4) }
    frame.put("foot", row: rows.count + 1, column: 0)
    if let cursor { frame.tint(Rect(row: cursor + 1, column: 0, rows: 1, columns: 6), .cursor) }
    return frame
  }

  @Test func aStepDownMovesRowsUp() throws {
    let step = try #require(ScrollStep(from: frame(["a", "b", "c", "d", "e"]), to: frame(["b", "c", "d", "e", "f"])))
    #expect(step.moved == 1..<5 && step.entered == 5 && step.distance == 1)
    #expect(step.origin(of: 3) == 4 && step.origin(of: 5) == 5 && step.isEmpty(5))
  }

  @Test func aStepUpMovesRowsDown() throws {
    let step = try #require(ScrollStep(from: frame(["b", "c", "d", "e", "f"]), to: frame(["a", "b", "c", "d", "e"])))
    #expect(step.moved == 2..<6 && step.entered == 1 && step.distance == -1)
  }

  @Test func theBarStaysWhereItIsCheaper() throws {
    let (old, new) = (frame(["a1", "b", "c", "d", "e1"], cursor: 4), frame(["b", "c", "d", "e1", "e2"], cursor: 4))
    let step = try #require(ScrollStep(from: old, to: new))
    #expect(step.moved == 1..<4 && step.entered == 4)
  }

  @Test func theBarGoesAlongWhereRowsDiffer() throws {
    let old = frame(["a", "b", "c", "d", "once upon"], cursor: 4)
    let new = frame(["b", "c", "d", "once upon", "a time in"], cursor: 4)
    let step = try #require(ScrollStep(from: old, to: new))
    #expect(step.moved == 1..<5 && step.entered == 5)
  }

  @Test func whatDidNotMoveIsNoStep() {
    let old = frame(["a", "b", "c", "d", "e"])
    #expect(ScrollStep(from: old, to: old) == nil)
    #expect(ScrollStep(from: old, to: frame(["a", "x", "c", "d", "e"])) == nil)
    #expect(ScrollStep(from: old, to: frame(["f", "g", "h", "i", "j"])) == nil)
    #expect(ScrollStep(from: old, to: frame(["b", "c"])) == nil)
    #expect(ScrollStep(from: Frame(Size(rows: 0, columns: 0)), to: Frame(Size(rows: 0, columns: 0))) == nil)
  }
}

@Suite struct ColorOrderTests {
  @Test func piecesComeByColorAndRank() {
    var order = ColorOrder<Character>()
    order.add(row: 1, looks: Array("aabbac")) { _ in true }
    order.add(row: 2, looks: Array("bbba")) { $0 == 3 }
    let pieces = order.pieces { $0 == "a" ? 1 : 0 }
    #expect(pieces.map(\.row) == [1, 1, 1, 1, 2])
    #expect(pieces.map(\.columns) == [2..<4, 5..<6, 0..<2, 4..<5, 3..<4])
  }

  @Test func nothingChangedIsNoPiece() {
    var order = ColorOrder<Character>()
    order.add(row: 1, looks: []) { _ in true }
    order.add(row: 2, looks: Array("ab")) { _ in false }
    #expect(order.pieces { _ in 0 }.isEmpty)
  }
}
