/// Where an instance stands inside its service. An ephemeral and a persistent instance may share cluster, ip and port
/// (naming-server-v1 2.1), so the kind is part of the identity.
public struct InstanceAddress: Hashable, Sendable, Codable, Comparable {
  public static let defaultCluster = "DEFAULT"

  public var cluster: String
  /// An IP address or a host name, free text on the wire (naming-server-v1 1.1).
  public var ip: String
  public var port: Int32
  public var isEphemeral: Bool

  public init(cluster: String = InstanceAddress.defaultCluster, ip: String, port: Int, isEphemeral: Bool = true) {
    self.cluster = cluster
    self.ip = ip
    self.port = Int32(clamping: port)
    self.isEphemeral = isEphemeral
  }

  /// `ip:port`, as operators write it.
  public var hostAndPort: String { "\(ip):\(port)" }

  public static func == (left: InstanceAddress, right: InstanceAddress) -> Bool {
    left.port == right.port && left.isEphemeral == right.isEphemeral && left.ip.hasBytes(of: right.ip)
      && left.cluster.hasBytes(of: right.cluster)
  }

  public static func < (left: InstanceAddress, right: InstanceAddress) -> Bool {
    if left.ip != right.ip { return left.ip < right.ip }
    if left.port != right.port { return left.port < right.port }
    if left.cluster != right.cluster { return left.cluster < right.cluster }
    return left.isEphemeral && !right.isEphemeral
  }
}

/// Which instance, in the whole registry.
public struct InstanceKey: Hashable, Sendable, Codable, Comparable {
  public var service: ServiceKey
  public var address: InstanceAddress

  public init(service: ServiceKey, address: InstanceAddress) {
    self.service = service
    self.address = address
  }

  public static func < (left: InstanceKey, right: InstanceKey) -> Bool {
    left.service != right.service ? left.service < right.service : left.address < right.address
  }
}
