public import RegistryModel

/// The text of a service's list, and where in it the time of the answer stands: all of it but this time stays the same
/// as long as the service does.
public struct ServiceList: Sendable {
  public private(set) var bytes: [UInt8]
  /// The digits of `lastRefTime`; nil in an answer that has none.
  private var stamp: Range<Int>?
  /// How many hosts it names.
  public let hostCount: Int

  /// The list of a service that nobody knows: form A.
  public init(unknown key: ServiceKey, _ flavour: ListFlavour) {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("name", key.grouped)
    writer.member("clusters", flavour.clusters)
    writer.member("cacheMillis", flavour.cacheMillis)
    writer.key("hosts")
    writer.beginArray()
    writer.endArray()
    writer.endObject()
    bytes = writer.bytes
    hostCount = 0
  }

  /// Form C, or B when the clusters asked for have no instance. `checksum` is ``ServiceChecksum``'s.
  public init(_ service: Service, _ flavour: ListFlavour, checksum: String, at time: WallTime) {
    let candidates = ListCandidates(service, flavour)
    var writer = JSONWriter(capacity: 256 + candidates.count * 320)
    writer.beginObject()
    if candidates.count > 0 {
      hostCount = writer.hosts(candidates, of: service, flavour)
    } else {
      hostCount = 0
    }
    writer.member("dom", flavour.usesFullNames ? service.key.grouped : service.key.name)
    writer.member("name", service.key.grouped)
    writer.member("cacheMillis", flavour.cacheMillis)
    writer.key("lastRefTime")
    let start = writer.bytes.count
    writer.integer(time.milliseconds)
    stamp = start..<writer.bytes.count
    writer.member("checksum", checksum)
    writer.member("useSpecifiedURL", false)
    writer.member("clusters", flavour.clusters)
    writer.member("env", flavour.environment)
    if candidates.count == 0 {
      writer.key("hosts")
      writer.beginArray()
      writer.endArray()
    }
    writer.key("metadata")
    writer.metadata(service.settings.metadata)
    writer.endObject()
    bytes = writer.bytes
  }

  /// Says `time` as the time of the answer. The bytes are changed where they stand if nobody else holds them.
  public mutating func stamp(_ time: WallTime) {
    guard let range = stamp else { return }
    var rest = time.milliseconds.magnitude
    for index in range.reversed() {
      bytes[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    if rest > 0 || time.milliseconds < 0 || bytes[range.lowerBound] == UInt8(ascii: "0") { restamp(range, time) }
  }

  /// For a time that has another number of digits.
  private mutating func restamp(_ range: Range<Int>, _ time: WallTime) {
    let digits = Array(String(time.milliseconds).utf8)
    bytes.replaceSubrange(range, with: digits)
    stamp = range.lowerBound..<(range.lowerBound + digits.count)
  }
}

/// The instances that a list is chosen from, and whether protection makes all of them healthy.
struct ListCandidates {
  let clusters: [String]?
  private(set) var count = 0
  private var healthy = 0
  let isProtected: Bool

  init(_ service: Service, _ flavour: ListFlavour) {
    clusters = flavour.clusterNames
    if let clusters {
      for instance in service.instances where clusters.contains(instance.address.cluster) {
        count += 1
        if instance.isHealthy { healthy += 1 }
      }
    } else {
      count = service.counts.total
      healthy = service.counts.healthy
    }
    isProtected = count > 0 && Float(healthy) / Float(count) <= service.settings.protectThreshold
  }

  var hasUnhealthy: Bool { !isProtected && healthy < count }

  func contains(_ instance: Instance) -> Bool { clusters?.contains(instance.address.cluster) ?? true }
}

extension JSONWriter {
  /// The unhealthy bucket first, then the healthy one. How many hosts were written.
  fileprivate mutating func hosts(_ candidates: ListCandidates, of service: Service, _ flavour: ListFlavour) -> Int {
    let name = flavour.usesFullNames ? service.key.grouped : service.key.name
    var written = 0
    key("hosts")
    beginArray()
    if candidates.hasUnhealthy, !flavour.isHealthyOnly {
      for instance in service.instances where !instance.isHealthy && instance.isEnabled && candidates.contains(instance) {
        host(instance, of: service, name: name, isHealthy: false)
        written += 1
      }
    }
    for instance in service.instances
    where (instance.isHealthy || candidates.isProtected) && instance.isEnabled && candidates.contains(instance) {
      host(instance, of: service, name: name, isHealthy: true)
      written += 1
    }
    endArray()
    return written
  }

  private mutating func host(_ instance: Instance, of service: Service, name: String, isHealthy: Bool) {
    beginObject()
    member("ip", instance.address.ip)
    member("port", instance.address.port)
    member("valid", isHealthy)
    member("healthy", isHealthy)
    member("marked", false)
    key("instanceId")
    instanceID(instance, in: service.key)
    key("metadata")
    metadata(instance.metadata)
    member("enabled", true)
    member("weight", instance.weight)
    member("clusterName", instance.address.cluster)
    member("serviceName", name)
    member("ephemeral", instance.isEphemeral)
    endObject()
  }

  /// `ip#port#cluster#group@@service`, or a number, as a text either way.
  mutating func instanceID(_ instance: Instance, in service: ServiceKey) { string(instance.id(in: service)) }

  mutating func metadata(_ metadata: Metadata) {
    beginObject()
    for (key, value) in metadata.pairs { member(key, value) }
    endObject()
  }
}
