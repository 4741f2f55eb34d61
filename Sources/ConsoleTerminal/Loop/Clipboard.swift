import Console

/// Puts text on the clipboard of the machine in front of the user, through the terminal (OSC 52).
enum Clipboard {
  /// Bytes of text that terminals take at most.
  static let limit = 74_994 / 4 * 3

  /// The sequence; nil for a text that is too long, which a terminal would cut or refuse.
  static func sequence(for text: String) -> [UInt8]? {
    let bytes = Array(SafeText.visible(text).utf8)
    guard bytes.count <= limit else { return nil }
    return Array("\u{1b}]52;c;".utf8) + base64(bytes) + [0x07]
  }

  static func base64(_ bytes: [UInt8]) -> [UInt8] {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for index in 0..<4 {
        text.append(index <= group.count ? letters[bits >> (18 - 6 * index) & 0x3f] : UInt8(ascii: "="))
      }
    }
    return text
  }
}
