import RegistryModel

/// What names and values may be (naming-server-v1 1.1, 2.2, 2.3; bounds of `Limits`).
struct Rules: Sendable {
  let limits: Limits

  func check(_ key: ServiceKey) throws(RegistryError) {
    try checkNamespace(key.namespace)
    let size = key.grouped.utf8.count
    if size > limits.serviceNameBytes { throw .limit(what: "bytes in a service name", most: limits.serviceNameBytes) }
    if size == 0 || !ByteSet.ofServices.hasAll(of: key.grouped) { throw .illegalServiceName(key.grouped) }
  }

  /// The wire knows no bad namespace; ours refuses what could pass for a path somewhere (reliability C1, R43).
  func checkNamespace(_ id: String) throws(RegistryError) {
    let size = id.utf8.count
    if size > limits.namespaceBytes { throw .limit(what: "bytes in a namespace id", most: limits.namespaceBytes) }
    if size == 0 || !ByteSet.ofNamespaces.hasAll(of: id) || id.hasPrefix("..") { throw .illegalNamespace(id) }
  }

  /// A namespace that somebody creates has a stricter id than one that is merely used (1.10).
  func checkNewNamespace(_ id: String) throws(RegistryError) {
    let bytes = id.utf8
    let isLegal = !bytes.isEmpty && bytes.count <= min(128, limits.namespaceBytes) && ByteSet.ofWords.hasAll(of: id)
    if !isLegal { throw .illegalNamespace(id) }
  }

  func checkCluster(_ name: String) throws(RegistryError) {
    if name == InstanceAddress.defaultCluster { return }
    let most = limits.clusterNameBytes
    if name.utf8.count > most { throw .limit(what: "bytes in a cluster name", most: most) }
    if !ClusterName.isLegal(name) { throw .illegalClusterName(name) }
  }

  func check(_ address: InstanceAddress) throws(RegistryError) {
    if !(0...65_535).contains(address.port) { throw .illegalPort(Int(address.port)) }
    let host = address.ip.utf8
    let isLegal = !host.isEmpty && host.count <= limits.hostBytes && ByteSet.ofHosts.hasAll(of: address.ip)
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
    if metadata.isEmpty { return }
    var size = 0
    metadata.forEachUTF8 { size += $0.count + $1.count }
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
}
