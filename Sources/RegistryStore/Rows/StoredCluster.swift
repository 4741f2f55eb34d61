import RegistryModel

/// A cluster of a service as it is stored: only where its settings are not the defaults.
struct StoredCluster: SQLiteBindable {
  struct Key: SQLiteBindable {
    var service: ServiceKey
    var name: String

    func append(to parameters: inout SQLiteParameters) {
      service.append(to: &parameters)
      parameters.append(name)
    }
  }

  var key: Key
  var settings: ClusterSettings

  init(service: ServiceKey, name: String, settings: ClusterSettings) {
    key = Key(service: service, name: name)
    self.settings = settings
  }

  func append(to parameters: inout SQLiteParameters) {
    key.append(to: &parameters)
    parameters.append(json: settings.checker)
    parameters.append(Int64(settings.checkPort))
    parameters.append(settings.usesInstancePort)
    parameters.append(metadata: settings.metadata)
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
