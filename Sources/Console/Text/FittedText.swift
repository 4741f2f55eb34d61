/// A text brought to at most a given width, as glyphs.
///
/// A long text costs what is shown of it: 64 KB of metadata in a column of twenty cells is not read to its end.
struct FittedText {
  private(set) var glyphs: [Glyph] = []
  /// Columns taken, never more than asked for.
  private(set) var width = 0

  init(_ text: String, width limit: Int, cut: Cut = .end, ellipsis: Glyph) {
    guard limit > 0 else { return }
    var iterator = Glyphs(text).makeIterator()
    while let glyph = iterator.next() {
      guard width + Int(glyph.width) <= limit else {
        shorten(text, to: limit, cut: cut, ellipsis: ellipsis)
        return
      }
      append(glyph)
    }
  }

  private mutating func append(_ glyph: Glyph) {
    glyphs.append(glyph)
    width += Int(glyph.width)
  }

  private mutating func shorten(_ text: String, to limit: Int, cut: Cut, ellipsis: Glyph) {
    let room = limit - Int(ellipsis.width)
    let tail = cut == .middle ? Self.tail(of: text, width: room / 2) : []
    let tailWidth = tail.reduce(0) { $0 + Int($1.width) }
    while width > room - tailWidth, let last = glyphs.popLast() { width -= Int(last.width) }
    append(ellipsis)
    for glyph in tail { append(glyph) }
  }

  /// The last glyphs that fit into a width. Looks at no more of the text than could be needed, so what it takes for the
  /// beginning of a cluster may be the middle of one; it is shown safely in either case.
  private static func tail(of text: String, width limit: Int) -> [Glyph] {
    let scalars = text.unicodeScalars
    let start = scalars.index(scalars.endIndex, offsetBy: -(limit * 8 + 16), limitedBy: scalars.startIndex)
    var tail: [Glyph] = []
    var width = 0
    for glyph in Array(Glyphs(String(scalars[(start ?? scalars.startIndex)...]))).reversed() {
      guard width + Int(glyph.width) <= limit else { break }
      width += Int(glyph.width)
      tail.append(glyph)
    }
    return tail.reversed()
  }
}
