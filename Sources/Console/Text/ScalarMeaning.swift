/// What a scalar outside printable ASCII does to a screen.
enum ScalarMeaning {
  /// Takes this many cells.
  case shown(width: UInt8)
  /// Combines with the glyph before it.
  case mark
  /// Is drawn as another scalar of one cell.
  case replaced(by: Unicode.Scalar)
  /// Says nothing that is not seen anyway, and would make terminals disagree about widths.
  case cut
  /// Would act on the terminal or hide in the text: it is spelt out.
  case escaped

  init(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar, before next: Unicode.Scalar?) {
    // Ideographs and Hangul syllables: nearly all text that is not ASCII, decided without looking up properties.
    if (0x3400..<0x4dc0).contains(scalar.value) || (0x4e00..<0xa000).contains(scalar.value)
      || (0xac00..<0xd7a4).contains(scalar.value)
    {
      self = .byWidth(of: scalar)
      return
    }
    let properties = scalar.properties
    if scalar == "\u{200d}" {
      self = Self.isEmoji(previous) && next.map(Self.isEmoji) == true ? .cut : .escaped
    } else if properties.isVariationSelector || scalar == "\u{20e3}" {
      self = properties.isVariationSelector && !previous.properties.isEmoji ? .escaped : .cut
    } else if properties.isEmojiModifier {
      self = Self.isEmoji(previous) ? .cut : .replaced(by: "\u{fffd}")
    } else if let letter = Self.letter(ofFlagPart: scalar) {
      self = .replaced(by: letter)
    } else if properties.isDefaultIgnorableCodePoint || Self.isControl(properties.generalCategory) {
      self = .escaped
    } else {
      self = .byWidth(of: scalar)
    }
  }

  private static func byWidth(of scalar: Unicode.Scalar) -> ScalarMeaning {
    switch CellWidth.of(scalar) {
    case nil: .replaced(by: "\u{fffd}")
    case 0?: .mark
    case let width?: .shown(width: UInt8(clamping: width))
    }
  }

  private static func isControl(_ category: Unicode.GeneralCategory) -> Bool {
    switch category {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  /// Digits count as emoji in Unicode's tables because of keycaps; here only pictures do.
  private static func isEmoji(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value > 0xff && scalar.properties.isEmoji
  }

  private static func letter(ofFlagPart scalar: Unicode.Scalar) -> Unicode.Scalar? {
    guard (0x1f1e6...0x1f1ff).contains(scalar.value) else { return nil }
    return Unicode.Scalar(0x41 + scalar.value - 0x1f1e6)
  }
}
