import RegistryModel

/// One of the server's switches: how it is read, how it is set, and what a good value is (naming-server-v1 6.1, 6.2).
struct SwitchEntry: Sendable {
  enum Kind: Sendable, Hashable {
    case flag
    /// At least so much.
    case integer(atLeast: Int64)
    case decimal
    /// Three numbers with dots between them; the prefix goes before the value on the wire.
    case version(client: String)
    case text

    var hint: String {
      switch self {
      case .flag: "true or false"
      case .integer(let least): least > 0 ? "a number, at least \(least)" : "a number"
      case .decimal: "a number above 0"
      case .version: "a version such as 1.2.3"
      case .text: "text"
      }
    }
  }

  /// As the object calls it.
  var name: String
  /// As setting it calls it; nil for what cannot be set.
  var entry: String?
  var kind: Kind
  var about: String
  let value: @Sendable (Switches) -> String

  var fixedReason: String { "the API has no entry for it" }

  /// Why `text` cannot be the value; nil when it can.
  func problem(_ text: String) -> String? {
    switch kind {
    case .flag: text == "true" || text == "false" ? nil : kind.hint
    case .integer(let least): Int64(text).map { $0 >= least } == true ? nil : kind.hint
    case .decimal: Double(text).map { $0 > 0 && $0.isFinite } == true ? nil : kind.hint
    case .version:
      text.split(separator: ".", omittingEmptySubsequences: false).count == 3
        && text.split(separator: ".").allSatisfy { UInt32($0) != nil } ? nil : kind.hint
    case .text: nil
    }
  }

  /// The value as the command carries it.
  func wireValue(_ text: String) -> String {
    if case .version(let client) = kind { "\(client):\(text)" } else { text }
  }
}

extension SwitchEntry {
  static let all: [SwitchEntry] = timing + behaviour + versions + fixed

  private static let timing: [SwitchEntry] = [
    SwitchEntry(
      name: "clientBeatInterval", entry: "clientBeatInterval", kind: .integer(atLeast: 0),
      about: "milliseconds between beats, as beats are answered"
    ) { String($0.clientBeatInterval) },
    SwitchEntry(
      name: "defaultPushCacheMillis", entry: "pushCacheMillis", kind: .integer(atLeast: 10_000),
      about: "how long subscribers with push may keep a list"
    ) { String($0.defaultPushCacheMillis) },
    SwitchEntry(
      name: "defaultCacheMillis", entry: "defaultCacheMillis", kind: .integer(atLeast: 1_000),
      about: "how long clients without push may keep a list"
    ) { String($0.defaultCacheMillis) },
    SwitchEntry(
      name: "checkTimes", entry: "healthCheckTimes", kind: .integer(atLeast: 1), about: "probes in a row that turn health"
    ) { String($0.checkTimes) },
    SwitchEntry(
      name: "serviceStatusSynchronizationPeriodMillis", entry: "serviceStatusSynchronizationPeriodMillis",
      kind: .integer(atLeast: 5_000), about: "between servers"
    ) { String($0.serviceStatusSynchronizationPeriodMillis) },
    SwitchEntry(
      name: "serverStatusSynchronizationPeriodMillis", entry: "serverStatusSynchronizationPeriodMillis",
      kind: .integer(atLeast: 1_000), about: "between servers"
    ) { String($0.serverStatusSynchronizationPeriodMillis) },
    SwitchEntry(
      name: "distroServerExpiredMillis", entry: "distroServerExpiredMillis", kind: .integer(atLeast: 0), about: "nothing reads it"
    ) { String($0.distroServerExpiredMillis) },
  ]

