public import RegistryModel

/// The switches as the wire prints them, in this order, nulls included (naming-server-v1 6.1).
public enum SwitchesPage {
  /// Nacos' name for the record that holds them.
  static let name: StaticString = "00-00---000-NACOS_SWITCH_DOMAIN-000---00-00"

  public static func text(of switches: Switches) -> [UInt8] {
    var writer = JSONWriter(capacity: 2_048)
    writer.beginObject()
    writer.timings(switches)
    writer.checks(switches)
    writer.synchronisation(switches)
    writer.agents(switches)
    writer.remainder(switches)
    writer.member("name", constant: name)
    writer.member("checksum", orNull: nil)
    writer.endObject()
    return writer.bytes
  }
}

extension JSONWriter {
  fileprivate mutating func timings(_ switches: Switches) {
    key("masters")
    if let masters = switches.masters { strings(masters) } else { null() }
    key("adWeightMap")
    numbers(switches.adWeightMap)
    member("defaultPushCacheMillis", switches.defaultPushCacheMillis)
    member("clientBeatInterval", switches.clientBeatInterval)
    member("defaultCacheMillis", switches.defaultCacheMillis)
    member("distroThreshold", switches.distroThreshold)
  }

  fileprivate mutating func checks(_ switches: Switches) {
    member("healthCheckEnabled", switches.healthCheckEnabled)
    member("autoChangeHealthCheckEnabled", switches.autoChangeHealthCheckEnabled)
    member("distroEnabled", switches.distroEnabled)
    member("enableStandalone", switches.enableStandalone)
    member("pushEnabled", switches.pushEnabled)
    member("checkTimes", switches.checkTimes)
    key("httpHealthParams")
    bounds(switches.httpHealthParams)
    key("tcpHealthParams")
    bounds(switches.tcpHealthParams)
    key("mysqlHealthParams")
    bounds(switches.mysqlHealthParams)
    key("incrementalList")
    strings(switches.incrementalList)
  }

  fileprivate mutating func synchronisation(_ switches: Switches) {
    member("serverStatusSynchronizationPeriodMillis", switches.serverStatusSynchronizationPeriodMillis)
    member("serviceStatusSynchronizationPeriodMillis", switches.serviceStatusSynchronizationPeriodMillis)
    member("disableAddIP", switches.disableAddIP)
    member("sendBeatOnly", switches.sendBeatOnly)
    member("lightBeatEnabled", switches.lightBeatEnabled)
    key("limitedUrlMap")
    numbers(switches.limitedUrlMap)
    member("distroServerExpiredMillis", switches.distroServerExpiredMillis)
  }

  fileprivate mutating func agents(_ switches: Switches) {
    member("pushGoVersion", switches.pushGoVersion)
    member("pushJavaVersion", switches.pushJavaVersion)
    member("pushPythonVersion", switches.pushPythonVersion)
    member("pushCVersion", switches.pushCVersion)
    member("pushCSharpVersion", switches.pushCSharpVersion)
  }

  fileprivate mutating func remainder(_ switches: Switches) {
    member("enableAuthentication", switches.enableAuthentication)
    member("overriddenServerStatus", orNull: switches.overriddenServerStatus)
    member("defaultInstanceEphemeral", switches.defaultInstanceEphemeral)
    key("healthCheckWhiteList")
    strings(switches.healthCheckWhiteList)
  }

  private mutating func bounds(_ bounds: Switches.CheckBounds) {
    beginObject()
    member("max", bounds.max)
    member("min", bounds.min)
    member("factor", bounds.factor)
    endObject()
  }

  private mutating func numbers(_ map: [String: Int]) {
    beginObject()
    for (name, value) in map.sorted(by: { $0.key < $1.key }) {
      key(name)
      integer(value)
    }
    endObject()
  }
}
