import RegistryEngine
import RegistryModel
import TestSupport

/// Where a persistent instance listens, or not.
struct Host {
  enum Condition: CaseIterable {
    case well, slow, refusing, hanging, confused
  }

  var condition = Condition.well
  /// When it was last anything but well, and when it came to be as it is; microseconds.
  var lastIll: Int64 = .min / 2

  /// What a probe finds, and how long that takes in microseconds.
  func finding(_ random: inout SeededRandom) -> (finding: ProbeFinding, delay: Int64) {
    switch condition {
    case .well: found(.ok, .answered, random.number(100...3_000))
    case .slow: found(.ok, .answered, random.number(100_000...480_000))
    case .refusing: found(.failNow, .refused, random.number(100...3_000))
    case .hanging: found(.fail, .timedOut, 500_000)
    case .confused: random.chance(50) ? found(.ok, .answered, 1_000) : found(.fail, .closed, 1_000)
    }
  }

  private func found(_ verdict: ProbeVerdict, _ reason: ProbeReason, _ cost: Int64) -> (ProbeFinding, Int64) {
    (ProbeFinding(verdict, reason, cost: cost), cost)
  }
}
