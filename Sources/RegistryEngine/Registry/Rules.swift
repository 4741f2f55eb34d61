import RegistryModel

/// What names and values may be (naming-server-v1 1.1, 2.2, 2.3; bounds of `Limits`).
struct Rules: Sendable {
  let limits: Limits

  func check(_ key: ServiceKey) throws(RegistryError) {
    try checkNamespace(key.namespace)
    let name = key.grouped.utf8
    if name.count > limits.serviceNameBytes { throw .limit(what: "bytes in a service name", most: limits.serviceNameBytes) }
    if name.isEmpty || !name.allSatisfy(Self.isServiceByte) { throw .illegalServiceName(key.grouped) }
  }

  /// The wire knows no bad namespace; ours refuses what could pass for a path somewhere (reliability C1, R43).
  func checkNamespace(_ id: String) throws(RegistryError) {
    let bytes = id.utf8
    if bytes.count > limits.namespaceBytes { throw .limit(what: "bytes in a namespace id", most: limits.namespaceBytes) }
    let isPath = bytes.contains(UInt8(ascii: "/")) || bytes.contains(UInt8(ascii: "\\")) || id.hasPrefix("..")
    if bytes.isEmpty || isPath || bytes.contains(where: Self.isControl) { throw .illegalNamespace(id) }
  }

  /// A namespace that somebody creates has a stricter id than one that is merely used (1.10).
  func checkNewNamespace(_ id: String) throws(RegistryError) {
    let bytes = id.utf8
    let isLegal = !bytes.isEmpty && bytes.count <= min(128, limits.namespaceBytes) && bytes.allSatisfy(Self.isWordByte)
    if !isLegal { throw .illegalNamespace(id) }
  }

  func checkCluster(_ name: String) throws(RegistryError) {
    let most = limits.clusterNameBytes
    if name.utf8.count > most { throw .limit(what: "bytes in a cluster name", most: most) }
    if !ClusterName.isLegal(name) { throw .illegalClusterName(name) }
  }

  func check(_ address: InstanceAddress) throws(RegistryError) {
    if !(0...65_535).contains(address.port) { throw .illegalPort(Int(address.port)) }
    let host = address.ip.utf8
    let isLegal = !host.isEmpty && host.count <= limits.hostBytes && !host.contains(where: Self.isControl)
    if !isLegal { throw .illegalHost(address.ip) }
    try checkCluster(address.cluster)
  }

  /// The weight as it is kept: nothing between 0 and 0.01 (2.4).
  func weight(_ weight: Double) throws(RegistryError) -> Double {
    guard weight >= 0, weight <= 10_000 else { throw .illegalWeight(weight) }
    return weight > 0 && weight < 0.01 ? 0.01 : weight
  }

  func check(_ metadata: Metadata) throws(RegistryError) {
    if metadata.count > limits.metadataKeys { throw .limit(what: "metadata keys", most: limits.metadataKeys) }
    let size = metadata.pairs.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
    if size > limits.metadataBytes { throw .limit(what: "bytes of metadata", most: limits.metadataBytes) }
  }

  func checkApp(_ app: String?) throws(RegistryError) {
    if let app, app.utf8.count > limits.appBytes { throw .limit(what: "bytes in app", most: limits.appBytes) }
  }

  func check(_ settings: ServiceSettings) throws(RegistryError) {
    if !settings.protectThreshold.isFinite {
      throw .illegalValue(field: "protectThreshold", why: "not a number")
    }
    try check(settings.metadata)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"):
      true
    default: false
    }
  }

  private static func isServiceByte(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || "@.:_-".utf8.contains(byte)
  }

  private static func isWordByte(_ byte: UInt8) -> Bool { isLetterOrDigit(byte) || "_-".utf8.contains(byte) }

  private static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7f }
}
