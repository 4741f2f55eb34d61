/// One instance of a service: what its client says, the operator's overlay, and the health the registry decided.
/// `weight`, `isEnabled` and `metadata` are what subscribers are told: the overlay over the client's values.
///
/// There may be millions, so it is packed into 48 bytes: what most share (cluster, app and weight, metadata) and what few
/// have (overlay, mark, number) is behind references, and address, port and times take the bits that they need.
public struct Instance: Sendable {
  // In an order that leaves no gaps.
  private var host: Host
  private(set) var traits: Traits
  public var registeredMetadata: Metadata
  private var packedRegisteredAt: PackedTime
  private var port: UInt16
  private var packedHealthChangedAt: PackedTime
  private var flags: Flags
  /// Where the engine keeps this instance's beats; stable while the instance lives, meaningless elsewhere, and no part of
  /// what makes two instances equal.
  public var vitalSlot: UInt32
  public private(set) var keyHash: UInt32

  /// A port that is none is brought to the nearest one; the engine refuses such before.
  public init(
    address: InstanceAddress, weight: Double = 1, isEnabled: Bool = true, isHealthy: Bool = true,
    metadata: Metadata = Metadata(), app: String? = nil, registeredAt: WallTime, vitalSlot: UInt32 = 0
  ) {
    host = Host(address.ip)
    traits = Traits.of(cluster: address.cluster, app: app, weight: weight)
    registeredMetadata = metadata
    packedRegisteredAt = PackedTime(registeredAt)
    packedHealthChangedAt = packedRegisteredAt
    self.vitalSlot = vitalSlot
    port = UInt16(clamping: address.port)
    keyHash = Self.keyHash(of: address)
    flags = []
    flags.set(.ephemeral, address.isEphemeral)
    flags.set(.enabled, isEnabled)
    flags.set(.healthy, isHealthy)
  }

  public var address: InstanceAddress {
    get { InstanceAddress(cluster: cluster, ip: ip, port: Int(port), isEphemeral: isEphemeral) }
    set {
      host = Host(newValue.ip)
      port = UInt16(clamping: newValue.port)
      keyHash = Self.keyHash(of: newValue)
      flags.set(.ephemeral, newValue.isEphemeral)
      if !newValue.cluster.hasBytes(of: cluster) { traits = traits.with(cluster: newValue.cluster) }
    }
  }

  public var ip: String { host.text }
  public var cluster: String { traits.cluster }

  /// Absent where a beat registered the instance (naming-server-v1 1.3.2).
  public var app: String? {
    get { traits.app }
    set { if newValue != traits.app { traits = traits.with(app: newValue) } }
  }

  public var registeredWeight: Double {
    get { traits.weight }
    set { if newValue != traits.weight { traits = traits.with(weight: newValue) } }
  }

  public var registeredAt: WallTime {
    get { packedRegisteredAt.time }
    set { packedRegisteredAt = PackedTime(newValue) }
  }

  public var healthChangedAt: WallTime {
    get { packedHealthChangedAt.time }
    set { packedHealthChangedAt = PackedTime(newValue) }
  }

  public var registeredEnabled: Bool {
    get { flags.contains(.enabled) }
    set { flags.set(.enabled, newValue) }
  }

  /// The registry's word: beats, probes or an operator decide it, a registration only at first.
  public var isHealthy: Bool {
    get { flags.contains(.healthy) }
    set { flags.set(.healthy, newValue) }
  }

  public var isEphemeral: Bool { flags.contains(.ephemeral) }

  public var overlay: Overlay? {
    get { extras?.overlay }
    set { change { $0.overlay = newValue?.isEmpty == true ? nil : newValue } }
  }

  public var mark: Mark? {
    get { extras?.mark }
    set { change { $0.mark = newValue } }
  }

  /// The id of an instance whose metadata asks for the `snowflake` generator (naming-server-v1 2.4); nil: the simple id.
  public var numberedID: Int? {
    get { extras?.numberedID }
    set { change { $0.numberedID = newValue } }
  }

  /// Nearly every instance has none, which its flags say without a look behind the reference.
  private var extras: Extras? { flags.contains(.extras) ? traits.extras?.values : nil }

  private mutating func change(_ body: (inout Extras) -> Void) {
    let old = extras ?? Extras()
    var new = old
    body(&new)
    if new == old { return }
    traits = traits.with(extras: new)
    flags.set(.extras, !new.isEmpty)
  }

