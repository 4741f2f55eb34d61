/// One instance of a service: what its client says, the operator's overlay, and the health the registry decided.
/// `weight`, `isEnabled` and `metadata` are what subscribers are told: the overlay over the client's values.
///
/// There may be millions, so it is packed into 72 bytes: what most share (cluster and app, metadata) and what few have
/// (overlay, mark, number) is behind references, and the port takes the 16 bits that a port has.
public struct Instance: Sendable {
  private var ip: String
  var placement: Placement
  public var registeredMetadata: Metadata
  public var registeredWeight: Double
  public var registeredAt: WallTime
  public var healthChangedAt: WallTime
  private var extras: ExtrasBox?
  /// Where the engine keeps this instance's beats; stable while the instance lives, meaningless elsewhere, and no part of
  /// what makes two instances equal.
  public var vitalSlot: UInt32
  private var port: UInt16
  private var flags: Flags

  /// A port that is none is brought to the nearest one; the engine refuses such before.
  public init(
    address: InstanceAddress, weight: Double = 1, isEnabled: Bool = true, isHealthy: Bool = true,
    metadata: Metadata = Metadata(), app: String? = nil, registeredAt: WallTime, vitalSlot: UInt32 = 0
  ) {
    ip = address.ip
    placement = Placement.of(cluster: address.cluster, app: app)
    registeredMetadata = metadata
    registeredWeight = weight
    self.registeredAt = registeredAt
    healthChangedAt = registeredAt
    extras = nil
    self.vitalSlot = vitalSlot
    port = UInt16(clamping: address.port)
    flags = []
    flags.set(.ephemeral, address.isEphemeral)
    flags.set(.enabled, isEnabled)
    flags.set(.healthy, isHealthy)
  }

  public var address: InstanceAddress {
    get { InstanceAddress(cluster: placement.cluster, ip: ip, port: Int(port), isEphemeral: isEphemeral) }
    set {
      ip = newValue.ip
      port = UInt16(clamping: newValue.port)
      flags.set(.ephemeral, newValue.isEphemeral)
      if newValue.cluster != placement.cluster { placement = .of(cluster: newValue.cluster, app: placement.app) }
    }
  }

  /// Absent where a beat registered the instance (naming-server-v1 1.3.2).
  public var app: String? {
    get { placement.app }
    set { if newValue != placement.app { placement = .of(cluster: placement.cluster, app: newValue) } }
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
    get { extras?.values.overlay }
    set { change { $0.overlay = newValue?.isEmpty == true ? nil : newValue } }
  }

  public var mark: Mark? {
    get { extras?.values.mark }
    set { change { $0.mark = newValue } }
  }

  /// The id of an instance whose metadata asks for the `snowflake` generator (naming-server-v1 2.4); nil: the simple id.
  public var numberedID: Int? {
    get { extras?.values.numberedID }
    set { change { $0.numberedID = newValue } }
  }

  private mutating func change(_ body: (inout Extras) -> Void) {
    var values = extras?.values ?? Extras()
    body(&values)
    extras = values.isEmpty ? nil : ExtrasBox(values)
  }
}

extension Instance {
  public var weight: Double { overlay?.weight ?? registeredWeight }
  public var isEnabled: Bool { overlay?.isEnabled ?? registeredEnabled }
  public var metadata: Metadata { overlay.map { registeredMetadata.applying($0.metadata) } ?? registeredMetadata }
  /// Whether clients that ask for healthy instances get it (protection aside).
  public var isServing: Bool { isHealthy && isEnabled }

  /// The instance id on the wire, `ip#port#cluster#group@@service` or a number.
  public func id(in service: ServiceKey) -> String {
    numberedID.map(String.init) ?? "\(ip)#\(port)#\(placement.cluster)#\(service.grouped)"
  }
}

extension Instance: Keyed {
  public var key: InstanceAddress { address }

  public static func hasKey(_ instance: UnsafePointer<Instance>, _ key: InstanceAddress, hash: UInt64) -> Bool {
    Int32(instance.pointee.port) == key.port && instance.pointee.flags.contains(.ephemeral) == key.isEphemeral
      && instance.pointee.ip.hasBytes(of: key.ip) && instance.pointee.placement.cluster.hasBytes(of: key.cluster)
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
    left.port == right.port && left.flags == right.flags && left.registeredWeight == right.registeredWeight
      && left.registeredAt == right.registeredAt && left.healthChangedAt == right.healthChangedAt && left.ip == right.ip
      && left.placement == right.placement && left.registeredMetadata == right.registeredMetadata
      && left.extras?.values == right.extras?.values
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(address)
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
