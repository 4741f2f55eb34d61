import RegistryModel

/// Weights while they are being edited: typed as a number, typed as a share, or moved by steps. Nothing is sent yet.
struct WeightEdit: Sendable {
  static let most = 10_000.0

  let targets: [InstanceKey]
  /// What was typed; empty while the weights are moved by steps.
  var typed = ""
  /// The steps so far.
  private(set) var delta = 0.0
  /// Back to what the client said.
  private(set) var isRegistered = false

  init(_ targets: [InstanceKey], delta: Double = 0) {
    self.targets = targets
    self.delta = delta
  }

  mutating func step(by step: Double) {
    // What was typed is where the steps start.
    isRegistered = false
    delta += step
  }

  mutating func useRegistered() {
    isRegistered = true
    typed = ""
    delta = 0
  }

  mutating func type(_ text: String) {
    typed = text
    isRegistered = false
    delta = 0
  }

  enum Problem: Error, Hashable {
    case notANumber, outOfBounds, noOthers

    var text: String {
      switch self {
      case .notANumber: "a number, or a share such as 25%"
      case .outOfBounds: "a weight is between 0 and 10000"
      case .noOthers: "no other instance shares the calls"
      }
    }
  }

  /// The weight of each target that is still there.
  func weights(_ catalog: Catalog) throws(Problem) -> [InstanceKey: Double] {
    var weights: [InstanceKey: Double] = [:]
    let fixed = try fixedWeight(catalog)
    for key in targets {
      guard let instance = catalog[key] else { continue }
      let start = isRegistered ? instance.registeredWeight : fixed ?? instance.weight
      let weight = ((start + delta) * 100).rounded() / 100
      weights[key] = delta == 0 ? weight : min(max(0, weight), Self.most)
    }
    if weights.values.contains(where: { !(0...Self.most).contains($0) }) { throw .outOfBounds }
    return weights
  }

  /// The weight that was typed, directly or as a share; nil when nothing was.
  private func fixedWeight(_ catalog: Catalog) throws(Problem) -> Double? {
    let text = typed.trimmed
    if text.isEmpty { return nil }
    guard text.hasSuffix("%") else {
      guard let weight = Double(text.replacing(",", with: ".")), weight.isFinite else { throw .notANumber }
      return weight
    }
    guard let percent = Double(text.dropLast().replacing(",", with: ".")), percent.isFinite else { throw .notANumber }
    guard (0..<100).contains(percent) else { throw .outOfBounds }
    let others = otherWeight(catalog)
    guard others > 0 else { throw .noOthers }
    let share = percent / 100
    return others * share / (1 - share) / Double(max(1, targets.count))
  }

  /// What the instances that are not edited weigh together, in the services of the targets.
  private func otherWeight(_ catalog: Catalog) -> Double {
    let edited = Set(targets)
    var sum = 0.0
    for key in Set(targets.map(\.service)) {
      guard let service = catalog[key] else { continue }
      let isProtected = service.isProtected
      for instance in service.instances
      where Shares.takesPart(instance, isProtected: isProtected)
        && !edited.contains(InstanceKey(service: key, address: instance.address))
      {
        sum += max(0, instance.weight)
      }
    }
    return sum
  }

  /// The plan for what really changes.
  func plan(_ catalog: Catalog) throws(Problem) -> ChangePlan {
    let weights = try weights(catalog)
    let changed = targets.filter { key in
      guard let weight = weights[key], let instance = catalog[key] else { return false }
      return weight != instance.weight
    }
    return ChangePlan(kind: .setWeight, targets: changed, weights: weights)
  }
}
