import RegistryModel

extension StoredState.StoredNote {
  var storedRow: [SQLiteValue] {
    key.storedKey + [SQLiteValue(overlay?.storedText), SQLiteValue(mark?.storedText)]
  }

  init(_ row: borrowing SQLiteRow, _ repeated: inout RepeatedColumns) throws(UnreadableColumn) {
    self.init(
      key: try repeated.instance(row, isEphemeral: true), overlay: try row.optionalJSON(at: 5),
      mark: try row.optionalJSON(at: 6))
  }
}
