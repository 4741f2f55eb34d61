/// How much of the journal is kept; what is over a bound goes, the oldest first.
public struct JournalBounds: Sendable, Hashable {
  /// Changes, each a row.
  public var rows = 200_000
  /// Bytes of text in all rows together.
  public var bytes = 64 << 20
  /// Milliseconds.
  public var age: Int64 = 90 * 86_400_000
  /// A commit that changes more than this many things is told by the first of them.
  public var rowsPerCommit = 1_000

  public init() {}
}
