public import RegistryModel

/// Answers about services (naming-server-v1 1.2).
public enum ServicePages {
  /// 1.2.3
  public static func detail(_ service: Service) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("name", service.key.name)
    writer.member("namespaceId", service.key.namespace)
    writer.member("protectThreshold", service.settings.protectThreshold)
    writer.key("metadata")
    writer.metadata(service.settings.metadata)
    writer.key("selector")
    writer.selector(service.settings.selector)
    writer.member("groupName", service.key.group)
    writer.key("clusters")
    writer.beginArray()
    for (name, settings) in service.clusters {
      writer.beginObject()
      writer.member("name", name)
      writer.key("healthChecker")
      writer.healthChecker(settings.checker)
      writer.key("metadata")
      writer.metadata(settings.metadata)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    return writer.bytes
  }

  /// 1.2.5: a page of names and how many there are in all.
  public static func list(_ names: some Sequence<String>, total: Int) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("doms")
    writer.strings(names)
    writer.member("count", total)
    writer.endObject()
    return writer.bytes
  }

  /// 1.2.6: bare names by namespace; `count` is the number of namespaces.
  public static func names(_ namespaces: [(id: String, names: [String])]) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("services")
    writer.beginObject()
    for (id, names) in namespaces {
      writer.key(id)
      writer.strings(names)
    }
    writer.endObject()
    writer.member("count", namespaces.count)
    writer.endObject()
    return writer.bytes
  }

  /// 1.9, `allDomNames`: `count` is the number of names.
  public static func allNames(_ namespaces: [(id: String, names: [String])]) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("count", namespaces.reduce(0) { $0 + $1.names.count })
    writer.key("doms")
    writer.beginObject()
    for (id, names) in namespaces {
      writer.key(id)
      writer.strings(names)
    }
    writer.endObject()
    writer.endObject()
    return writer.bytes
  }

  /// 1.9, `allDomNames` for agents of Nacos-DNS up to 1.0.1.
  public static func allNames(_ names: [String]) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("count", names.count)
    writer.key("doms")
    writer.strings(names)
    writer.endObject()
    return writer.bytes
  }

  /// 1.2.7
  public static func subscribers(_ subscribers: some Sequence<Subscriber>, total: Int) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("subscribers")
    writer.beginArray()
    for subscriber in subscribers {
      writer.beginObject()
      writer.member("addrStr", subscriber.hostAndPort)
      writer.member("agent", subscriber.agent)
      writer.member("app", subscriber.app)
      writer.member("ip", subscriber.ip)
      writer.member("namespaceId", subscriber.service.namespace)
      writer.member("serviceName", subscriber.service.grouped)
      writer.endObject()
    }
    writer.endArray()
    writer.member("count", total)
    writer.endObject()
    return writer.bytes
  }

  /// 1.2.9
  public static func checksum(_ text: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("checksum", text)
    writer.endObject()
    return writer.bytes
  }
}

extension JSONWriter {
  mutating func strings(_ texts: some Sequence<String>) {
    beginArray()
    for text in texts { string(text) }
    endArray()
  }
}
