/// A text in which each `*` stands for any text, an empty one too; all else stands for itself. Matching takes at most as
/// many steps as the two lengths multiplied, whatever a stranger made it of.
public struct StarPattern: Hashable, Sendable {
  private let bytes: [UInt8]

  public init(_ text: String) { bytes = Array(text.utf8) }

  /// Whether the whole of `text`, in UTF-8, is one that the pattern stands for.
  public func matches(_ text: [UInt8]) -> Bool {
    var (here, there) = (0, 0)
    // Where to go on after the last star when what followed it did not fit.
    var retry: (here: Int, there: Int)?
    while there < text.count {
      if here < bytes.count, bytes[here] == UInt8(ascii: "*") {
        here += 1
        retry = (here, there)
      } else if here < bytes.count, bytes[here] == text[there] {
        (here, there) = (here + 1, there + 1)
      } else if let last = retry {
        (here, there) = (last.here, last.there + 1)
        retry = (here, there)
      } else {
        return false
      }
    }
    return bytes[here...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
