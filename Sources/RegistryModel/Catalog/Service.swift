/// A service as it stands: settings, clusters, instances and what follows from them.
public struct Service: Sendable {
  public let key: ServiceKey
  public let keyHash: UInt32
  public var settings: ServiceSettings
  /// In ascending order of names.
  public private(set) var clusters: [(name: String, settings: ClusterSettings)] = []
  public private(set) var instances = SharedMap<Instance>()
  public private(set) var counts = InstanceCounts()
  /// The last commit that changed what subscribers are told.
  public internal(set) var revision: Revision = 0
  public internal(set) var createdAt: WallTime
  public internal(set) var changedAt: WallTime
  public private(set) var state: ServiceState = .empty
  /// When `state` became what it is.
  public internal(set) var stateSince: WallTime
  /// How many instances there were before the last removals left none; 0 while there are some.
  public internal(set) var lostInstances = 0
  /// The most instances since the current run of losses began; what "was 3" is read from.
  private var peak = 0
  public internal(set) var subscribers = 0

  public init(key: ServiceKey, settings: ServiceSettings, at time: WallTime) {
    self.key = key
    keyHash = Self.keyHash(of: key)
    self.settings = settings
    createdAt = time
    changedAt = time
    stateSince = time
  }

  public var isProtected: Bool { counts.isProtected(by: settings.protectThreshold) }
  /// How many healthy hosts its subscribers are told of.
  public var seen: Int { counts.seen(with: settings.protectThreshold) }

  public func cluster(_ name: String) -> ClusterSettings? { clusters.first { $0.name == name }?.settings }

  /// Most services have just this; they share one copy of it.
  private static let usualClusters = [(name: InstanceAddress.defaultCluster, settings: ClusterSettings())]

  mutating func setCluster(_ name: String, _ settings: ClusterSettings?) {
    if clusters.isEmpty, name == InstanceAddress.defaultCluster, settings == ClusterSettings() {
      clusters = Self.usualClusters
      return
    }
    let index = clusters.firstIndex { $0.name >= name } ?? clusters.count
    let exists = index < clusters.count && clusters[index].name == name
    switch (exists, settings) {
    case (true, let settings?): clusters[index].settings = settings
    case (true, nil): clusters.remove(at: index)
    case (false, let settings?): clusters.insert((name, settings), at: index)
    case (false, nil): break
    }
  }

  /// Makes room for so many instances, where there are none yet.
  package mutating func expect(_ count: Int) {
    if instances.isEmpty { instances = SharedMap(expecting: count) }
  }

  /// Puts `instance` in, in place of the one at its address.
  mutating func put(_ instance: Instance) {
    if let old = instances.insert(instance) { counts.count(old, by: -1) }
    counts.count(instance, by: 1)
    lostInstances = 0
  }

  /// Takes out the instance at `address`; `wasLost` says that it fell silent rather than left.
  mutating func take(_ address: InstanceAddress, wasLost: Bool) {
    let before = counts.total
    guard let old = instances.remove(address) else { return }
    counts.count(old, by: -1)
    peak = wasLost ? max(peak, before) : 0
    lostInstances = counts.total == 0 ? peak : 0
    if counts.total == 0 { peak = 0 }
  }

  /// All but its instances: what a remote reader is sent first of a service that may have many.
  public var withoutInstances: Service {
    var service = self
    service.instances = SharedMap()
    service.counts = InstanceCounts()
    return service
  }

  /// Puts in instances of a service that is being put together from its parts. What it says of its past stays as it is.
  public mutating func restore(_ instances: some Sequence<Instance>) {
    let (lost, since) = (lostInstances, stateSince)
    for instance in instances { put(instance) }
    lostInstances = lost
    judge(at: since)
    stateSince = since
  }

  /// Judges anew; `stateSince` moves when the verdict does.
  mutating func judge(at time: WallTime) {
    let verdict = Self.verdict(counts: counts, threshold: settings.protectThreshold, lost: lostInstances)
    if verdict != state {
      state = verdict
      stateSince = time
    }
  }

  package static func verdict(counts: InstanceCounts, threshold: Float, lost: Int) -> ServiceState {
    if counts.total == 0 { return lost > 0 ? .gone : .empty }
    if counts.enabled == 0 { return .offline }
    if counts.serving == 0 { return .broken }
    if threshold > 0, counts.isProtected(by: threshold) { return .protected }
    return counts.serving < counts.enabled ? .degraded : .ok
  }
}

extension Service: Codable {
  private enum CodingKeys: String, CodingKey {
    case key, settings, clusterNames, clusterSettings, instances, revision, createdAt, changedAt, stateSince
    case lostInstances, peak, subscribers
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let created = try container.decode(WallTime.self, forKey: .createdAt)
    self.init(
      key: try container.decode(ServiceKey.self, forKey: .key),
      settings: try container.decode(ServiceSettings.self, forKey: .settings), at: created)
    let names = try container.decode([String].self, forKey: .clusterNames)
    let settings = try container.decode([ClusterSettings].self, forKey: .clusterSettings)
    for (name, settings) in zip(names, settings) { setCluster(name, settings) }
    for instance in try container.decode([Instance].self, forKey: .instances) { put(instance) }
    lostInstances = try container.decode(Int.self, forKey: .lostInstances)
    peak = try container.decode(Int.self, forKey: .peak)
    revision = try container.decode(Revision.self, forKey: .revision)
    changedAt = try container.decode(WallTime.self, forKey: .changedAt)
    subscribers = try container.decode(Int.self, forKey: .subscribers)
    judge(at: created)
    stateSince = try container.decode(WallTime.self, forKey: .stateSince)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(key, forKey: .key)
    try container.encode(settings, forKey: .settings)
    try container.encode(clusters.map(\.name), forKey: .clusterNames)
    try container.encode(clusters.map(\.settings), forKey: .clusterSettings)
    try container.encode(Array(instances), forKey: .instances)
    try container.encode(lostInstances, forKey: .lostInstances)
    try container.encode(peak, forKey: .peak)
    try container.encode(revision, forKey: .revision)
    try container.encode(createdAt, forKey: .createdAt)
    try container.encode(changedAt, forKey: .changedAt)
    try container.encode(stateSince, forKey: .stateSince)
    try container.encode(subscribers, forKey: .subscribers)
  }
}
