/// A value of a TOML document with its place in it.
package struct TOMLNode: Hashable, Sendable {
  package enum Value: Hashable, Sendable {
    case string(String)
    case integer(Int64)
    case real(Double)
    case boolean(Bool)
    /// A date or a time of day, which no file of ours uses.
    case time
    case array([TOMLNode])
    case table([String: TOMLNode])
  }

  package var value: Value
  package var place: TOMLPlace

  package var table: [String: TOMLNode]? {
    if case .table(let table) = value { table } else { nil }
  }

  package var string: String? {
    if case .string(let string) = value { string } else { nil }
  }

  /// What it is, for messages: "a string".
  package var kind: String {
    switch value {
    case .string: "a string"
    case .integer: "an integer"
    case .real: "a number"
    case .boolean: "true or false"
    case .time: "a time"
    case .array: "an array"
    case .table: "a table"
    }
  }
}

/// A place in a text file, counted from 1.
package struct TOMLPlace: Hashable, Sendable {
  package var line: Int
  package var column: Int
}

/// Why a file is no TOML document.
package struct TOMLError: Error, Hashable {
  package var place: TOMLPlace
  package var message: String
}
