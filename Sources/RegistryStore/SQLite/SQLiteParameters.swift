/// What the placeholders of a statement take, in their order. The bytes of texts stand in one block, which keeps its room
/// from one run to the next.
struct SQLiteParameters {
  enum Value {
    case null
    case integer(Int64)
    /// A number; SQLite has no NaN and keeps NULL in its place.
    case real(Double)
    /// Where its bytes stand.
    case text(Range<Int>)
    case blob(Range<Int>)
  }

  private(set) var values: [Value] = []
  private(set) var bytes: [UInt8] = []

  mutating func appendNull() { values.append(.null) }

  mutating func append(_ value: Int64) { values.append(.integer(value)) }

  mutating func append(real value: Double) { values.append(.real(value)) }

  mutating func append(_ value: Bool) { append(value ? 1 : 0) }

  mutating func append(_ text: String) {
    var text = text
    appendText { bytes in text.withUTF8 { bytes.append(contentsOf: $0) } }
  }

  /// NULL stands for nil.
  mutating func append(ifAny value: Int64?) {
    if let value { append(value) } else { appendNull() }
  }

  /// NULL stands for nil.
  mutating func append(ifAny text: String?) {
    if let text { append(text) } else { appendNull() }
  }

  /// The text is what `write` adds to the bytes.
  mutating func appendText(_ write: (inout [UInt8]) -> Void) {
    let start = bytes.count
    write(&bytes)
    values.append(.text(start..<bytes.count))
  }

  mutating func append(_ value: SQLiteValue) {
    switch value {
    case .null: appendNull()
    case .integer(let value): append(value)
    case .real(let value): append(real: value)
    case .text(let text): append(text)
    case .rawText(let text): appendText { $0 += text }
    case .blob(let blob):
      bytes += blob
      values.append(.blob(bytes.count - blob.count..<bytes.count))
    }
  }

  /// Takes all out. Room for a long text is let go.
  mutating func removeAll() {
    values.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: bytes.capacity <= Self.mostKept)
  }

  private static let mostKept = 65_536

  /// Mixes all into a digest, as the row that they become will be.
  func mix(into digest: inout RowDigest) {
    bytes.withUnsafeBufferPointer { bytes in
      for value in values {
        switch value {
        case .null: digest.mixNull()
        case .integer(let value): digest.mix(value)
        case .real(let value): digest.mix(value)
        case .text(let range), .blob(let range): digest.mix(UnsafeBufferPointer(rebasing: bytes[range]))
        }
      }
    }
  }
}

/// What fills placeholders, in their order: a key, a row, or values one by one.
protocol SQLiteBindable {
  func append(to parameters: inout SQLiteParameters)
}

extension [SQLiteValue]: SQLiteBindable {
  func append(to parameters: inout SQLiteParameters) {
    for value in self { parameters.append(value) }
  }
}
