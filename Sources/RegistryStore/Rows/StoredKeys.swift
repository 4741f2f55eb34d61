import RegistryModel

extension ServiceKey: SQLiteBindable {
  /// The columns `namespace` and `service`.
  func append(to parameters: inout SQLiteParameters) {
    parameters.append(namespace)
    parameters.append(grouped)
  }
}

extension InstanceKey: SQLiteBindable {
  /// The columns `namespace`, `service`, `cluster`, `ip` and `port`.
  func append(to parameters: inout SQLiteParameters) {
    service.append(to: &parameters)
    parameters.append(address.cluster)
    parameters.append(address.ip)
    parameters.append(Int64(address.port))
  }

  /// Whether both are the same row. Two texts that Swift takes for one may be different bytes.
  func hasSameRow(as other: InstanceKey) -> Bool {
    address.port == other.address.port && address.ip.utf8.elementsEqual(other.address.ip.utf8)
      && address.cluster.utf8.elementsEqual(other.address.cluster.utf8)
  }
}
