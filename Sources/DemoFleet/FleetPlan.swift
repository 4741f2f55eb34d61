public import RegistryModel

/// Who is in the fleet before anything happens to it: drawn once from the seed.
public struct FleetPlan: Sendable {
  public struct Member: Sendable {
    public var service: Int
    public var address: InstanceAddress
    public var metadata: Metadata
    /// Milliseconds into the beat interval at which it beats.
    public var phase: Int64
  }

  public struct PlannedService: Sendable {
    public var key: ServiceKey
    public var settings: ServiceSettings
    /// Indices of `members`.
    public var members: Range<Int>
  }

  /// One client process: a UDP socket that subscribes to several services.
  public struct Consumer: Sendable {
    public var agent: String
    public var app: String
    /// Indices of `services`.
    public var services: [Int]
    /// One that is never heard of again: a firewall eats what is sent to it.
    public var isDeaf: Bool
  }

  public internal(set) var namespaces: [Namespace] = []
  public internal(set) var services: [PlannedService] = []
  public internal(set) var members: [Member] = []
  public internal(set) var consumers: [Consumer] = []

  static let serviceCount = 1_200
  static let memberCount = 18_000
  static let subscriptionCount = 6_000
  static let consumerCount = 300
  /// The network that fails.
  static let lostNetwork = "10.8.3."

  public init(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    namespaces = FleetNames.namespaces.dropFirst().map {
      Namespace(id: $0.id, name: $0.name, about: $0.about, createdAt: WallTime(milliseconds: 0))
    }
    planStars(&random)
    planCrowd(&random)
    planConsumers(&random)
  }

  /// Index of a service by namespace and name; the stars of the script are always there.
  func service(_ namespace: String, _ name: String) -> Int? {
    services.firstIndex { $0.key.namespace == namespace && $0.key.name == name }
  }

  /// The services that the script is about, at fixed sizes and places.
  private mutating func planStars(_ random: inout SeededRandom) {
    let stars: [(namespace: String, group: String, name: String, lost: Int, sound: Int, threshold: Float, persistent: Bool)] = [
      ("public", "DEFAULT_GROUP", "order-core", 12, 0, 0, true), ("public", "PAY", "pay-gateway", 4, 0, 0, true),
      ("public", "DEFAULT_GROUP", "inventory", 9, 13, 0.8, true), ("public", "DEFAULT_GROUP", "price", 4, 2, 0.5, true),
      ("public", "DEFAULT_GROUP", "user-profile", 2, 38, 0, true), ("search", "DEFAULT_GROUP", "suggest", 1, 7, 0, true),
      ("risk", "RISK", "rule-engine", 3, 0, 0, false), ("public", "DEFAULT_GROUP", "cart", 0, 4, 0.3, false),
      ("public", "DEFAULT_GROUP", "invoice-legacy", 0, 2, 0, false), ("public", "DEFAULT_GROUP", "checkout", 0, 10, 0, false),
      ("lgs", "DEFAULT_GROUP", "route-planner", 0, 6, 0, false), ("kaifa", "DEFAULT_GROUP", "demo-order", 0, 3, 0, false),
    ]
    for star in stars {
      let first = members.count
      for number in 0..<(star.lost + star.sound) {
        let host = number < star.lost ? "\(Self.lostNetwork)\(14 + number)" : "10.8.1.\(30 + number)"
        addMember(
          host: host, port: 8080, zone: number < star.lost ? "b" : random.pick(FleetNames.zones), version: "1.8.4",
          isEphemeral: !star.persistent, &random)
      }
      services.append(
        PlannedService(
          key: ServiceKey(namespace: star.namespace, group: star.group, name: star.name),
          settings: ServiceSettings(
            protectThreshold: star.threshold, metadata: ["owner": "\(star.name)-team", "tier": "1"], isDeclared: true),
          members: first..<members.count))
    }
  }

  private mutating func planCrowd(_ random: inout SeededRandom) {
    var taken = Set(services.map(\.key))
    let shares = FleetNames.namespaces.flatMap { Array(repeating: $0.id, count: $0.share) }
    while services.count < Self.serviceCount {
      let name = "\(random.pick(FleetNames.domains))-\(random.pick(FleetNames.roles))"
      let key = ServiceKey(namespace: random.pick(shares), group: random.pick(FleetNames.groups), name: name)
      guard taken.insert(key).inserted else { continue }
      let left = Self.memberCount - members.count
      let mean = left / (Self.serviceCount - services.count)
      let size = random.chance(8) ? mean * 4 + random.below(mean * 2 + 1) : random.below(mean + mean / 2 + 1)
      let first = members.count
      let version = random.pick(FleetNames.versions)
      for _ in 0..<min(left, max(random.chance(2) ? 0 : 1, size)) {
        let host = "10.\(8 + random.below(3)).\(4 + random.below(60)).\(10 + random.below(200))"
        addMember(
          host: host, port: 8080 + random.below(40), zone: random.pick(FleetNames.zones), version: version, isEphemeral: true,
          &random)
      }
      services.append(
        PlannedService(
          key: key,
          settings: ServiceSettings(
            protectThreshold: random.chance(15) ? 0.3 : 0, isDeclared: random.chance(30) || first == members.count),
          members: first..<members.count))
    }
  }

  private mutating func addMember(
    host: String, port: Int, zone: String, version: String, isEphemeral: Bool, _ random: inout SeededRandom
  ) {
    members.append(
      Member(
        service: services.count, address: InstanceAddress(ip: host, port: port, isEphemeral: isEphemeral),
        metadata: ["version": version, "zone": zone, PreservedKey.registerSource: "SPRING_CLOUD"],
        phase: Int64(random.below(Int(InstanceTiming.defaultBeatInterval)))))
  }

  /// The stars have many subscribers, the crowd few.
  private mutating func planConsumers(_ random: inout SeededRandom) {
    let perConsumer = Self.subscriptionCount / Self.consumerCount
    for number in 0..<Self.consumerCount {
      var wanted: Set<Int> = []
      for star in 0..<12 where random.chance(star < 2 ? 60 : 25) { wanted.insert(star) }
      while wanted.count < perConsumer { wanted.insert(random.below(services.count)) }
      consumers.append(
        Consumer(
          agent: random.pick(FleetNames.agents), app: random.pick(FleetNames.apps), services: wanted.sorted(),
          isDeaf: number % 60 == 59))
    }
  }
}
