/// Why the registry refused. The texts of the Nacos wire are made from these elsewhere.
public enum RegistryError: Error, Hashable, Sendable, Codable {
  case serviceNotFound(ServiceKey)
  case serviceExists(ServiceKey)
  case clusterNotFound(ServiceKey, cluster: String)
  case instanceNotFound(ServiceKey, InstanceAddress)
  case illegalServiceName(String)
  case illegalClusterName(String)
  case illegalNamespace(String)
  case namespaceExists(String)
  case namespaceNotFound(String)
  case illegalWeight(Double)
  case illegalPort(Int)
  case illegalHost(String)
  /// A value is not what it must be; `why` is a sentence for people.
  case illegalValue(field: String, why: String)
  /// A bound of `Limits` is reached.
  case limit(what: String, most: Int)
  /// Health is the checker's business in this cluster.
  case checkerStillWorking(ServiceKey)
  /// A switch does not exist or its value is out of bounds; the text is for people.
  case switchRefused(String)
  /// This session cannot do it, and why.
  case notSupported(String)
  /// The store did not take it: disk full, read-only, failing. Nothing was changed.
  case storeFailed(String)
  /// The registry cannot be reached, or is stopping.
  case unavailable(String)
}

extension RegistryError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .serviceNotFound(let key): "service \(key.grouped) not found in namespace \(key.namespace)"
    case .serviceExists(let key): "service \(key.grouped) already exists in namespace \(key.namespace)"
    case .clusterNotFound(let key, let cluster): "cluster \(cluster) not found in service \(key.grouped)"
    case .instanceNotFound(let key, let address): "instance \(address.hostAndPort) not found in service \(key.grouped)"
    case .illegalServiceName(let name): "a service name has only letters, digits and -._:@ : \(name)"
    case .illegalClusterName(let name): "a cluster name has only letters, digits and - : \(name)"
    case .illegalNamespace(let id): "a namespace id has only letters, digits, _ and - : \(id)"
    case .namespaceExists(let id): "namespace \(id) already exists"
    case .namespaceNotFound(let id): "namespace \(id) not found"
    case .illegalWeight(let weight): "weight \(weight) is not between 0 and 10000"
    case .illegalPort(let port): "port \(port) is not between 0 and 65535"
    case .illegalHost(let host): "not a host: \(host)"
    case .illegalValue(let field, let why): "\(field): \(why)"
    case .limit(let what, let most): "at most \(most) \(what)"
    case .checkerStillWorking(let key): "health of \(key.grouped) is decided by its checker"
    case .switchRefused(let why): why
    case .notSupported(let why): why
    case .storeFailed(let why): "not stored: \(why)"
    case .unavailable(let why): why
    }
  }
}
