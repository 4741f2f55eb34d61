public import RegistryModel

/// Answers about single instances (naming-server-v1 1.1).
public enum InstancePages {
  /// 1.1.5
  public static func detail(_ instance: Instance, of service: ServiceKey) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("service", service.grouped)
    writer.member("ip", instance.address.ip)
    writer.member("port", instance.address.port)
    writer.member("clusterName", instance.address.cluster)
    writer.member("weight", instance.weight)
    writer.member("healthy", instance.isHealthy)
    writer.key("instanceId")
    writer.instanceID(instance, in: service)
    writer.key("metadata")
    writer.metadata(instance.metadata)
    writer.endObject()
    return writer.bytes
  }

  /// 1.1.7: what a beat of an instance that is known is told. `beatInterval` in milliseconds.
  public static func beat(interval: Int64, isLightEnabled: Bool) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("clientBeatInterval", interval)
    writer.member("code", 10_200)
    writer.member("lightBeatEnabled", isLightEnabled)
    writer.endObject()
    return writer.bytes
  }

  /// 1.1.7: what a light beat of a stranger is told.
  public static func beatOfStranger(interval: Int64) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("clientBeatInterval", interval)
    writer.member("code", 20_404)
    writer.endObject()
    return writer.bytes
  }

  /// 1.1.8: raw health of every instance.
  public static func statuses(of service: Service) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("ips")
    writer.beginArray()
    for instance in service.instances { writer.string("\(instance.address.hostAndPort)_\(instance.isHealthy)") }
    writer.endArray()
    writer.endObject()
    return writer.bytes
  }

  /// 1.1.9
  public static func updated(_ addresses: [InstanceAddress]) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("updated")
    writer.beginArray()
    for address in addresses {
      writer.string("\(InstanceText.datumKey(address)):\(address.isEphemeral ? "ephemeral" : "persist")")
    }
    writer.endArray()
    writer.endObject()
    return writer.bytes
  }
}
