import RegistryModel

extension StoredState.StoredInstance: SQLiteBindable {
  var key: InstanceKey { InstanceKey(service: service, address: instance.address) }

  func append(to parameters: inout SQLiteParameters) {
    key.append(to: &parameters)
    parameters.append(real: instance.registeredWeight)
    parameters.append(instance.registeredEnabled)
    parameters.append(instance.isHealthy)
    parameters.append(metadata: instance.registeredMetadata)
    parameters.append(ifAny: instance.app)
    parameters.append(ifAny: instance.numberedID.map(Int64.init))
    parameters.append(instance.registeredAt.milliseconds)
    parameters.append(instance.healthChangedAt.milliseconds)
    parameters.append(ifAny: instance.overlay)
    parameters.append(ifAny: instance.mark)
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
