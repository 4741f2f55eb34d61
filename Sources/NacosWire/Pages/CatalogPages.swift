public import RegistryModel

/// What the web console reads (naming-server-v1 1.3).
public enum CatalogPages {
  /// 1.3.1
  public static func service(_ service: Service) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("service")
    writer.beginObject()
    writer.member("name", service.key.name)
    writer.member("protectThreshold", service.settings.protectThreshold)
    writer.member("groupName", service.key.group)
    writer.key("selector")
    writer.selector(service.settings.selector)
    writer.key("metadata")
    writer.metadata(service.settings.metadata)
    writer.endObject()
    writer.key("clusters")
    writer.beginArray()
    let used = Set(service.instances.lazy.map(\.address.cluster))
    for (name, settings) in service.clusters {
      writer.catalogCluster(name, settings, of: service.key, isEmpty: !used.contains(name))
    }
    writer.endArray()
    writer.endObject()
    return writer.bytes
  }

  /// 1.3.2: a page of a cluster's instances and how many there are in all.
  public static func instances(
    _ instances: some Sequence<(instance: Instance, lastBeat: WallTime)>, of service: ServiceKey, total: Int
  ) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("list")
    writer.beginArray()
    for (instance, lastBeat) in instances { writer.catalogInstance(instance, lastBeat: lastBeat, of: service) }
    writer.endArray()
    writer.member("count", total)
    writer.endObject()
    return writer.bytes
  }

  /// 1.3.3 without instances: a page of services and how many match, which is 0 when the page is empty.
  public static func services(_ services: [Service], total: Int) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("serviceList")
    writer.beginArray()
    for service in services {
      let counts = service.counts
      writer.beginObject()
      writer.member("name", service.key.name)
      writer.member("groupName", service.key.group)
      writer.member("clusterCount", service.clusters.count)
      writer.member("ipCount", counts.total)
      writer.member("healthyInstanceCount", counts.healthy)
      writer.member("triggerFlag", service.isProtected ? "true" : "false")
      writer.endObject()
    }
    writer.endArray()
    writer.member("count", services.isEmpty ? 0 : total)
    writer.endObject()
    return writer.bytes
  }

  /// 1.3.3 with instances.
  public static func servicesWithInstances(_ services: [Service]) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginArray()
    for service in services {
      writer.beginObject()
      writer.member("serviceName", service.key.name)
      writer.member("groupName", service.key.group)
      writer.key("clusterMap")
      writer.clusterMap(of: service)
      writer.key("metadata")
      writer.metadata(service.settings.metadata)
      writer.endObject()
    }
    writer.endArray()
    return writer.bytes
  }

  /// 1.3.4: how long probes of each cluster take, in milliseconds, and how often they come; Nacos' initial values where
  /// nothing was probed.
  public static func roundTrips(of service: Service, _ probed: [ClusterProbes]) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("clusters")
    writer.beginArray()
    for (name, _) in service.clusters {
      let probes = probed.first { $0.name == name }
      writer.beginObject()
      writer.member("name", name)
      writer.member("checkRTBest", probes?.best ?? Int64.max)
      writer.member("checkRTWorst", probes?.worst ?? 0)
      writer.member("checkRTNormalized", probes?.interval ?? 2_000)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    return writer.bytes
  }
}

extension JSONWriter {
  fileprivate mutating func catalogCluster(_ name: String, _ settings: ClusterSettings, of service: ServiceKey, isEmpty: Bool) {
    beginObject()
    member("serviceName", service.grouped)
    member("name", name)
    key("healthChecker")
    healthChecker(settings.checker)
    member("defaultPort", 80)
    member("defaultCheckPort", 80)
    member("useIPPort4Check", settings.usesInstancePort)
    key("metadata")
    metadata(settings.metadata)
    member("sitegroup", constant: "")
    member("defCkport", settings.checkPort)
    member("empty", isEmpty)
    member("defIPPort", settings.checkPort)
    endObject()
  }

  fileprivate mutating func catalogInstance(_ instance: Instance, lastBeat: WallTime, of service: ServiceKey) {
    let metadata = instance.metadata
    let timing = InstanceTiming(metadata)
    beginObject()
    key("instanceId")
    instanceID(instance, in: service)
    member("ip", instance.address.ip)
    member("port", instance.address.port)
    member("weight", instance.weight)
    member("healthy", instance.isHealthy)
    member("enabled", instance.isEnabled)
    member("ephemeral", instance.isEphemeral)
    member("clusterName", instance.address.cluster)
    member("serviceName", service.grouped)
    key("metadata")
    self.metadata(metadata)
    member("lastBeat", lastBeat.milliseconds)
    member("marked", false)
    if let app = instance.app { member("app", app) }
    // Nacos knows a default for an empty map only (2.5).
    let generator = metadata.isEmpty ? "simple" : metadata[PreservedKey.idGenerator]
    member("instanceHeartBeatInterval", timing.beatInterval ?? InstanceTiming.defaultBeatInterval)
    if let generator { member("instanceIdGenerator", generator) }
    member("instanceHeartBeatTimeOut", timing.beatTimeout)
    member("ipDeleteTimeout", timing.deleteTimeout)
    endObject()
  }

  fileprivate mutating func clusterMap(of service: Service) {
    let byCluster = Dictionary(grouping: service.instances, by: \.address.cluster)
    beginObject()
    for (name, _) in service.clusters {
      key(name)
      beginObject()
      key("hosts")
      beginArray()
      for instance in byCluster[name] ?? [] {
        beginObject()
        member("valid", instance.isHealthy)
        key("metadata")
        metadata(instance.metadata)
        member("port", instance.address.port)
        member("ip", instance.address.ip)
        member("weight", instance.weight)
        member("enabled", instance.isEnabled)
        endObject()
      }
      endArray()
      endObject()
    }
    endObject()
  }
}
