import NacosWire
import RegistryModel

extension Instance: StoredJSON {
  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    address.writeMembers(to: &writer)
    writer.member("weight", registeredWeight)
    writer.member("enabled", registeredEnabled)
    writer.member("healthy", isHealthy)
    if !registeredMetadata.isEmpty { writer.member("metadata", registeredMetadata) }
    writer.member("app", ifAny: app)
    if let numberedID { writer.member("number", numberedID) }
    writer.member("registeredAt", registeredAt.milliseconds)
    writer.member("healthChangedAt", healthChangedAt.milliseconds)
    writer.member("overlay", ifAny: overlay)
    writer.member("mark", ifAny: mark)
    writer.endObject()
  }

  init?(json: JSONValue) {
    guard let address = InstanceAddress(members: json), let weight = json["weight"]?.number,
      let isEnabled = json["enabled"]?.bool, let isHealthy = json["healthy"]?.bool,
      let registeredAt = json["registeredAt"]?.integer, let healthChangedAt = json["healthChangedAt"]?.integer
    else { return nil }
    var isWrong = false
    self.init(
      address: address, weight: weight, isEnabled: isEnabled, isHealthy: isHealthy,
      metadata: json.optional("metadata", &isWrong, Metadata.init(json:)) ?? Metadata(),
      app: json.optional("app", &isWrong, \.string), registeredAt: WallTime(milliseconds: registeredAt))
    self.healthChangedAt = WallTime(milliseconds: healthChangedAt)
    numberedID = json.optional("number", &isWrong, \.integer).map(Int.init)
    overlay = json.optional("overlay", &isWrong, Overlay.init(json:))
    mark = json.optional("mark", &isWrong, Mark.init(json:))
    if isWrong { return nil }
  }
}
