/// Names in ascending order, in pieces: putting one in moves a few hundred, not all.
struct SortedNames: Sendable {
  private static let pieceSize = 512

  /// None is empty.
  private var pieces: [[String]] = []
  private(set) var count = 0

  init() {}

  init(_ names: some Sequence<String>) {
    let sorted = names.sorted()
    count = sorted.count
    for start in stride(from: 0, to: count, by: Self.pieceSize / 2) {
      pieces.append(Array(sorted[start..<min(start + Self.pieceSize / 2, count)]))
    }
  }

  /// Where `name` is or would be: its piece, and the place there.
  private func place(of name: String) -> (piece: Int, offset: Int) {
    let piece = max(0, Self.first(in: pieces) { $0[0] > name } - 1)
    return pieces.isEmpty ? (0, 0) : (piece, Self.first(in: pieces[piece]) { $0 >= name })
  }

  /// The first index whose element `isBeyond`; all before it are not, all after it are.
  private static func first<Element>(in elements: [Element], isBeyond: (Element) -> Bool) -> Int {
    var low = 0
    var high = elements.count
    while low < high {
      let middle = (low + high) / 2
      if isBeyond(elements[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  mutating func insert(_ name: String) {
    guard !pieces.isEmpty else {
      pieces = [[name]]
      count = 1
      return
    }
    let (piece, offset) = place(of: name)
    if offset < pieces[piece].count, pieces[piece][offset] == name { return }
    pieces[piece].insert(name, at: offset)
    count += 1
    if pieces[piece].count > Self.pieceSize {
      let half = pieces[piece].count / 2
      pieces.insert(Array(pieces[piece][half...]), at: piece + 1)
      pieces[piece].removeSubrange(half...)
    }
  }

  mutating func remove(_ name: String) {
    guard !pieces.isEmpty else { return }
    let (piece, offset) = place(of: name)
    guard offset < pieces[piece].count, pieces[piece][offset] == name else { return }
    pieces[piece].remove(at: offset)
    count -= 1
    if pieces[piece].isEmpty { pieces.remove(at: piece) }
  }

  /// The index of the first name that is not before `name`.
  func lowerBound(_ name: String) -> Int {
    let (piece, offset) = place(of: name)
    return pieces[..<min(piece, pieces.count)].reduce(0) { $0 + $1.count } + offset
  }

  /// All of them, in order.
  var all: FlattenSequence<[[String]]> { pieces.joined() }

  /// The names at `range`, in order.
  func slice(_ range: Range<Int>) -> [String] {
    let range = range.clamped(to: 0..<count)
    var names: [String] = []
    names.reserveCapacity(range.count)
    var start = 0
    for piece in pieces {
      let end = start + piece.count
      if end > range.lowerBound, start < range.upperBound {
        names += piece[max(0, range.lowerBound - start)..<min(piece.count, range.upperBound - start)]
      }
      start = end
    }
    return names
  }
}
