/// What operators type to find services: the text stands anywhere in a name, and `*` or `.*` for anything at all.
///
/// Nacos runs it as a regular expression. Names hold nothing but letters, digits and `@.:_-`, so little else is ever
/// typed; and an expression of a stranger's can take for ever, which is why ours is none.
struct NamePattern: Sendable {
  /// In this order, without overlap; none matches everything.
  private let pieces: [[UInt8]]

  init(_ text: String) {
    pieces = text.replacing(".*", with: "*").utf8.split(separator: UInt8(ascii: "*")).map { Array($0) }
  }

  /// Where nothing stands for anything else.
  init(literal text: String) { pieces = text.isEmpty ? [] : [Array(text.utf8)] }

  var matchesEverything: Bool { pieces.isEmpty }

  func matches(_ name: some StringProtocol) -> Bool {
    if pieces.isEmpty { return true }
    var name = String(name)
    return name.withUTF8 { matches($0[...]) }
  }

  private func matches(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    var rest = name
    for piece in pieces {
      guard let start = Self.first(piece, in: rest) else { return false }
      rest = rest[(start + piece.count)...]
    }
    return true
  }

  private static func first(_ piece: [UInt8], in text: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    guard text.count >= piece.count else { return nil }
    return (text.startIndex...(text.endIndex - piece.count)).first { text[$0] == piece[0] && text[$0...].starts(with: piece) }
  }
}
