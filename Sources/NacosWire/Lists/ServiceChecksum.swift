public import RegistryModel

/// The checksum that lists show (naming-server-v1 2.6). Clients compare it with nothing but itself.
public enum ServiceChecksum {
  /// MD5 in hexadecimal over the settings and every instance. It looks at all of them: keep it as long as the service's
  /// revision stands.
  public static func text(of service: Service) -> String { MD5.hexadecimal(Array(source(of: service))) }

  static func source(of service: Service) -> [UInt8] {
    var bytes = settings(of: service)
    let entries = service.instances.map { instance in
      (
        order: InstanceText.line(instance.address, weight: instance.weight, isHealthy: instance.isHealthy),
        text:
          "\(instance.address.hostAndPort)_\(JavaNumber.text(instance.weight))_\(instance.isHealthy)_\(instance.address.cluster),"
      )
    }
    for entry in entries.sorted(by: { $0.order < $1.order }) { bytes.append(contentsOf: entry.text.utf8) }
    return bytes
  }

  private static func settings(of service: Service) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("invalidIPCount", service.counts.unhealthy)
    writer.member("name", service.key.grouped)
    writer.member("ipCount", service.counts.total)
    writer.key("owners")
    writer.beginArray()
    writer.endArray()
    writer.member("protectThreshold", service.settings.protectThreshold)
    writer.key("clusters")
    writer.beginArray()
    for (name, settings) in service.clusters {
      writer.beginObject()
      writer.key("healthChecker")
      writer.beginObject()
      writer.healthCheckerMembers(settings.checker)
      writer.endObject()
      writer.member("defIPPort", settings.checkPort)
      writer.member("defCkport", settings.checkPort)
      writer.member("name", name)
      writer.member("useIPPort4Check", settings.usesInstancePort)
      writer.member("sitegroup", constant: "")
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    return writer.bytes
  }
}
