import NacosWire

@testable import RegistryStore

extension SQLiteBindable {
  /// What it fills placeholders with, one by one.
  var values: [SQLiteValue] {
    var parameters = SQLiteParameters()
    append(to: &parameters)
    return parameters.values.map { value in
      switch value {
      case .null: .null
      case .integer(let value): .integer(value)
      case .real(let value): .real(value)
      case .text(let range): .text(String(decoding: parameters.bytes[range], as: UTF8.self))
      case .blob(let range): .blob(Array(parameters.bytes[range]))
      }
    }
  }

  /// The digest of the row of `table` that it is.
  func digest(in table: Table) -> Int64 {
    var parameters = SQLiteParameters()
    append(to: &parameters)
    return table.digest(of: parameters)
  }
}

extension StoredJSON {
  var storedText: String {
    var writer = JSONWriter()
    write(to: &writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
