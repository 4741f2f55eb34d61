import RegistryModel

/// A monotonic clock that stands still while the process does (reliability R12): after the machine was asleep or the
/// process was stopped, nobody has been silent for longer than we listened.
///
/// Somebody who must be heard is listened for all the time, so the registry asks to be woken at least every
/// `longestNap`; when more than `pause` has passed since it last was, the process was held up and the clock leaves the
/// time out.
struct PatientClock: Sendable {
  static let longestNap: Int64 = 500
  static let pause: Int64 = 1_000

  private var left: Int64 = 0
  private var last: Int64?

  /// Milliseconds left out so far.
  var forgiven: Int64 { left }
  /// Milliseconds of the monotonic clock when it was last looked at.
  var lastObserved: Int64 { last ?? 0 }

  /// The time now, without noting that anybody asked.
  func time(_ now: MonotonicTime) -> Int64 { now.milliseconds - left }

  func monotonic(_ time: Int64) -> MonotonicTime { MonotonicTime(milliseconds: time + left) }

  /// Leaves out the time since the last call when it was a pause. `isListening` says whether anybody was to be heard.
  mutating func observe(_ now: MonotonicTime, isListening: Bool) {
    if isListening, let last, now.milliseconds - last > Self.pause { left += now.milliseconds - last }
    last = max(last ?? now.milliseconds, now.milliseconds)
  }
}
