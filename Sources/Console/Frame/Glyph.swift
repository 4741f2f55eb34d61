/// What one cell shows: a base scalar and up to three marks that combine with it.
///
/// A glyph is made by `Glyphs` alone, which lets nothing through that a terminal would act upon; so a frame cannot hold a
/// control character, an escape sequence or an override of direction, wherever its text came from.
public struct Glyph: Hashable, Sendable {
  /// 21 bits a mark, the first in the lowest bits, zero where there is none.
  private var packedMarks: UInt64 = 0
  /// The scalar that takes the cells; U+0000 in the second cell of a wide glyph.
  public let base: Unicode.Scalar
  /// 1 or 2; 0 for the second cell of a wide glyph.
  public let width: UInt8

  static let markLimit = 3

  init(_ base: Unicode.Scalar, width: UInt8) {
    self.base = base
    self.width = width
  }

  static let space = Glyph(" ", width: 1)
  /// Fills the second cell of a wide glyph.
  static let continuation = Glyph("\0", width: 0)

  /// Whether nothing of it is seen but the background.
  public var isBlank: Bool { self == .space }

  /// Adds a combining mark. False, with nothing changed, when the glyph has no room for it.
  mutating func add(_ mark: Unicode.Scalar) -> Bool {
    for index in 0..<Glyph.markLimit where packedMarks >> UInt64(21 * index) == 0 {
      packedMarks |= UInt64(mark.value) << UInt64(21 * index)
      return true
    }
    return false
  }

  /// The marks in the order in which they were added.
  public var marks: [Unicode.Scalar] {
    guard packedMarks != 0 else { return [] }
    return (0..<Glyph.markLimit).compactMap { index in
      let value = UInt32(packedMarks >> UInt64(21 * index) & 0x1f_ffff)
      return value == 0 ? nil : Unicode.Scalar(value)
    }
  }

  /// The glyph as text; empty for the second cell of a wide glyph.
  public var text: String {
    guard width > 0 else { return "" }
    var scalars = String.UnicodeScalarView([base])
    scalars.append(contentsOf: marks)
    return String(scalars)
  }
}
