import RegistryModel

extension StoredState.StoredInstance {
  var key: InstanceKey { InstanceKey(service: service, address: instance.address) }

  /// In one array, and not as sums of several: it is made with every registration.
  var storedRow: [SQLiteValue] {
    let address = instance.address
    let metadata = instance.registeredMetadata
    return [
      .text(service.namespace), .text(service.grouped), .text(address.cluster), .text(address.ip),
      .integer(Int64(address.port)), .real(instance.registeredWeight), SQLiteValue(instance.registeredEnabled),
      SQLiteValue(instance.isHealthy), SQLiteValue(metadata.isEmpty ? nil : metadata.storedText), SQLiteValue(instance.app),
      SQLiteValue(instance.numberedID.map(Int64.init)), .integer(instance.registeredAt.milliseconds),
      .integer(instance.healthChangedAt.milliseconds), SQLiteValue(instance.overlay?.storedText),
      SQLiteValue(instance.mark?.storedText),
    ]
  }
}

extension StoredState.StoredInstance {
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
