/// How long an instance may be silent, from its preserved metadata or the defaults (naming-server-v1 2.5, 3.6).
/// A value counts only when it is all digits; bounds keep an absurd one from flapping or overflowing (reliability R14).
public struct InstanceTiming: Hashable, Sendable {
  public static let defaultBeatInterval: Int64 = 5_000
  public static let defaultBeatTimeout: Int64 = 15_000
  public static let defaultDeleteTimeout: Int64 = 30_000
  /// Ten years: beyond it a timeout means never, and sums stay far from overflow.
  static let longest: Int64 = 315_360_000_000

  /// Milliseconds; nil when the metadata does not say, the default when what it says is no number.
  public var beatInterval: Int64?
  /// Milliseconds of silence after which the instance is unhealthy.
  public var beatTimeout: Int64
  /// Milliseconds of silence after which the instance is removed.
  public var deleteTimeout: Int64

  public init(_ metadata: Metadata) {
    if metadata.isEmpty {
      (beatInterval, beatTimeout, deleteTimeout) = (nil, Self.defaultBeatTimeout, Self.defaultDeleteTimeout)
      return
    }
    beatInterval = metadata[PreservedKey.beatInterval].map { Self.number($0) ?? Self.defaultBeatInterval }
    beatTimeout = Self.number(metadata[PreservedKey.beatTimeout]) ?? Self.defaultBeatTimeout
    deleteTimeout = Self.number(metadata[PreservedKey.deleteTimeout]) ?? Self.defaultDeleteTimeout
  }

  private static func number(_ text: String?) -> Int64? {
    guard let text, !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return min(Int64(text) ?? longest, longest)
  }
}
