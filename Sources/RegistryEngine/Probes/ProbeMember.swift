import RegistryModel

/// A persistent instance as the plan sees it.
struct ProbeMember: Sendable {
  var address: InstanceAddress
  /// Index of its cluster.
  var cluster: Int
  /// What the registry says.
  var isHealthy: Bool
  /// The ticket of the probe that is under way, if one is.
  var ticket: UInt64?
  /// When the probe that is under way was due.
  var dueAt: Int64 = 0
  /// Since the registry last said something about its health: how many probes in a row succeeded, or failed.
  var successes = 0
  var failures = 0
  /// The same for people: whatever the registry said in between.
  var streak = 0
  var isStreakOfSuccess = false
  var streakSince = WallTime(milliseconds: 0)

  init(_ address: InstanceAddress, cluster: Int, isHealthy: Bool) {
    self.address = address
    self.cluster = cluster
    self.isHealthy = isHealthy
  }

  /// What was counted speaks of another check, or of health that somebody else has decided.
  mutating func forgetCounts() {
    successes = 0
    failures = 0
  }

  /// Counts a finding. The result is the health that it decides, if it does: `needed` in a row, or one that counts at
  /// once.
  mutating func count(_ verdict: ProbeVerdict, needed: Int, at time: WallTime) -> Bool? {
    switch verdict {
    case .unjudged: return nil
    case .ok:
      successes += 1
      failures = 0
      keepStreak(ofSuccess: true, at: time)
      return !isHealthy && successes >= needed ? true : nil
    case .fail, .failNow:
      failures += 1
      successes = 0
      keepStreak(ofSuccess: false, at: time)
      return isHealthy && (verdict == .failNow || failures >= needed) ? false : nil
    }
  }

  private mutating func keepStreak(ofSuccess isSuccess: Bool, at time: WallTime) {
    if isSuccess != isStreakOfSuccess || streak == 0 {
      isStreakOfSuccess = isSuccess
      streak = 0
      streakSince = time
    }
    streak += 1
  }
}
