import RegistryEngine
import RegistryModel
import Synchronization

/// Both clocks of the simulated machine. The one never steps; the other is set by whoever likes to.
final class SimulatedClock: Sendable {
  private struct State {
    /// Microseconds.
    var now: Int64 = 0
    /// Milliseconds from the one clock to the other.
    var wallOffset: Int64 = 1_700_000_000_000
  }

  private let state = Mutex(State())

  var now: Int64 { state.withLock { $0.now } }

  var moment: Moment {
    state.withLock { state in
      let milliseconds = state.now / 1_000
      return Moment(
        wall: WallTime(milliseconds: milliseconds + state.wallOffset), monotonic: MonotonicTime(milliseconds: milliseconds))
    }
  }

  var instant: PushInstant {
    state.withLock { PushInstant(microseconds: $0.now, wall: WallTime(milliseconds: $0.now / 1_000 + $0.wallOffset)) }
  }

  func set(_ microseconds: Int64) { state.withLock { $0.now = max($0.now, microseconds) } }

  func stepWall(by milliseconds: Int64) { state.withLock { $0.wallOffset += milliseconds } }
}
