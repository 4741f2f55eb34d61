import RegistryModel

/// Knows who left a moment ago (G5).
struct DepartureJudge {
  /// By who left: until when no beat may bring it back, in microseconds.
  private var graces: [InstanceKey: Int64] = [:]

  mutating func left(_ before: Instance, _ key: InstanceKey, switches: Switches, at now: Int64) {
    let interval = InstanceTiming(before.registeredMetadata).beatInterval ?? switches.clientBeatInterval
    graces[key] = now + 2_000 * min(max(interval, 0), 60_000)
  }

  mutating func registered(_ key: InstanceKey) { graces[key] = nil }

  /// A restart remembers no departures; nothing that was on its way survives it either.
  mutating func forgetAll() { graces = [:] }

  func isGone(_ key: InstanceKey, at now: Int64) -> Bool { graces[key].map { now < $0 } ?? false }
}
