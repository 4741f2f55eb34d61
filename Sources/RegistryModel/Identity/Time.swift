/// Milliseconds since 1970, UTC. For people and for the wire; no timeout is measured with it.
public struct WallTime: Hashable, Sendable, Codable, Comparable {
  public var milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  public static func < (left: WallTime, right: WallTime) -> Bool { left.milliseconds < right.milliseconds }

  /// Milliseconds from `earlier` until this, never negative: a clock stepped back shows an age of nothing.
  public func age(since earlier: WallTime) -> Int64 { max(0, milliseconds - earlier.milliseconds) }

  public init(from decoder: any Decoder) throws {
    milliseconds = try decoder.singleValueContainer().decode(Int64.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(milliseconds)
  }
}

/// Milliseconds of a clock that never steps. Every timeout of the engine is measured with it (reliability G3, R11).
public struct MonotonicTime: Hashable, Sendable, Comparable {
  public var milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  public static func < (left: MonotonicTime, right: MonotonicTime) -> Bool { left.milliseconds < right.milliseconds }
}

/// One instant on both clocks, handed to the pure machines instead of letting them ask.
public struct Moment: Hashable, Sendable {
  public var wall: WallTime
  public var monotonic: MonotonicTime

  public init(wall: WallTime, monotonic: MonotonicTime) {
    self.wall = wall
    self.monotonic = monotonic
  }

  /// The same instant on both clocks, `milliseconds` after their beginning: what simulations count with.
  public init(milliseconds: Int64) {
    self.init(wall: WallTime(milliseconds: milliseconds), monotonic: MonotonicTime(milliseconds: milliseconds))
  }
}

/// The number of a commit; counts from 1, 0 is the empty registry.
public typealias Revision = UInt64
