/// What a stream's lines are kept to.
public enum StreamBounds {
  /// Elements are gathered into a line up to this size.
  public static let lineBytes = 64 << 10
  /// A commit that is longer is not sent: its readers get a snapshot, which comes in pieces.
  public static let commitBytes = 2 << 20
  /// What a reader must be ready to take in one line.
  public static let longestLine = 8 << 20
  /// No pause between two lines is longer, in milliseconds.
  public static let pulse: Int64 = 500
}
