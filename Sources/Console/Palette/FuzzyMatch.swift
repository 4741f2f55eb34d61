/// How well a few typed letters name a text: the letters must come in order, ASCII letters in either case.
enum FuzzyMatch {
  /// The higher the better; nil when the letters are not there. A prefix beats the beginning of a word, that beats letters
  /// side by side, those beat letters here and there; among equals the shorter text wins.
  static func score(_ pattern: String, in text: String) -> Int? {
    var score = 0
    var previous: UInt8 = UInt8(ascii: "-")
    var run = 0
    var position = 0
    var wanted = pattern.utf8.makeIterator()
    guard var next = wanted.next().map(lowercase) else { return 0 }
    var isFound = false
    for byte in text.utf8 {
      if !isFound, lowercase(byte) == next {
        run += 1
        score += 1 + run * 2 + (isLetterOrDigit(previous) ? 0 : 6) + (position == run - 1 ? 8 : 0)
        if let following = wanted.next() { next = lowercase(following) } else { isFound = true }
      } else {
        run = 0
      }
      previous = byte
      position += 1
    }
    return isFound ? score * 16 - min(position, 255) : nil
  }

  private static func lowercase(_ byte: UInt8) -> UInt8 { (0x41...0x5a).contains(byte) ? byte + 0x20 : byte }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x61...0x7a).contains(lowercase(byte)) || (0x30...0x39).contains(byte) || byte >= 0x80
  }
}
