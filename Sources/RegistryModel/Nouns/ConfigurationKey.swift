/// What a configuration is found by (naming-client-v1 3.0). Two keys are the same only where their bytes are.
public struct ConfigurationKey: Sendable, Hashable, Codable {
  /// Empty for the public one.
  public var tenant: String
  public var group: String
  public var dataID: String

  public init(tenant: String = "", group: String, dataID: String) {
    self.tenant = tenant
    self.group = group
    self.dataID = dataID
  }

  public static func == (left: Self, right: Self) -> Bool {
    left.dataID.utf8.elementsEqual(right.dataID.utf8) && left.group.utf8.elementsEqual(right.group.utf8)
      && left.tenant.utf8.elementsEqual(right.tenant.utf8)
  }

  public func hash(into hasher: inout Hasher) {
    for part in [dataID, group, tenant] {
      for byte in part.utf8 { hasher.combine(byte) }
      hasher.combine(UInt8(0xff))
    }
  }
}

/// A key that somebody listens to, and the digest of what they have: empty where they have nothing.
public struct ConfigurationInterest: Sendable, Hashable {
  public var key: ConfigurationKey
  public var md5: String

  public init(_ key: ConfigurationKey, md5: String) {
    self.key = key
    self.md5 = md5
  }
}
