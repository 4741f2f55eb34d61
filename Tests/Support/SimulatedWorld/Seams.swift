public import RegistryEngine
public import RegistryModel

/// Where a test can put something broken between the machines, to see that the judges find it. Untouched, a world is
/// sound.
public struct Seams {
  /// The time that the registry is told.
  public var registryTime: @Sendable (Moment) -> Moment = { $0 }
  /// What the ledger wants done.
  public var push: ([PushAction]) -> [PushAction] = { $0 }
  /// What a request asks of the registry.
  public var command: (Command) -> Command = { $0 }
  public var beat: (Beat) -> BeatFate = { .beat($0) }
  /// The list that a client is answered with.
  public var list: (Service?) -> Service? = { $0 }
  /// What the store gives back after a crash.
  public var restored: (StoredState) -> StoredState = { $0 }
  /// Microseconds by which the store answers before it has kept anything.
  public var answersEarlyBy: Int64 = 0

  /// What becomes of a beat.
  public enum BeatFate {
    case beat(Beat)
    /// It is answered, and the registry never hears of it.
    case swallowed
    case command(Command)
  }

  public init() {}
}
