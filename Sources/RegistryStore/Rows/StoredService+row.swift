import RegistryModel

extension StoredState.StoredService {
  /// Without the clusters, which have rows of their own.
  var storedRow: [SQLiteValue] {
    key.storedKey + [
      SQLiteValue(settings.isDeclared), .real(Double(settings.protectThreshold)),
      SQLiteValue(settings.metadata.isEmpty ? nil : settings.metadata.storedText),
      SQLiteValue(settings.selector == .none ? nil : settings.selector.storedText),
      .integer(createdAt.milliseconds),
    ]
  }

  init(_ row: borrowing SQLiteRow, _ repeated: inout RepeatedColumns) throws(UnreadableColumn) {
    let settings = ServiceSettings(
      protectThreshold: Float(try row.real(at: 3)), metadata: try repeated.metadata(row, 4),
      selector: try row.optionalJSON(at: 5) ?? Selector.none, isDeclared: try row.bool(at: 2))
    self.init(
      key: try repeated.service(row), settings: settings, createdAt: WallTime(milliseconds: try row.integer(at: 6)))
  }
}
