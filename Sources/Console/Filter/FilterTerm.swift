/// One word of a filter; a row passes when all of them hold.
struct FilterTerm: Sendable {
  var test: FilterTest
  var isInverse: Bool
}

enum FilterTest: Sendable {
  /// A match anywhere in the columns.
  case text(RegularExpression)
  case number(field: String, Comparison, Double)
  /// Equal to any of these, letter case aside.
  case word(field: String, [String])
  case network(field: String, AddressRange)
  case flag(field: String)
}

enum Comparison: String, Sendable {
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case equal = "="

  func holds(_ left: Double, _ right: Double) -> Bool {
    switch self {
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    case .equal: left == right
    }
  }
}
