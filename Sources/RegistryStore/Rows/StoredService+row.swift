import RegistryModel

extension StoredState.StoredService: SQLiteBindable {
  /// Without the clusters, which have rows of their own.
  func append(to parameters: inout SQLiteParameters) {
    key.append(to: &parameters)
    parameters.append(settings.isDeclared)
    parameters.append(real: Double(settings.protectThreshold))
    parameters.append(metadata: settings.metadata)
    parameters.append(ifAny: settings.selector == .none ? nil : settings.selector)
    parameters.append(createdAt.milliseconds)
  }

  init(_ row: borrowing SQLiteRow, _ repeated: inout RepeatedColumns) throws(UnreadableColumn) {
    let settings = ServiceSettings(
      protectThreshold: Float(try row.real(at: 3)), metadata: try repeated.metadata(row, 4),
      selector: try row.optionalJSON(at: 5) ?? Selector.none, isDeclared: try row.bool(at: 2))
    self.init(
      key: try repeated.service(row), settings: settings, createdAt: WallTime(milliseconds: try row.integer(at: 6)))
  }
}
