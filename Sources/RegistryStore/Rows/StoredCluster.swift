import RegistryModel

/// A cluster of a service as it is stored: only where its settings are not the defaults.
struct StoredCluster {
  var service: ServiceKey
  var name: String
  var settings: ClusterSettings

  static func key(_ service: ServiceKey, _ name: String) -> [SQLiteValue] { service.storedKey + [.text(name)] }

  var storedRow: [SQLiteValue] {
    Self.key(service, name) + [
      .text(settings.checker.storedText), .integer(Int64(settings.checkPort)), SQLiteValue(settings.usesInstancePort),
      SQLiteValue(settings.metadata.isEmpty ? nil : settings.metadata.storedText),
    ]
  }
}

extension StoredCluster {
  init(_ row: borrowing SQLiteRow, _ repeated: inout RepeatedColumns) throws(UnreadableColumn) {
    let settings = ClusterSettings(
      checker: try row.json(at: 3), checkPort: try row.int32(at: 4), usesInstancePort: try row.bool(at: 5),
      metadata: try repeated.metadata(row, 6))
    self.init(service: try repeated.service(row), name: try row.text(at: 2), settings: settings)
  }
}
