import RegistryModel

extension Switches: SQLiteBindable {
  /// The one row that there is.
  func append(to parameters: inout SQLiteParameters) {
    parameters.append(1)
    parameters.append(json: self)
  }
}
