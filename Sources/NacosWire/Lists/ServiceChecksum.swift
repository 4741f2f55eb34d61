public import RegistryModel

/// The checksum that lists show (naming-server-v1 2.6). Clients compare it with nothing but itself.
public enum ServiceChecksum {
  /// MD5 in hexadecimal over the settings and every instance. It looks at all of them: keep it as long as the service's
  /// revision stands.
  public static func text(of service: Service) -> String { MD5.hexadecimal(Array(source(of: service))) }

  static func source(of service: Service) -> [UInt8] {
    var bytes = settings(of: service)
    var texts: [UInt8] = []
    var lines = service.instances.map { line(of: $0, in: &texts) }
    texts.withUnsafeBytes { texts in
      lines.sort { texts[$0.order].lexicographicallyPrecedes(texts[$1.order]) }
      for line in lines { bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: texts[line.text])) }
    }
    return bytes
  }

  /// Where an instance's two texts stand among all of them: the one that says where it comes, and the one that is hashed.
  private struct Line {
    var order: Range<Int>
    var text: Range<Int>
  }

  private static func line(of instance: Instance, in texts: inout [UInt8]) -> Line {
    let address = instance.address
    let start = texts.count
    texts.appendLine(address, weight: instance.weight, isHealthy: instance.isHealthy)
    let middle = texts.count
    texts.append(contentsOf: address.ip.utf8)
    texts.append(UInt8(ascii: ":"))
    texts.appendDecimal(address.port)
    texts.appendState(weight: instance.weight, isHealthy: instance.isHealthy)
    texts.append(contentsOf: address.cluster.utf8)
    texts.append(UInt8(ascii: ","))
    return Line(order: start..<middle, text: middle..<texts.count)
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
