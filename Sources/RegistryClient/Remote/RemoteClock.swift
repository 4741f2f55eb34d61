import Glibc
import RegistryModel

enum RemoteClock {
  static var wall: WallTime {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return WallTime(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
  }

  static var monotonic: MonotonicTime {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return MonotonicTime(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
  }

  /// A time within `range`, in whole milliseconds.
  static func draw(_ range: ClosedRange<Duration>) -> (duration: Duration, milliseconds: Int64) {
    let milliseconds = Int64.random(in: whole(range.lowerBound)...whole(range.upperBound))
    return (.milliseconds(milliseconds), milliseconds)
  }

  private static func whole(_ duration: Duration) -> Int64 {
    duration.components.seconds * 1_000 + duration.components.attoseconds / 1_000_000_000_000_000
  }
}
