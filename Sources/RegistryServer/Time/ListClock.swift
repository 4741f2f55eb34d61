import RegistryModel
import Synchronization

/// When lists are as they are: the wall clock, except that it never goes back. A client takes the list that says to be
/// newer for the newer one, whether it was polled or pushed (reliability E23, R11).
enum ListClock {
  private static let latest = Atomic<Int64>(0)

  static func now() -> WallTime {
    let wall = SystemClock.wallTime().milliseconds
    return WallTime(milliseconds: latest.max(wall, ordering: .relaxed).newValue)
  }
}
