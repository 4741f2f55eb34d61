import NacosWire
import RegistryModel

extension Switches: StoredJSON {
  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    for (name, field) in SwitchField.all {
      writer.key(name)
      field.write(self, to: &writer)
    }
    writer.endObject()
  }

  /// An entry that is not there keeps its default: the release that wrote the text did not know it.
  init?(json: JSONValue) {
    guard json.kind == .object else { return nil }
    self.init()
    for (name, field) in SwitchField.all {
      guard let value = json[name] else { continue }
      guard field.read(value, into: &self) else { return nil }
    }
  }
}

extension SwitchField {
  /// Every entry, by the name it has on the wire.
  fileprivate static var all: [(name: StaticString, field: SwitchField)] {
    [
      ("masters", .optionalTexts(\.masters)),
      ("adWeightMap", .counts(\.adWeightMap)),
      ("defaultPushCacheMillis", .number(\.defaultPushCacheMillis)),
      ("clientBeatInterval", .number(\.clientBeatInterval)),
      ("defaultCacheMillis", .number(\.defaultCacheMillis)),
      ("distroThreshold", .fraction(\.distroThreshold)),
      ("healthCheckEnabled", .bool(\.healthCheckEnabled)),
      ("autoChangeHealthCheckEnabled", .bool(\.autoChangeHealthCheckEnabled)),
      ("distroEnabled", .bool(\.distroEnabled)),
      ("enableStandalone", .bool(\.enableStandalone)),
      ("pushEnabled", .bool(\.pushEnabled)),
      ("checkTimes", .count(\.checkTimes)),
      ("httpHealthParams", .bounds(\.httpHealthParams)),
      ("tcpHealthParams", .bounds(\.tcpHealthParams)),
      ("mysqlHealthParams", .bounds(\.mysqlHealthParams)),
      ("incrementalList", .texts(\.incrementalList)),
      ("serverStatusSynchronizationPeriodMillis", .number(\.serverStatusSynchronizationPeriodMillis)),
      ("serviceStatusSynchronizationPeriodMillis", .number(\.serviceStatusSynchronizationPeriodMillis)),
      ("disableAddIP", .bool(\.disableAddIP)),
      ("sendBeatOnly", .bool(\.sendBeatOnly)),
      ("lightBeatEnabled", .bool(\.lightBeatEnabled)),
      ("limitedUrlMap", .counts(\.limitedUrlMap)),
      ("distroServerExpiredMillis", .number(\.distroServerExpiredMillis)),
      ("pushGoVersion", .text(\.pushGoVersion)),
      ("pushJavaVersion", .text(\.pushJavaVersion)),
      ("pushPythonVersion", .text(\.pushPythonVersion)),
      ("pushCVersion", .text(\.pushCVersion)),
      ("pushCSharpVersion", .text(\.pushCSharpVersion)),
      ("enableAuthentication", .bool(\.enableAuthentication)),
      ("overriddenServerStatus", .optionalText(\.overriddenServerStatus)),
      ("defaultInstanceEphemeral", .bool(\.defaultInstanceEphemeral)),
      ("healthCheckWhiteList", .texts(\.healthCheckWhiteList)),
    ]
  }
}
