import RegistryModel

/// Ephemeral instances that fell silent and were removed in the last half hour, and have not come back: failures that no
/// count of the registry shows any more.
struct LossIndex: Sendable {
  static let memory: Int64 = 30 * 60_000
  static let limit = 16_384

  struct Loss: Sendable {
    var instance: Instance
    var at: WallTime
  }

  private(set) var losses: [InstanceKey: Loss] = [:]

  mutating func note(_ change: Change, at time: WallTime) {
    guard case .instance(let service, let before, let after, let cause) = change else { return }
    if let after {
      losses[InstanceKey(service: service, address: after.address)] = nil
    } else if let before {
      let key = InstanceKey(service: service, address: before.address)
      losses[key] = cause == .expired && losses.count < Self.limit ? Loss(instance: before, at: time) : nil
    }
  }

  /// Forgets what is older than the memory.
  mutating func forget(before now: WallTime) {
    guard losses.values.contains(where: { now.age(since: $0.at) > Self.memory }) else { return }
    losses = losses.filter { now.age(since: $0.value.at) <= Self.memory }
  }
}