  /// Lets what most share be a copy that is known.
  mutating func share(_ known: Traits) { traits = known }
}

extension Instance {
  public var weight: Double { overlay?.weight ?? registeredWeight }
  public var isEnabled: Bool { overlay?.isEnabled ?? registeredEnabled }
  public var metadata: Metadata { overlay.map { registeredMetadata.applying($0.metadata) } ?? registeredMetadata }
  /// Whether clients that ask for healthy instances get it (protection aside).
  public var isServing: Bool { isHealthy && isEnabled }

  /// The instance id on the wire, `ip#port#cluster#group@@service` or a number.
  public func id(in service: ServiceKey) -> String {
    numberedID.map(String.init) ?? "\(ip)#\(port)#\(cluster)#\(service.grouped)"
  }
}

extension Instance: Keyed {
  public var key: InstanceAddress { address }

  public static func hasKey(_ instance: UnsafePointer<Instance>, _ key: InstanceAddress, hash: UInt64) -> Bool {
    instance.pointee.keyHash == UInt32(truncatingIfNeeded: hash) && Int32(instance.pointee.port) == key.port
      && instance.pointee.isEphemeral == key.isEphemeral && instance.pointee.host.hasBytes(of: key.ip)
      && instance.pointee.traits.cluster.hasBytes(of: key.cluster)
  }

  public static func hasKey(_ instance: UnsafePointer<Instance>, of other: borrowing Instance) -> Bool {
    instance.pointee.keyHash == other.keyHash && instance.pointee.port == other.port
      && instance.pointee.isEphemeral == other.isEphemeral && instance.pointee.host == other.host
      && instance.pointee.traits.cluster.hasBytes(of: other.traits.cluster)
  }

  public static func stableHash(of key: InstanceAddress) -> UInt64 {
    var hasher = StableHasher()
    hasher.combine(key.ip)
    hasher.combine(number: UInt64(UInt32(bitPattern: key.port)) << 1 | (key.isEphemeral ? 1 : 0))
    hasher.combine(key.cluster)
    return hasher.finish()
  }
}

extension Instance: Hashable {
  public static func == (left: Instance, right: Instance) -> Bool {
    left.port == right.port && left.flags == right.flags && left.packedRegisteredAt == right.packedRegisteredAt
      && left.packedHealthChangedAt == right.packedHealthChangedAt && left.host == right.host
      && left.traits == right.traits && left.registeredMetadata == right.registeredMetadata
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(keyHash)
    hasher.combine(flags.rawValue)
    hasher.combine(registeredWeight)
    hasher.combine(registeredMetadata)
  }
}

extension Instance: Codable {
  private enum CodingKeys: String, CodingKey {
    case address, weight, metadata, enabled, healthy, app, registeredAt, healthChangedAt, overlay, mark, numberedID
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      address: try container.decode(InstanceAddress.self, forKey: .address),
      weight: try container.decode(Double.self, forKey: .weight),
      isEnabled: try container.decode(Bool.self, forKey: .enabled),
      isHealthy: try container.decode(Bool.self, forKey: .healthy),
      metadata: try container.decode(Metadata.self, forKey: .metadata),
      app: try container.decodeIfPresent(String.self, forKey: .app),
      registeredAt: try container.decode(WallTime.self, forKey: .registeredAt))
    healthChangedAt = try container.decode(WallTime.self, forKey: .healthChangedAt)
    overlay = try container.decodeIfPresent(Overlay.self, forKey: .overlay)
    mark = try container.decodeIfPresent(Mark.self, forKey: .mark)
    numberedID = try container.decodeIfPresent(Int.self, forKey: .numberedID)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(address, forKey: .address)
    try container.encode(registeredWeight, forKey: .weight)
    try container.encode(registeredMetadata, forKey: .metadata)
    try container.encode(registeredEnabled, forKey: .enabled)
    try container.encode(isHealthy, forKey: .healthy)
    try container.encodeIfPresent(app, forKey: .app)
    try container.encode(registeredAt, forKey: .registeredAt)
    try container.encode(healthChangedAt, forKey: .healthChangedAt)
    try container.encodeIfPresent(overlay, forKey: .overlay)
    try container.encodeIfPresent(mark, forKey: .mark)
    try container.encodeIfPresent(numberedID, forKey: .numberedID)
  }
}
