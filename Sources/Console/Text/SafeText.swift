/// Text for places that are not cells of a frame: the clipboard, batch output, the terminal's title.
///
/// Registry text is untrusted there as well: a pasted or printed escape sequence acts as one that was painted.
public enum SafeText {
  /// The text as the screen would show it: what a terminal would act upon is spelt out.
  public static func visible(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) { return text }
    var scalars = String.UnicodeScalarView()
    for glyph in Glyphs(text) {
      scalars.append(glyph.base)
      scalars.append(contentsOf: glyph.marks)
    }
    return String(scalars)
  }

  /// The text of bytes that ought to be UTF-8; each byte that is not becomes an escape such as `\xff`.
  public static func decoding(_ bytes: some Sequence<UInt8>) -> String {
    let bytes = Array(bytes)
    var text = String.UnicodeScalarView()
    var parser = Unicode.UTF8.ForwardParser()
    var rest = bytes.makeIterator()
    var read = 0
    while true {
      switch parser.parseScalar(from: &rest) {
      case .valid(let encoded):
        text.append(Unicode.UTF8.decode(encoded))
        read += encoded.count
      case .error(let count):
        for byte in bytes[read..<read + count] { text.append(contentsOf: VisibleEscape.spelling(ofByte: byte).unicodeScalars) }
        read += count
      case .emptyInput:
        return String(text)
      }
    }
  }
}
