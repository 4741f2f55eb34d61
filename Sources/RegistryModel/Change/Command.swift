/// A wish that the registry changes: all that wants something comes as one of these.
public struct Command: Hashable, Sendable, Codable {
  public var action: Action
  public var origin: Origin
  public var reason: String?

  public init(_ action: Action, by origin: Origin, reason: String? = nil) {
    self.action = action
    self.origin = origin
    self.reason = reason
  }
}

/// Each is one reference: a command goes through many hands, and the largest of these has three hundred bytes.
public indirect enum Action: Hashable, Sendable, Codable {
  // What clients and scripts cause.

  /// Registers, or replaces what the client said before (naming-server-v1 1.1.1). Creates service and cluster.
  case register(Registration)
  /// Removes; nothing there is no error (1.1.2).
  case deregister(InstanceKey)
  /// As `register`, but with `isStrict` a missing service or instance is an error (1.1.3). Also settles the fields of an
  /// operator's overlay that it names: the last writer wins.
  case update(Registration, isStrict: Bool)
  /// Changes some fields of the instance of either kind at this place (1.1.4). Settles the overlay likewise.
  case patch(ServiceKey, cluster: String, ip: String, port: Int, InstancePatch)
  /// Sets (`isRemoval` false) or removes metadata keys of several instances (1.1.9).
  case patchMetadata(ServiceKey, BatchSelection, Metadata, isRemoval: Bool)
  /// Health by hand, where no checker decides it (1.5.2); for the first instance at this place.
  case setHealth(ServiceKey, cluster: String, ip: String, port: Int, isHealthy: Bool)
  /// Health of a persistent instance as its probes have it (3.7); taken from `Origin.probe` alone.
  case probed(InstanceKey, isHealthy: Bool)
  case createService(ServiceKey, ServiceSettings)
  case updateService(ServiceKey, ServiceSettings)
  case removeService(ServiceKey)
  case setCluster(ServiceKey, name: String, ClusterSettings)
  case createNamespace(id: String, name: String, about: String)
  case updateNamespace(id: String, name: String, about: String)
  case removeNamespace(id: String)
  /// An entry of 6.2 with its text value.
  case setSwitch(entry: String, value: String)
  /// The entry `batch` of 6.2: every switch at once, what is not said at its default.
  case replaceSwitches(Switches)

  // What an operator does at the console.

  /// Changes the overlay of one instance.
  case operate(InstanceKey, OverlayChange)
  /// Sets the mark, or with nil removes it.
  case mark(InstanceKey, text: String?)
}

/// What a client says of itself.
public struct Registration: Hashable, Sendable, Codable {
  public var key: InstanceKey
  public var weight: Double
  public var isEnabled: Bool
  /// Taken for a new instance only; a running one keeps the health it has (naming-server-v1 3.4).
  public var isHealthy: Bool
  public var metadata: Metadata
  public var app: String?

  public init(
    key: InstanceKey, weight: Double = 1, isEnabled: Bool = true, isHealthy: Bool = true, metadata: Metadata = Metadata(),
    app: String? = "DEFAULT"
  ) {
    self.key = key
    self.weight = weight
    self.isEnabled = isEnabled
    self.isHealthy = isHealthy
    self.metadata = metadata
    self.app = app
  }
}

/// Fields to change; nil leaves one as it is.
public struct InstancePatch: Hashable, Sendable, Codable {
  public var weight: Double?
  public var isEnabled: Bool?
  public var isHealthy: Bool?
  /// Replaces the whole map.
  public var metadata: Metadata?
  public var app: String?

  public init(
    weight: Double? = nil, isEnabled: Bool? = nil, isHealthy: Bool? = nil, metadata: Metadata? = nil, app: String? = nil
  ) {
    self.weight = weight
    self.isEnabled = isEnabled
    self.isHealthy = isHealthy
    self.metadata = metadata
    self.app = app
  }
}

/// Which instances of a service a metadata batch is for.
public enum BatchSelection: Hashable, Sendable, Codable {
  case allEphemeral
  case allPersistent
  case these([InstanceAddress])
}

/// What an operator wants of an instance's overlay.
public enum OverlayChange: Hashable, Sendable, Codable {
  case setWeight(Double)
  case setEnabled(Bool)
  /// Keys with a value are set, keys with nil are removed.
  case setMetadata([String: String?])
  /// Back to what the client says, in every field.
  case clear
}

/// That the registry took a command, and what it was.
public struct Receipt: Hashable, Sendable, Codable {
  /// The commit it became; the revision before it when nothing had to change.
  public var revision: Revision
  public var didChange: Bool
  /// The instances that a batch changed.
  public var touched: [InstanceAddress]

  public init(revision: Revision, didChange: Bool, touched: [InstanceAddress] = []) {
    self.revision = revision
    self.didChange = didChange
    self.touched = touched
  }
}
