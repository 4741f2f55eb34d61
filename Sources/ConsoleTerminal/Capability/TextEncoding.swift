import CNcurses
import Console
import Glibc

/// Which characters reach the user's eyes, by the locale and the kind of terminal.
struct TextEncoding: Hashable {
  /// The set that the console draws its own lines and symbols from.
  var glyphs: GlyphSet
  /// Whether anything but ASCII would come out as noise: the locale names another encoding than UTF-8.
  var isASCIIOnly: Bool

  /// - Parameters:
  ///   - codeset: The locale's encoding, as `nl_langinfo(CODESET)` names it.
  ///   - type: The terminal's type.
  init(codeset: String, type: String) {
    let isUnicode = codeset == "UTF-8"
    // The locale C says nothing about the terminal: names from the registry are sent as they are, our own signs are not.
    isASCIIOnly = !isUnicode && codeset != "ANSI_X3.4-1968"
    glyphs = isUnicode && !Self.hasPlainFont(type) ? .utf8 : .ascii
  }

  /// Terminals whose fonts end with line drawing, whatever the locale says.
  private static func hasPlainFont(_ type: String) -> Bool {
    ["linux", "vt", "cons25", "ansi", "pcansi", "sun"].contains { type.hasPrefix($0) }
  }

  /// Takes the user's locale into use and reads it. ncurses measures and sends text by the locale of the process, so where
  /// that is not UTF-8 the process is given one that is.
  static func adopt(type: String) -> TextEncoding {
    setlocale(LC_CTYPE, "")
    let codeset = nl_langinfo(nl_item(CODESET)).map { String(cString: $0) } ?? ""
    if codeset != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
    return TextEncoding(codeset: codeset, type: type)
  }
}
