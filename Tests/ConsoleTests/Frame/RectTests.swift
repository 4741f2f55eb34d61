import Console
import Testing

@Suite struct RectTests {
  let screen = Rect(row: 0, column: 0, rows: 30, columns: 100)

  @Test func splitsCoverTheWhole() {
    let (top, rest) = screen.split(top: 2)
    let (body, bottom) = rest.split(bottom: 3)
    let (left, right) = body.split(left: 40)
    #expect(top == Rect(row: 0, column: 0, rows: 2, columns: 100))
    #expect(bottom == Rect(row: 27, column: 0, rows: 3, columns: 100))
    #expect(left == Rect(row: 2, column: 0, rows: 25, columns: 40))
    #expect(right == Rect(row: 2, column: 40, rows: 25, columns: 60))
    #expect(body.split(right: 60).right == right)
  }

  @Test func tooSmallGivesEmptyParts() {
    let tiny = Rect(row: 0, column: 0, rows: 1, columns: 1)
    #expect(tiny.split(top: 5).rest.isEmpty)
    #expect(tiny.split(top: 5).top == tiny)
    #expect(tiny.split(bottom: -1).bottom.isEmpty)
    #expect(tiny.inset().isEmpty)
    #expect(tiny.line(1).isEmpty)
    #expect(tiny.centered(Size(rows: 9, columns: 9)) == tiny)
    #expect(Rect(row: 0, column: 0, rows: -4, columns: -4).isEmpty)
  }

  @Test func intersects() {
    let part = Rect(row: 20, column: 90, rows: 20, columns: 20)
    #expect(screen.intersection(part) == Rect(row: 20, column: 90, rows: 10, columns: 10))
    #expect(screen.intersection(Rect(row: 40, column: 0, rows: 2, columns: 2)).isEmpty)
    #expect(part.contains(Position(row: 39, column: 109)))
    #expect(!part.contains(Position(row: 40, column: 109)))
  }
}
