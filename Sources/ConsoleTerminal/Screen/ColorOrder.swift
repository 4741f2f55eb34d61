/// In which order the pieces of some rows cost least.
///
/// Going to another column takes four to eight bytes, another colour of a palette eleven and one of 24 bits up to twenty. So a
/// few rows are not written from left to right but one colour after the other.
struct ColorOrder<Look: Hashable> {
  /// Cells that look alike and stand side by side.
  struct Piece: Equatable {
    var row: Int
    var columns: Range<Int>
  }

  private var looks: [Look] = []
  private var pieces: [Look: [Piece]] = [:]

  /// Adds the pieces of a row in which something changes.
  ///
  /// - Parameters:
  ///   - looks: How each of the row's cells is painted.
  ///   - hasChanged: Whether a cell is not yet as it is to be.
  mutating func add(row: Int, looks: [Look], hasChanged: (Int) -> Bool) {
    var start = 0
    for index in looks.indices where index + 1 == looks.endIndex || looks[index + 1] != looks[index] {
      let columns = start..<index + 1
      if columns.contains(where: hasChanged) { add(Piece(row: row, columns: columns), looks[index]) }
      start = index + 1
    }
  }

  private mutating func add(_ piece: Piece, _ look: Look) {
    if pieces[look] == nil { looks.append(look) }
    pieces[look, default: []].append(piece)
  }

  /// All pieces: those of the lowest rank first, else in the order in which their looks came.
  func pieces(rank: (Look) -> Int) -> [Piece] {
    let ranks = Set(looks.map(rank)).sorted()
    return ranks.flatMap { next in looks.filter { rank($0) == next } }.flatMap { pieces[$0] ?? [] }
  }
}
