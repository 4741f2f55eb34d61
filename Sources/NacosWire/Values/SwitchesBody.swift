public import RegistryModel

/// All switches as JSON, the value of the entry `batch` (naming-server-v1 6.2): members that are not there take their
/// defaults, unknown ones are ignored.
public enum SwitchesBody {
  public static func read(_ text: String) throws(Refusal) -> Switches {
    let root: JSONValue
    do {
      root = try JSONDocument(text).root
    } catch {
      throw .illegal("switches are not JSON: \(error.reason)")
    }
    guard root.kind == .object else { throw .illegal("switches are not a JSON object") }
    var switches = Switches()
    for (name, value) in root.members where !value.isNull {
      guard take(name, value, into: &switches) else { throw .illegal("switches have a wrong \(name)") }
    }
    return switches
  }

  private static let times: [String: any WritableKeyPath<Switches, Int64> & Sendable] = [
    "defaultPushCacheMillis": \.defaultPushCacheMillis, "clientBeatInterval": \.clientBeatInterval,
    "defaultCacheMillis": \.defaultCacheMillis,
    "serverStatusSynchronizationPeriodMillis": \.serverStatusSynchronizationPeriodMillis,
    "serviceStatusSynchronizationPeriodMillis": \.serviceStatusSynchronizationPeriodMillis,
    "distroServerExpiredMillis": \.distroServerExpiredMillis,
  ]

  private static let flags: [String: any WritableKeyPath<Switches, Bool> & Sendable] = [
    "healthCheckEnabled": \.healthCheckEnabled, "autoChangeHealthCheckEnabled": \.autoChangeHealthCheckEnabled,
    "distroEnabled": \.distroEnabled, "enableStandalone": \.enableStandalone, "pushEnabled": \.pushEnabled,
    "disableAddIP": \.disableAddIP, "sendBeatOnly": \.sendBeatOnly, "lightBeatEnabled": \.lightBeatEnabled,
    "enableAuthentication": \.enableAuthentication, "defaultInstanceEphemeral": \.defaultInstanceEphemeral,
  ]

  private static let texts: [String: any WritableKeyPath<Switches, String> & Sendable] = [
    "pushGoVersion": \.pushGoVersion, "pushJavaVersion": \.pushJavaVersion, "pushPythonVersion": \.pushPythonVersion,
    "pushCVersion": \.pushCVersion, "pushCSharpVersion": \.pushCSharpVersion,
  ]

  private static let bounds: [String: any WritableKeyPath<Switches, Switches.CheckBounds> & Sendable] = [
    "httpHealthParams": \.httpHealthParams, "tcpHealthParams": \.tcpHealthParams, "mysqlHealthParams": \.mysqlHealthParams,
  ]

  private static let lists: [String: any WritableKeyPath<Switches, [String]> & Sendable] = [
    "incrementalList": \.incrementalList, "healthCheckWhiteList": \.healthCheckWhiteList,
  ]

  private static let numbers: [String: any WritableKeyPath<Switches, [String: Int]> & Sendable] = [
    "adWeightMap": \.adWeightMap, "limitedUrlMap": \.limitedUrlMap,
  ]

  /// False when the value is not what it must be.
  private static func take(_ name: String, _ value: JSONValue, into switches: inout Switches) -> Bool {
    if let path = times[name] { return set(&switches, path, value.integer ?? value.asInteger.map(Int64.init)) }
    if let path = flags[name] { return set(&switches, path, value.asBool) }
    if let path = texts[name] { return set(&switches, path, value.asText) }
    if let path = bounds[name] { return set(&switches, path, checkBounds(value, switches[keyPath: path])) }
    if let path = lists[name] { return set(&switches, path, list(value)) }
    if let path = numbers[name] { return set(&switches, path, map(value)) }
    switch name {
    case "distroThreshold": return set(&switches, \.distroThreshold, value.asNumber.map { Float($0) })
    case "checkTimes": return set(&switches, \.checkTimes, value.asInteger)
    case "masters": return set(&switches, \.masters, list(value).map(Optional.some))
    case "overriddenServerStatus": return set(&switches, \.overriddenServerStatus, value.asText.map(Optional.some))
    default: return true
    }
  }

  private static func set<Value>(
    _ switches: inout Switches, _ path: WritableKeyPath<Switches, Value>, _ value: Value?
  ) -> Bool {
    guard let value else { return false }
    switches[keyPath: path] = value
    return true
  }

  private static func checkBounds(_ value: JSONValue, _ usual: Switches.CheckBounds) -> Switches.CheckBounds? {
    guard value.kind == .object else { return nil }
    return Switches.CheckBounds(
      max: value["max"]?.asInteger ?? usual.max, min: value["min"]?.asInteger ?? usual.min,
      factor: value["factor"]?.asNumber ?? usual.factor)
  }

  private static func list(_ value: JSONValue) -> [String]? {
    guard value.kind == .array else { return nil }
    let texts = value.elements.map(\.asText)
    return texts.contains(nil) ? nil : texts.compactMap(\.self)
  }

  private static func map(_ value: JSONValue) -> [String: Int]? {
    guard value.kind == .object else { return nil }
    var map: [String: Int] = [:]
    for (name, value) in value.members {
      guard let number = value.asInteger else { return nil }
      map[name] = number
    }
    return map
  }
}
