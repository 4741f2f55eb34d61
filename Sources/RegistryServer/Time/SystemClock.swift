import Glibc
public import RegistryModel

/// The clocks of the machine, for the shells that hand time to the pure machines.
public enum SystemClock {
  /// Now, on the wall and on the clock that never steps.
  @Sendable public static func now() -> Moment {
    Moment(wall: wallTime(), monotonic: MonotonicTime(milliseconds: monotonicNanoseconds() / 1_000_000))
  }

  public static func wallTime() -> WallTime { WallTime(milliseconds: nanoseconds(of: CLOCK_REALTIME) / 1_000_000) }

  /// As event loops count.
  static func monotonicNanoseconds() -> Int64 { nanoseconds(of: CLOCK_MONOTONIC) }

  private static func nanoseconds(of clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
