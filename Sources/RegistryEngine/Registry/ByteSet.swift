/// Which bytes a name may have, a bit each: names are checked with every registration.
struct ByteSet: Sendable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0
  /// Whether all that is not ASCII is in it.
  private var hasOthers = false

  static let ofServices = letters.union("@.:_-")
  static let ofWords = letters.union("-_")
  /// All but control characters.
  static let ofHosts = visible
  /// All but control characters and what could pass for a path.
  static let ofNamespaces = visible.subtracting("/\\")

  private static let letters = ByteSet().union("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
  private static let visible: ByteSet = {
    var set = ByteSet()
    for byte in UInt8(0x20)..<0x7f { set.insert(byte) }
    set.hasOthers = true
    return set
  }()

  private func union(_ characters: String) -> ByteSet {
    var set = self
    for byte in characters.utf8 { set.insert(byte) }
    return set
  }

  private func subtracting(_ characters: String) -> ByteSet {
    let others = ByteSet().union(characters)
    var set = self
    set.low &= ~others.low
    set.high &= ~others.high
    return set
  }

  private mutating func insert(_ byte: UInt8) {
    if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte & 63) }
  }

  private func contains(_ byte: UInt8) -> Bool {
    if byte >= 128 { return hasOthers }
    return (byte < 64 ? low : high) >> UInt64(byte & 63) & 1 == 1
  }

  func hasAll(of text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in bytes.allSatisfy { contains($0) } }
  }
}
