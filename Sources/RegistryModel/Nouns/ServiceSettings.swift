/// What is configured about a service, apart from its instances (naming-server-v1 2.2).
public struct ServiceSettings: Hashable, Sendable, Codable {
  public var protectThreshold: Float
  public var metadata: Metadata
  public var selector: Selector
  /// Whether somebody created it, by the API or an operator; services that registrations made by themselves are not.
  public var isDeclared: Bool

  public init(
    protectThreshold: Float = 0, metadata: Metadata = Metadata(), selector: Selector = .none, isDeclared: Bool = false
  ) {
    self.protectThreshold = protectThreshold
    self.metadata = metadata
    self.selector = selector
    self.isDeclared = isDeclared
  }
}

/// Which consumers see which instances (naming-server-v1 2.7). Without labels of hosts every instance passes.
public enum Selector: Hashable, Sendable, Codable {
  case none
  /// `labels` are those that the expression compares, in ascending order.
  case label(expression: String, labels: [String])
}

/// What is configured about a cluster of a service (naming-server-v1 2.3).
public struct ClusterSettings: Hashable, Sendable, Codable {
  public var checker: HealthChecker
  public var checkPort: Int32
  public var usesInstancePort: Bool
  public var metadata: Metadata

  public init(
    checker: HealthChecker = .tcp, checkPort: Int32 = 80, usesInstancePort: Bool = true, metadata: Metadata = Metadata()
  ) {
    self.checker = checker
    self.checkPort = checkPort
    self.usesInstancePort = usesInstancePort
    self.metadata = metadata
  }
}

/// How the persistent instances of a cluster are probed.
public enum HealthChecker: Hashable, Sendable, Codable {
  case tcp
  /// `headers` as written, `k:v|k:v`.
  case http(path: String, headers: String, expectedCode: Int)
  case mysql(user: String?, password: String?, command: String?)
  /// Nobody probes: health changes by hand alone.
  case none
}

/// A namespace that somebody created (naming-server-v1 1.10). Services may live in namespaces nobody created.
public struct Namespace: Hashable, Sendable, Codable {
  public var id: String
  public var name: String
  public var about: String
  public var createdAt: WallTime

  public init(id: String, name: String, about: String = "", createdAt: WallTime) {
    self.id = id
    self.name = name
    self.about = about
    self.createdAt = createdAt
  }
}
