/// The earliest of many deadlines, kept by a bound: none is before it, and one look at all of them sets it right.
///
/// A stream's deadline moves with every byte, so each move has to be cheap. Touched by the loop's thread alone.
final class Deadlines {
  private(set) var earliest: ContinuousClock.Instant?

  func note(_ deadline: ContinuousClock.Instant) {
    if let earliest, earliest <= deadline { return }
    earliest = deadline
  }

  /// Called when the bound was looked behind: these are all there are.
  func replace(with deadlines: some Sequence<ContinuousClock.Instant>) { earliest = deadlines.min() }
}