  private static let behaviour: [SwitchEntry] = [
    SwitchEntry(name: "pushEnabled", entry: "pushEnabled", kind: .flag, about: "whether new subscribers are pushed to") {
      String($0.pushEnabled)
    },
    SwitchEntry(
      name: "healthCheckEnabled", entry: "check", kind: .flag, about: "whether missing beats and probes turn instances unhealthy"
    ) { String($0.healthCheckEnabled) },
    SwitchEntry(name: "lightBeatEnabled", entry: "lightBeatEnabled", kind: .flag, about: "beats without the full instance") {
      String($0.lightBeatEnabled)
    },
    SwitchEntry(
      name: "defaultInstanceEphemeral", entry: "defaultInstanceEphemeral", kind: .flag,
      about: "what a registration is that does not say"
    ) { String($0.defaultInstanceEphemeral) },
    SwitchEntry(name: "distroEnabled", entry: "distro", kind: .flag, about: "sharing of services among servers") {
      String($0.distroEnabled)
    },
    SwitchEntry(
      name: "distroThreshold", entry: "distroThreshold", kind: .decimal, about: "nothing reads it"
    ) { "\($0.distroThreshold)" },
    SwitchEntry(
      name: "autoChangeHealthCheckEnabled", entry: "autoChangeHealthCheckEnabled", kind: .flag, about: "nothing reads it"
    ) { String($0.autoChangeHealthCheckEnabled) },
    SwitchEntry(name: "disableAddIP", entry: "disableAddIP", kind: .flag, about: "nothing reads it") { String($0.disableAddIP) },
    SwitchEntry(name: "sendBeatOnly", entry: "sendBeatOnly", kind: .flag, about: "between old servers") {
      String($0.sendBeatOnly)
    },
    SwitchEntry(
      name: "overriddenServerStatus", entry: "overriddenServerStatus", kind: .text, about: "UP or DOWN by hand; null clears it"
    ) { $0.overriddenServerStatus ?? "null" },
    SwitchEntry(name: "limitedUrlMap", entry: "limitedUrlMap", kind: .text, about: "url:status,url:status answered as said") {
      $0.limitedUrlMap.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }.joined(separator: ",")
    },
    SwitchEntry(name: "masters", entry: "masters", kind: .text, about: "nothing reads it") {
      $0.masters?.joined(separator: ",") ?? "null"
    },
  ]

  private static let versions: [SwitchEntry] = [
    version("pushJavaVersion", "java") { $0.pushJavaVersion }, version("pushPythonVersion", "python") { $0.pushPythonVersion },
    version("pushGoVersion", "go") { $0.pushGoVersion }, version("pushCVersion", "c") { $0.pushCVersion },
  ]

  private static func version(
    _ name: String, _ client: String, _ value: @escaping @Sendable (Switches) -> String
  ) -> SwitchEntry {
    SwitchEntry(
      name: name, entry: "pushVersion", kind: .version(client: client), about: "oldest \(client) client that is pushed to",
      value: value)
  }

  private static let fixed: [SwitchEntry] = [
    SwitchEntry(name: "pushCSharpVersion", entry: nil, kind: .text, about: "oldest C# client that is pushed to") {
      $0.pushCSharpVersion
    },
    SwitchEntry(name: "enableAuthentication", entry: nil, kind: .flag, about: "nothing reads it") {
      String($0.enableAuthentication)
    },
    SwitchEntry(name: "enableStandalone", entry: nil, kind: .flag, about: "nothing reads it") { String($0.enableStandalone) },
    bounds("httpHealthParams") { $0.httpHealthParams }, bounds("tcpHealthParams") { $0.tcpHealthParams },
    bounds("mysqlHealthParams") { $0.mysqlHealthParams },
    SwitchEntry(name: "healthCheckWhiteList", entry: nil, kind: .text, about: "checked although checks are off") {
      $0.healthCheckWhiteList.joined(separator: ",")
    },
  ]

  private static func bounds(_ name: String, _ value: @escaping @Sendable (Switches) -> Switches.CheckBounds) -> SwitchEntry {
    SwitchEntry(name: name, entry: nil, kind: .text, about: "pace of probes, milliseconds") {
      let bounds = value($0)
      return "max \(bounds.max) min \(bounds.min) factor \(bounds.factor)"
    }
  }
}
