public import RegistryModel

/// One instant as push counts it: finer than `Moment`, because a round trip on a local network takes microseconds.
public struct PushInstant: Hashable, Sendable {
  /// Microseconds of a clock that never steps.
  public var microseconds: Int64
  public var wall: WallTime

  public init(microseconds: Int64, wall: WallTime) {
    self.microseconds = microseconds
    self.wall = wall
  }
}
