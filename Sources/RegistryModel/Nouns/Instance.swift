/// One instance of a service: what its client says, the operator's overlay, and the health the registry decided.
/// `weight`, `isEnabled` and `metadata` are what subscribers are told: the overlay over the client's values.
public struct Instance: Sendable, Hashable, Codable {
  /// What few instances have, kept out of the many that do not.
  private struct Extras: Sendable, Hashable, Codable {
    var overlay: Overlay?
    var mark: Mark?
    var numberedID: Int?

    var isEmpty: Bool { overlay == nil && mark == nil && numberedID == nil }
  }

  private final class Box: Sendable, Hashable, Codable {
    let extras: Extras
    init(_ extras: Extras) { self.extras = extras }
    static func == (left: Box, right: Box) -> Bool { left.extras == right.extras }
    func hash(into hasher: inout Hasher) { hasher.combine(extras) }
  }

  public var address: InstanceAddress
  public var registeredWeight: Double
  public var registeredMetadata: Metadata
  public var registeredEnabled: Bool
  /// The registry's word: beats, probes or an operator decide it, a registration only at first.
  public var isHealthy: Bool
  /// Where the engine keeps this instance's beats; stable while the instance lives, meaningless elsewhere.
  public var vitalSlot: UInt32
  /// Absent where a beat registered the instance (naming-server-v1 1.3.2).
  public var app: String?
  public var registeredAt: WallTime
  public var healthChangedAt: WallTime
  private var box: Box?

  public init(
    address: InstanceAddress, weight: Double = 1, isEnabled: Bool = true, isHealthy: Bool = true,
    metadata: Metadata = Metadata(), app: String? = nil, registeredAt: WallTime, vitalSlot: UInt32 = 0
  ) {
    self.address = address
    registeredWeight = weight
    registeredEnabled = isEnabled
    registeredMetadata = metadata
    self.isHealthy = isHealthy
    self.app = app
    self.registeredAt = registeredAt
    healthChangedAt = registeredAt
    self.vitalSlot = vitalSlot
  }

  public var overlay: Overlay? {
    get { box?.extras.overlay }
    set { change { $0.overlay = newValue?.isEmpty == true ? nil : newValue } }
  }

  public var mark: Mark? {
    get { box?.extras.mark }
    set { change { $0.mark = newValue } }
  }

  /// The id of an instance whose metadata asks for the `snowflake` generator (naming-server-v1 2.4); nil: the simple id.
  public var numberedID: Int? {
    get { box?.extras.numberedID }
    set { change { $0.numberedID = newValue } }
  }

  private mutating func change(_ body: (inout Extras) -> Void) {
    var extras = box?.extras ?? Extras()
    body(&extras)
    box = extras.isEmpty ? nil : Box(extras)
  }
}

extension Instance {
  public var weight: Double { overlay?.weight ?? registeredWeight }
  public var isEnabled: Bool { overlay?.isEnabled ?? registeredEnabled }
  public var metadata: Metadata { overlay.map { registeredMetadata.applying($0.metadata) } ?? registeredMetadata }
  public var isEphemeral: Bool { address.isEphemeral }
  /// Whether clients that ask for healthy instances get it (protection aside).
  public var isServing: Bool { isHealthy && isEnabled }

  /// The instance id on the wire, `ip#port#cluster#group@@service` or a number.
  public func id(in service: ServiceKey) -> String {
    numberedID.map(String.init) ?? "\(address.ip)#\(address.port)#\(address.cluster)#\(service.grouped)"
  }
}
