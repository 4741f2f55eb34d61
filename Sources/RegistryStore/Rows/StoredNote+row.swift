import RegistryModel

extension StoredState.StoredNote: SQLiteBindable {
  func append(to parameters: inout SQLiteParameters) {
    key.append(to: &parameters)
    parameters.append(ifAny: overlay)
    parameters.append(ifAny: mark)
  }

  init(_ row: borrowing SQLiteRow, _ repeated: inout RepeatedColumns) throws(UnreadableColumn) {
    self.init(
      key: try repeated.instance(row, isEphemeral: true), overlay: try row.optionalJSON(at: 5),
      mark: try row.optionalJSON(at: 6))
  }
}
