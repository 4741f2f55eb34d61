import RegistryModel

/// A persistent instance as it is stored.
struct StoredInstance {
  var service: ServiceKey
  var instance: Instance

  var key: InstanceKey { InstanceKey(service: service, address: instance.address) }

  var storedRow: [SQLiteValue] {
    key.storedKey + [
      .real(instance.registeredWeight), SQLiteValue(instance.registeredEnabled), SQLiteValue(instance.isHealthy),
      SQLiteValue(instance.registeredMetadata.isEmpty ? nil : instance.registeredMetadata.storedText),
      SQLiteValue(instance.app), SQLiteValue(instance.numberedID.map(Int64.init)),
      .integer(instance.registeredAt.milliseconds), .integer(instance.healthChangedAt.milliseconds),
      SQLiteValue(instance.overlay?.storedText), SQLiteValue(instance.mark?.storedText),
    ]
  }
}

extension StoredInstance {
  init(_ row: borrowing SQLiteRow, _ repeated: inout RepeatedColumns) throws(UnreadableColumn) {
    let key = try repeated.instance(row, isEphemeral: false)
    var instance = Instance(
      address: key.address, weight: try row.real(at: 5), isEnabled: try row.bool(at: 6), isHealthy: try row.bool(at: 7),
      metadata: try repeated.metadata(row, 8), app: try repeated.app(row, 9),
      registeredAt: WallTime(milliseconds: try row.integer(at: 11)))
    instance.healthChangedAt = WallTime(milliseconds: try row.integer(at: 12))
    if let number = try row.optionalInteger(at: 10) { instance.numberedID = Int(number) }
    if let overlay: Overlay = try row.optionalJSON(at: 13) { instance.overlay = overlay }
    if let mark: Mark = try row.optionalJSON(at: 14) { instance.mark = mark }
    self.init(service: key.service, instance: instance)
  }
}
