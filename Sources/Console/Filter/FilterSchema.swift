/// What a view's rows can be filtered by, besides the text of their columns.
public struct FilterSchema: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case text
    case number
    /// A number of seconds; filters say `15s`, `5m`, `1h30m`.
    case duration
    /// Holds or does not; its name alone asks for it.
    case flag
  }

  public var fields: [String: Kind]
  /// Whether `key=value` with a key that is no field asks for metadata, as `meta.key=value` does.
  public var hasMetadata: Bool

  public init(fields: [String: Kind], hasMetadata: Bool = false) {
    self.fields = fields
    self.hasMetadata = hasMetadata
  }
}

/// The value of a row's field.
public enum FilterValue: Hashable, Sendable {
  /// Durations are in seconds, shares in percent.
  case number(Double)
  case text(String)
  /// Any of them is as good: a service can be degraded and protected.
  case texts([String])
  case flag(Bool)
}

/// A row that can be filtered.
public protocol FilterRow {
  /// Adds what is shown of the row, column by column.
  func addColumns(to text: inout FilterText)
  /// The value of a field of the schema or of `meta.KEY`; nil when the row has none.
  func value(of field: String) -> FilterValue?
}

/// The columns of a row as bytes, one a line.
public struct FilterText {
  private(set) var bytes: [UInt8] = []

  /// Adds a column.
  public mutating func add(_ column: String) {
    // The sequence of code units would be appended one by one.
    if column.utf8.withContiguousStorageIfAvailable({ bytes.append(contentsOf: $0) }) == nil {
      bytes.append(contentsOf: column.utf8)
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
  }
}
