/// A text as the glyphs that a screen may show for it, one after the other.
///
/// Every text from a registry comes from strangers. Controls, overrides of direction and what has no width become visible
/// escapes (`\x1b`, `\u202e`); what libc cannot measure becomes U+FFFD. Terminals do not agree on how wide joined emoji are,
/// so a joiner between two emoji, a skin tone and a variation selector are cut away, and flags are shown as their letters:
/// every terminal then advances by the same number of columns as we do.
public struct Glyphs: Sequence, Sendable {
  let text: String

  public init(_ text: String) {
    self.text = text
  }

  public func makeIterator() -> Iterator {
    Iterator(text)
  }

  public struct Iterator: IteratorProtocol {
    private var scalars: String.UnicodeScalarView.Iterator
    private var ahead: Unicode.Scalar?
    /// What is left of an escape that is being spelt out.
    private var escape: Substring.UnicodeScalarView = Substring.UnicodeScalarView()
    /// The scalar shown last, to which joiners and skin tones belong.
    private var previous: Unicode.Scalar = " "

    init(_ text: String) {
      scalars = text.unicodeScalars.makeIterator()
      ahead = scalars.next()
    }

    public mutating func next() -> Glyph? {
      if let letter = escape.popFirst() { return Glyph(letter, width: 1) }
      while let scalar = ahead {
        ahead = scalars.next()
        if (0x20..<0x7f).contains(scalar.value) { return withMarks(Glyph(scalar, width: 1)) }
        switch ScalarMeaning(scalar, after: previous, before: ahead) {
        case .shown(let width): return withMarks(Glyph(scalar, width: width))
        case .replaced(let substitute): return withMarks(Glyph(substitute, width: 1))
        case .cut: continue
        case .mark, .escaped: return spelt(scalar)
        }
      }
      return nil
    }

    /// Takes the marks that follow into the glyph, as many as it has room for.
    private mutating func withMarks(_ glyph: Glyph) -> Glyph {
      previous = glyph.base
      var glyph = glyph
      while let mark = ahead, mark.value >= 0x300, case .mark = ScalarMeaning(mark, after: previous, before: nil),
        glyph.add(mark)
      {
        ahead = scalars.next()
      }
      return glyph
    }

    private mutating func spelt(_ scalar: Unicode.Scalar) -> Glyph? {
      previous = " "
      escape = Substring(VisibleEscape.spelling(of: scalar)).unicodeScalars
      return escape.popFirst().map { Glyph($0, width: 1) }
    }
  }
}
