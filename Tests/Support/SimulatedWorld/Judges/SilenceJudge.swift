import RegistryModel

/// Judges every verdict on silence by what was delivered to the registry (G3).
struct SilenceJudge {
  /// Milliseconds: the wheel's tick and what the timer is late.
  private static let lateness: Int64 = 100
  /// What the clock of the registry may leave out with one pause beyond the pause itself: it does not know when, since it
  /// last looked, the process came to stand still.
  private static let slackPerPause: Int64 = 500
  /// While nobody is judged those who are overdue have their turn once a second.
  private static let slackAfterHold: Int64 = 1_100

  /// Microseconds.
  private var heard: [InstanceKey: Int64] = [:]
  /// When what somebody's silence is measured by became what it is.
  private var changed: [InstanceKey: Int64] = [:]
  private var heldUntil: Int64 = .min / 2

  /// The registry was told by `key`'s client that it is alive.
  mutating func hear(_ key: InstanceKey, at now: Int64) { heard[key] = now }

  mutating func forget(_ key: InstanceKey) {
    heard[key] = nil
    changed[key] = nil
  }

  mutating func forgetAll() { self = SilenceJudge() }

  mutating func follow(_ key: InstanceKey, _ before: Instance?, _ after: Instance, at now: Int64) {
    let timingChanged = before.map { $0.registeredMetadata != after.registeredMetadata } ?? true
    if timingChanged || before?.isHealthy != after.isHealthy { changed[key] = now }
  }

  /// Health checks are switched off as of now, or were until now.
  mutating func hold(at now: Int64) { heldUntil = now }

  /// What is wrong with a verdict, if anything is.
  func fault(
    in cause: InstanceCause, on before: Instance, _ key: InstanceKey, at now: Int64, _ wakefulness: Wakefulness
  ) -> String? {
    guard let heard = heard[key] else { return "\(key.words) judged though it was never heard" }
    let silence = now / 1_000 - heard / 1_000
    let timeout = Self.timeout(cause == .expired, before)
    if silence < timeout { return "\(key.words): \(cause) \(timeout - silence) ms early" }
    let late = lateness(silence - timeout, key, heard: heard, timeout: timeout, at: now, wakefulness)
    return late > Self.lateness ? "\(key.words): \(cause) \(late) ms late" : nil
  }

  /// What is wrong with an instance that is still there.
  func fault(in instance: Instance, _ key: InstanceKey, at now: Int64, _ wakefulness: Wakefulness) -> String? {
    guard let heard = heard[key] else { return "\(key.words) is there though it was never heard" }
    let removal = Self.timeout(true, instance)
    let timeout = instance.isHealthy ? min(removal, Self.timeout(false, instance)) : removal
    let silence = now / 1_000 - heard / 1_000
    if silence <= timeout + Self.lateness { return nil }
    let late = lateness(silence - timeout, key, heard: heard, timeout: timeout, at: now, wakefulness)
    return late > Self.lateness ? "\(key.words) is not judged \(late) ms after its time" : nil
  }

  private func lateness(
    _ late: Int64, _ key: InstanceKey, heard: Int64, timeout: Int64, at now: Int64, _ wakefulness: Wakefulness
  ) -> Int64 {
    let asleep = wakefulness.asleep(from: heard, to: now)
    var late = late - asleep.time / 1_000 - asleep.times * Self.slackPerPause
    // What changed when it was overdue already counts from then.
    if let changed = changed[key] { late = min(late, (now - changed) / 1_000) }
    return min(late, (now - heldUntil) / 1_000 - Self.slackAfterHold)
  }

  private static func timeout(_ isRemoval: Bool, _ instance: Instance) -> Int64 {
    let timing = InstanceTiming(instance.registeredMetadata)
    return max(1_000, isRemoval ? timing.deleteTimeout : timing.beatTimeout)
  }
}
