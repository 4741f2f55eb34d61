import RegistryModel

extension ServiceKey {
  /// The columns `namespace` and `service`.
  var storedKey: [SQLiteValue] { [.text(namespace), .text(grouped)] }
}

extension InstanceKey {
  /// The columns `namespace`, `service`, `cluster`, `ip` and `port`.
  var storedKey: [SQLiteValue] {
    service.storedKey + [.text(address.cluster), .text(address.ip), .integer(Int64(address.port))]
  }

  /// Whether both are the same row. Two texts that Swift takes for one may be different bytes.
  func hasSameRow(as other: InstanceKey) -> Bool {
    address.port == other.address.port && address.ip.utf8.elementsEqual(other.address.ip.utf8)
      && address.cluster.utf8.elementsEqual(other.address.cluster.utf8)
  }
}
