import RegistryModel

/// Things to store, with every field other than it is by default.
enum Samples {
  static let service = ServiceKey(namespace: "prod", group: "shop", name: "orders")

  static let settings = ServiceSettings(
    protectThreshold: 0.3, metadata: ["team": "älmö 🦀", "quote": "\"\\\u{1}"],
    selector: .label(expression: "CONSUMER.label.A=PROVIDER.label.A", labels: ["A", "B"]), isDeclared: true)

  static let checkers: [HealthChecker] = [
    .tcp, .none, .http(path: "/ping", headers: "a:b|c:d", expectedCode: 204),
    .mysql(user: "root", password: nil, command: "select 1"), .mysql(user: nil, password: "p", command: nil),
  ]

  static func cluster(_ checker: HealthChecker) -> ClusterSettings {
    ClusterSettings(checker: checker, checkPort: 8_081, usesInstancePort: false, metadata: ["zone": "b"])
  }

  static let overlay = Overlay(
    weight: 0.1, isEnabled: false, metadata: ["set": "x", "gone": nil], by: "ann", at: WallTime(milliseconds: 7))

  static let mark = Mark(text: "do not touch\nuntil Monday", by: "bo", at: WallTime(milliseconds: 8))

  static func instance(
    _ ip: String = "10.0.0.1", port: Int = 8_080, cluster: String = "c1", isEphemeral: Bool = false, weight: Double = 2.5
  ) -> Instance {
    var instance = Instance(
      address: InstanceAddress(cluster: cluster, ip: ip, port: port, isEphemeral: isEphemeral), weight: weight,
      isEnabled: false, isHealthy: false, metadata: ["version": "1.2", "": "empty key"], app: "shop",
      registeredAt: WallTime(milliseconds: 1_234))
    instance.healthChangedAt = WallTime(milliseconds: 2_345)
    return instance
  }

  /// With all that few instances have.
  static var laden: Instance {
    var instance = instance("10.0.0.2")
    instance.overlay = overlay
    instance.mark = mark
    instance.numberedID = 42
    return instance
  }

  static let namespace = Namespace(id: "prod", name: "Production", about: "", createdAt: WallTime(milliseconds: 99))

  /// Every entry another one than by default.
  static var switches: Switches {
    var switches = Switches()
    switches.masters = ["10.0.0.1"]
    switches.adWeightMap = ["10.0.0.1": 3]
    switches.defaultPushCacheMillis = 10_001
    switches.clientBeatInterval = 5_001
    switches.defaultCacheMillis = 3_001
    switches.distroThreshold = 0.75
    switches.healthCheckEnabled = false
    switches.autoChangeHealthCheckEnabled = false
    switches.distroEnabled = false
    switches.enableStandalone = false
    switches.pushEnabled = false
    switches.checkTimes = 4
    switches.httpHealthParams = Switches.CheckBounds(max: 1, min: 2, factor: 0.1)
    switches.tcpHealthParams = Switches.CheckBounds(max: 3, min: 4, factor: 0.2)
    switches.mysqlHealthParams = Switches.CheckBounds(max: 5, min: 6, factor: 0.3)
    switches.incrementalList = ["a", "b"]
    switches.serverStatusSynchronizationPeriodMillis = 2_001
    switches.serviceStatusSynchronizationPeriodMillis = 5_001
    switches.disableAddIP = true
    switches.sendBeatOnly = true
    switches.lightBeatEnabled = false
    switches.limitedUrlMap = ["/x": 403, "/y": 404]
    switches.distroServerExpiredMillis = 10_001
    switches.pushGoVersion = "9.1"
    switches.pushJavaVersion = "9.2"
    switches.pushPythonVersion = "9.3"
    switches.pushCVersion = "9.4"
    switches.pushCSharpVersion = "9.5"
    switches.enableAuthentication = true
    switches.overriddenServerStatus = "UP"
    switches.defaultInstanceEphemeral = false
    switches.healthCheckWhiteList = ["10.0.0.9"]
    return switches
  }
}

extension Change {
  static func registered(_ instance: Instance, in service: ServiceKey = Samples.service) -> Change {
    .instance(service, before: nil, after: instance, cause: .registered)
  }

  static func deregistered(_ instance: Instance, in service: ServiceKey = Samples.service) -> Change {
    .instance(service, before: instance, after: nil, cause: .deregistered)
  }

  static func operated(_ before: Instance, _ after: Instance) -> Change {
    .instance(Samples.service, before: before, after: after, cause: .operated)
  }
}
