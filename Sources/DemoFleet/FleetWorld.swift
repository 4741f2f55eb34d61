public import RegistryModel
import Synchronization

/// The registry as the fleet reaches it: the same doors that real clients come through.
public struct FleetWorld: Sendable {
  /// Where the registry takes requests, such as `http://127.0.0.1:8848`.
  public var server: String
  public var submit: @Sendable (Command) -> Void
  /// A light beat.
  public var beat: @Sendable (InstanceKey) -> Void
  /// A light beat of every instance of a service.
  public var beatAll: @Sendable (ServiceKey) -> Void
  /// A poll of a list that asks to be pushed to.
  public var subscribe: @Sendable (Subscriber) -> Void
  /// Lets the registry see that time has passed: while the past is lived fast, nobody else does.
  public var advance: @Sendable () -> Void

  public init(
    server: String,
    submit: @escaping @Sendable (Command) -> Void, beat: @escaping @Sendable (InstanceKey) -> Void,
    beatAll: @escaping @Sendable (ServiceKey) -> Void,
    subscribe: @escaping @Sendable (Subscriber) -> Void, advance: @escaping @Sendable () -> Void
  ) {
    self.server = server
    self.submit = submit
    self.beat = beat
    self.beatAll = beatAll
    self.subscribe = subscribe
    self.advance = advance
  }
}

/// The registry's clock in a demo: it shows the fleet's past while that is lived through, and the present after it.
public final class FleetClock: Sendable {
  private let real: @Sendable () -> Moment
  private let start: Moment
  /// Milliseconds of the fleet's life that the clock shows; nil is the present.
  private let past = Mutex<Int64?>(0)

  /// - Parameter real: the present. A monotonic clock that began less than the fleet's history ago is set forward.
  public init(_ real: @escaping @Sendable () -> Moment) {
    self.real = { Self.shifted(real(), by: 0, monotonic: Fleet.history) }
    start = Self.shifted(self.real(), by: -Fleet.history, monotonic: -Fleet.history)
  }

  public var now: Moment {
    guard let past = past.withLock({ $0 }) else { return real() }
    return Self.shifted(start, by: past, monotonic: past)
  }

  /// Milliseconds of the fleet's life so far.
  public var life: Int64 { now.monotonic.milliseconds - start.monotonic.milliseconds }

  func show(past time: Int64?) { past.withLock { $0 = time } }

  private static func shifted(_ moment: Moment, by wall: Int64, monotonic: Int64) -> Moment {
    Moment(
      wall: WallTime(milliseconds: moment.wall.milliseconds + wall),
      monotonic: MonotonicTime(milliseconds: moment.monotonic.milliseconds + monotonic))
  }
}
