/// A wall time in six bytes: good for four thousand years before and after 1970, what is beyond is brought to the end.
struct PackedTime: Hashable, Sendable {
  private let low: UInt32
  private let high: Int16

  init(_ time: WallTime) {
    let milliseconds = min(max(time.milliseconds, Self.least), Self.most)
    low = UInt32(truncatingIfNeeded: milliseconds)
    high = Int16(truncatingIfNeeded: milliseconds >> 32)
  }

  var time: WallTime { WallTime(milliseconds: Int64(high) << 32 | Int64(low)) }

  private static let most: Int64 = (1 << 47) - 1
  private static let least: Int64 = -(1 << 47)
}
