/// Counts the dots of a document that are not in texts or comments, which bounds how deep dotted keys can nest.
///
/// toml++ limits how deep arrays and inline tables nest, but not dotted keys: ten thousand of them in one line end in a
/// destructor that overflows the stack. So a document is looked at before it is parsed.
struct TOMLDots {
  private let bytes: [UInt8]
  private var index = 0

  /// More than any file of settings has; a tree as deep as this is still harmless.
  static let limit = 2_000

  static func count(in bytes: [UInt8]) -> Int {
    var scan = TOMLDots(bytes: bytes)
    return scan.count()
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private mutating func count() -> Int {
    var dots = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "."): dots += 1
      case UInt8(ascii: "#"): skipLine()
      case UInt8(ascii: "\""), UInt8(ascii: "'"): skipText(quote: byte)
      default: break
      }
    }
    return dots
  }

  private mutating func skipLine() {
    while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
  }

  /// Goes behind a text whose first quote has been read. A text that its line does not close is an error that the parser
  /// stops at, so it ends there for us as well.
  private mutating func skipText(quote: UInt8) {
    let isLong = startsLong(quote)
    if isLong { index += 2 }
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        index += 1
      } else if !isLong, byte == quote || byte == UInt8(ascii: "\n") {
        return
      } else if isLong, byte == quote, startsLong(quote) {
        // Up to two quotes of the text may stand right before the three that close it.
        index += 2
        for _ in 0..<2 where index < bytes.count && bytes[index] == quote { index += 1 }
        return
      }
    }
  }

  /// Whether two more quotes follow the one just read.
  private func startsLong(_ quote: UInt8) -> Bool {
    index + 1 < bytes.count && bytes[index] == quote && bytes[index + 1] == quote
  }
}
