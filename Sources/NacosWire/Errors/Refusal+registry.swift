public import RegistryModel

extension Refusal {
  /// What the registry's refusal of `action` is on the wire: the same reason has other words at other endpoints.
  public init(_ error: RegistryError, of action: Action) {
    self = Self.endpointWords(error, action) ?? Self.commonWords(error)
  }

  /// What is the same at every endpoint.
  public init(_ error: RegistryError) { self = Self.commonWords(error) }

  private static func endpointWords(_ error: RegistryError, _ action: Action) -> Refusal? {
    switch (error, action) {
    case (.serviceNotFound(let key), .updateService): .failed("service \(key.grouped) not found!")
    case (.serviceNotFound(let key), .removeService):
      .illegal("specified service not exist, serviceName : \(key.grouped)")
    case (.serviceNotFound(let key), .setCluster): .failed("service not found:\(key.grouped)")
    case (.serviceNotFound, .patch): .illegal("instance not found")
    case (.instanceNotFound(_, let address), .update(let registration, _)):
      .failed("instance not exist: \(InstanceText.line(address, registration))")
    default: nil
    }
  }

  private static func commonWords(_ error: RegistryError) -> Refusal {
    switch error {
    case .serviceNotFound(let key):
      .failed("service not found, namespace: \(key.namespace), service: \(key.grouped)")
    case .serviceExists(let key): .illegal("specified service already exists, serviceName : \(key.grouped)")
    case .clusterNotFound(_, let cluster): .failed("cluster \(cluster) is not found!")
    case .instanceNotFound: .illegal("instance not found")
    case .illegalServiceName(let name):
      .illegal("dom name can only have these characters: 0-9a-zA-Z-._:, current: \(name)")
    case .illegalClusterName(let name):
      .illegal("cluster name can only have these characters: 0-9a-zA-Z-, current: \(name)")
    case .illegalWeight: .failed("instance format invalid: The weights range from 0.0 to 10000.0")
    case .checkerStillWorking(let key): .illegal("health check is still working, service: \(key.grouped)")
    case .illegalNamespace, .namespaceExists, .namespaceNotFound, .illegalPort, .illegalHost, .illegalValue, .limit,
      .switchRefused, .notSupported:
      .illegal(error.description)
    case .storeFailed: .failed(error.description)
    case .unavailable: Refusal(status: 503, causes: [error.description])
    }
  }
}

/// How Nacos names instances in texts (naming-server-v1 2.4, "Identities").
enum InstanceText {
  /// `ip:port:unknown:cluster`, without the port where there is none.
  static func datumKey(_ address: InstanceAddress) -> String {
    address.port > 0
      ? "\(address.ip):\(address.port):unknown:\(address.cluster)" : "\(address.ip):unknown:\(address.cluster)"
  }

  /// `datumKey_weight_healthy_marked_cluster`.
  static func line(_ address: InstanceAddress, weight: Double, isHealthy: Bool) -> String {
    var bytes: [UInt8] = []
    bytes.appendLine(address, weight: weight, isHealthy: isHealthy)
    return String(decoding: bytes, as: UTF8.self)
  }

  static func line(_ address: InstanceAddress, _ registration: Registration) -> String {
    line(address, weight: registration.weight, isHealthy: registration.isHealthy)
  }
}
