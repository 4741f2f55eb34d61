/// How Jackson reads a value into a field of another type: clients write `"port":"80"` and `"weight":"1.0"` too.
extension JSONValue {
  /// A text, number or boolean as a text; nil for anything else.
  var asText: String? {
    switch kind {
    case .string: string
    case .bool: bool.map { $0 ? "true" : "false" }
    case .integer: integer.map(String.init) ?? number.map(JavaNumber.text)
    case .real: number.map(JavaNumber.text)
    case .null, .array, .object: nil
    }
  }

  /// A whole number of 32 bits, also where it stands in a text or has a fraction, which is cut off.
  var asInteger: Int? {
    switch kind {
    case .integer: integer.flatMap { Int32(exactly: $0) }.map(Int.init)
    case .real: number.flatMap { Int32(exactly: $0.rounded(.towardZero)) }.map(Int.init)
    case .string: string.flatMap { $0.isBlank ? 0 : JavaNumber.integer($0.trimmed).map(Int.init) }
    case .null, .bool, .array, .object: nil
    }
  }

  /// A number, also where it stands in a text.
  var asNumber: Double? {
    kind == .string ? string.flatMap { $0.isBlank ? 0 : JavaNumber.double($0) } : number
  }

  /// A boolean, also where it stands in a text or as a number.
  var asBool: Bool? {
    switch kind {
    case .bool: bool
    case .integer: integer.map { $0 != 0 }
    case .string:
      switch string {
      case "true", "True", "TRUE": true
      case "false", "False", "FALSE", "": false
      default: nil
      }
    case .null, .real, .array, .object: nil
    }
  }
}
