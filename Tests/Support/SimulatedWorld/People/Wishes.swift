import RegistryModel
import TestSupport

/// What operators and scripts may want of a world, by chance.
struct Wishes {
  let services: [ServiceKey]
  let instances: [InstanceKey]

  func wish(_ version: Int64, _ random: inout SeededRandom) -> Command {
    let origins: [Origin] = [.operator(name: "ann"), .client(address: "10.9.9.9:40000", agent: "curl")]
    return Command(action(version, &random), by: origins[random.pick(below: 2)])
  }

  private func service(_ random: inout SeededRandom) -> ServiceKey { services[random.pick(below: services.count)] }
  private func instance(_ random: inout SeededRandom) -> InstanceKey { instances[random.pick(below: instances.count)] }

  private func action(_ version: Int64, _ random: inout SeededRandom) -> Action {
    switch random.pick(below: 100) {
    case 0..<25: .operate(instance(&random), overlay(&random))
    case 25..<37: .mark(instance(&random), text: random.chance(30) ? nil : "note \(version)")
    case 37..<45: patch(version, &random)
    case 45..<50: .patchMetadata(service(&random), .allPersistent, ["batch": "\(version)"], isRemoval: random.chance(30))
    case 50..<54: timing(&random)
    case 54..<60: .setCluster(service(&random), name: "DEFAULT", cluster(&random))
    case 60..<66: .updateService(service(&random), settings(version, &random))
    case 66..<70: .createService(service(&random), settings(version, &random))
    case 70..<73: .removeService(service(&random))
    case 73..<79: namespace(version, &random)
    case 79..<90: switches(&random)
    case 90..<94: health(&random)
    default: update(version, &random)
    }
  }

  private func overlay(_ random: inout SeededRandom) -> OverlayChange {
    switch random.pick(below: 5) {
    case 0: .setWeight(Double(random.pick(below: 5)))
    case 1: .setEnabled(random.chance(50))
    case 2: .setMetadata(["zone": random.chance(40) ? nil : "z\(random.pick(below: 3))"])
    default: .clear
    }
  }

  private func patch(_ version: Int64, _ random: inout SeededRandom) -> Action {
    let key = instance(&random)
    return .patch(
      key.service, cluster: key.address.cluster, ip: key.address.ip, port: Int(key.address.port),
      InstancePatch(weight: Double(random.pick(below: 9)), isEnabled: random.chance(80)))
  }

  private func update(_ version: Int64, _ random: inout SeededRandom) -> Action {
    let key = instance(&random)
    return .update(
      Registration(key: key, weight: Double(random.pick(below: 9)), metadata: ["version": "\(version)"]), isStrict: true)
  }

  /// Timeouts that become shorter or longer under a living instance.
  private func timing(_ random: inout SeededRandom) -> Action {
    let seconds = random.number(2...40)
    return .patchMetadata(
      service(&random), .allEphemeral,
      [PreservedKey.beatTimeout: "\(seconds * 1_000)", PreservedKey.deleteTimeout: "\(seconds * 2_000)"],
      isRemoval: random.chance(30))
  }

  private func cluster(_ random: inout SeededRandom) -> ClusterSettings {
    let checkers: [HealthChecker] = [.tcp, .tcp, .http(path: "/", headers: "", expectedCode: 200), .none]
    return ClusterSettings(checker: checkers[random.pick(below: checkers.count)], checkPort: 80)
  }

  private func settings(_ version: Int64, _ random: inout SeededRandom) -> ServiceSettings {
    ServiceSettings(protectThreshold: Float(random.pick(below: 4)) / 4, metadata: ["owner": "\(version)"])
  }

  private func namespace(_ version: Int64, _ random: inout SeededRandom) -> Action {
    let id = "n\(random.pick(below: 3))"
    return switch random.pick(below: 3) {
    case 0: .createNamespace(id: id, name: "name", about: "")
    case 1: .updateNamespace(id: id, name: "name \(version)", about: "about")
    default: .removeNamespace(id: id)
    }
  }

  private func switches(_ random: inout SeededRandom) -> Action {
    switch random.pick(below: 5) {
    case 0: .setSwitch(entry: "healthCheckTimes", value: "\(random.number(1...5))")
    case 1: .setSwitch(entry: "check", value: random.chance(70) ? "true" : "false")
    case 2: .setSwitch(entry: "pushEnabled", value: random.chance(70) ? "true" : "false")
    case 3: .setSwitch(entry: "clientBeatInterval", value: "\(random.number(1...8) * 1_000)")
    default: .setSwitch(entry: "lightBeatEnabled", value: random.chance(70) ? "true" : "false")
    }
  }

  private func health(_ random: inout SeededRandom) -> Action {
    let key = instance(&random)
    return .setHealth(
      key.service, cluster: key.address.cluster, ip: key.address.ip, port: Int(key.address.port),
      isHealthy: random.chance(50))
  }
}
