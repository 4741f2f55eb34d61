import Glibc
import RegistryModel

extension Moment {
  /// Both clocks as they stand.
  static func now() -> Moment {
    Moment(
      wall: WallTime(milliseconds: milliseconds(CLOCK_REALTIME)),
      monotonic: MonotonicTime(milliseconds: milliseconds(CLOCK_MONOTONIC)))
  }

  private static func milliseconds(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
