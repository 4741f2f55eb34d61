import RegistryModel

/// Push state as readers see it: at most four digests a second, each made once for all of them, and only while somebody
/// reads.
struct PushBoard: Sendable {
  /// Milliseconds between digests.
  static let gap: Int64 = 250

  enum Step: Sendable {
    case nothing
    /// A digest that the reader has not seen, and its number.
    case digest(PushDigest, number: UInt64)
    /// The reader makes the next digest and hands it to `made`.
    case make
    /// The next digest is due in so many milliseconds.
    case wait(Int64)
  }

  private var latest = PushDigest()
  private var number: UInt64 = 0
  private var isDirty = false
  private var isBeingMade = false
  private var madeAt: MonotonicTime?

  /// The number of the latest digest: a reader that has that one has seen everything.
  var latestNumber: UInt64 { number }
  var latestDigest: PushDigest { latest }

  func hasNews(after seen: UInt64) -> Bool { seen != number || (isDirty && !isBeingMade) }

  /// Notes that push state changed; false when that was known.
  mutating func change() -> Bool {
    defer { isDirty = true }
    return !isDirty
  }

  mutating func next(after seen: UInt64, now: MonotonicTime) -> Step {
    if seen != number {
      var digest = latest
      // What happened in digests that the reader missed is not known in detail.
      if seen + 1 != number { digest.touchedMany = true }
      return .digest(digest, number: number)
    }
    if !isDirty || isBeingMade { return .nothing }
    let age = madeAt.map { now.milliseconds - $0.milliseconds } ?? Self.gap
    if age < Self.gap { return .wait(Self.gap - age) }
    isBeingMade = true
    isDirty = false
    return .make
  }

  /// Takes the digest that `next` asked for; the pushes acknowledged and given up since the one before.
  mutating func made(_ digest: PushDigest, at now: MonotonicTime) -> (acknowledged: Int, failed: Int) {
    let news = (
      Int(clamping: digest.acknowledged &- min(digest.acknowledged, latest.acknowledged)),
      Int(clamping: digest.failed &- min(digest.failed, latest.failed))
    )
    latest = digest
    number += 1
    isBeingMade = false
    madeAt = now
    return news
  }
}
