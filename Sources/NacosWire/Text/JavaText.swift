/// Texts that Java reads as booleans.
public enum JavaBoolean {
  /// `BooleanUtils.toBoolean`: `true`, `on`, `yes`, `t`, `y` in any case; `1` is not among them.
  public static func isAffirmative(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { isAffirmative(UnsafeRawBufferPointer($0)) }
  }

  static func isAffirmative(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count <= 4 else { return false }
    // Only a letter becomes a small letter by this bit.
    return affirmatives.contains(bytes.reduce(0) { $0 << 8 | UInt32($1 | 0x20) })
  }

  private static let affirmatives = ["true", "on", "yes", "t", "y"].map(letters)

  private static func letters(_ text: StaticString) -> UInt32 {
    UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount).reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// `Boolean.parseBoolean`: `true` in any case.
  public static func isTrue(_ text: String) -> Bool { text.utf8.count == 4 && text.lowercased() == "true" }
}

extension String {
  /// Without what Java's `trim` takes from both ends: everything up to the blank, U+0020.
  var trimmed: String {
    guard let first = utf8.first, let last = utf8.last, first <= 0x20 || last <= 0x20 else { return self }
    var rest = utf8.drop { $0 <= 0x20 }
    while let last = rest.last, last <= 0x20 { rest.removeLast() }
    return String(Substring(rest))
  }

  /// Empty, or nothing but blanks.
  var isBlank: Bool { utf8.allSatisfy { $0 <= 0x20 } }

  /// The pieces between `separator`, as Java's `split` gives them: empty ones at the end are left out, and a text without
  /// the separator is its own single piece.
  func javaSplit(_ separator: Unicode.Scalar) -> [String] {
    let byte = UInt8(ascii: separator)
    if !utf8.contains(byte) { return [self] }
    var pieces = utf8.split(separator: byte, omittingEmptySubsequences: false).map { String(Substring($0)) }
    while pieces.last?.isEmpty == true { pieces.removeLast() }
    return pieces
  }
}
