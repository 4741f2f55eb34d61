/// Decodes one value of a document.
struct JSONValueDecoder: Decoder {
  let value: JSONValue

  // Paths are not kept: most of the time of reading would go into them.
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard value.kind == .object else { throw mismatch(type, "an object") }
    return KeyedDecodingContainer(JSONObjectDecoding<Key>(object: value))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard value.kind == .array else { throw mismatch([Any].self, "an array") }
    return JSONArrayDecoding(array: value)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  func read<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: self) }

  private func mismatch(_ type: Any.Type, _ wanted: String) -> DecodingError {
    .typeMismatch(type, .init(codingPath: [], debugDescription: "\(value.kind) where \(wanted) is expected"))
  }

  private func integer<Integer: FixedWidthInteger>(_ type: Integer.Type) throws -> Integer {
    let whole = value.integer.flatMap { Integer(exactly: $0) } ?? value.unsigned.flatMap { Integer(exactly: $0) }
    guard let whole else { throw mismatch(type, "a whole number of \(Integer.bitWidth) bits") }
    return whole
  }

  /// A number, or one of the texts that stand for what is none.
  private func real() throws -> Double {
    if let number = value.number { return number }
    switch value.string {
    case "NaN": return .nan
    case "Infinity": return .infinity
    case "-Infinity": return -.infinity
    default: throw mismatch(Double.self, "a number")
    }
  }
}

extension JSONValueDecoder: SingleValueDecodingContainer {
  func decodeNil() -> Bool { value.isNull }

  func decode(_ type: Bool.Type) throws -> Bool {
    guard let bool = value.bool else { throw mismatch(type, "true or false") }
    return bool
  }

  func decode(_ type: String.Type) throws -> String {
    guard let text = value.string else { throw mismatch(type, "a text") }
    return text
  }

  func decode(_ type: Double.Type) throws -> Double { try real() }
  func decode(_ type: Float.Type) throws -> Float { Float(try real()) }
  func decode(_ type: Int.Type) throws -> Int { try integer(type) }
  func decode(_ type: Int8.Type) throws -> Int8 { try integer(type) }
  func decode(_ type: Int16.Type) throws -> Int16 { try integer(type) }
  func decode(_ type: Int32.Type) throws -> Int32 { try integer(type) }
  func decode(_ type: Int64.Type) throws -> Int64 { try integer(type) }
  func decode(_ type: UInt.Type) throws -> UInt { try integer(type) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try integer(type) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try integer(type) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try integer(type) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try integer(type) }
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try read(type) }
}

struct JSONObjectDecoding<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let object: JSONValue

  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] { object.members.compactMap { Key(stringValue: $0.name) } }

  func contains(_ key: Key) -> Bool { object.member(key.stringValue) != nil }

  private func place(_ key: some CodingKey) throws -> JSONValueDecoder {
    guard let value = object.member(key.stringValue) else {
      throw DecodingError.keyNotFound(key, .init(codingPath: [], debugDescription: "no \(key.stringValue)"))
    }
    return JSONValueDecoder(value: value)
  }

  func decodeNil(forKey key: Key) throws -> Bool { try place(key).decodeNil() }
  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try place(key).decode(type) }
  func decode(_ type: String.Type, forKey key: Key) throws -> String { try place(key).decode(type) }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try place(key).decode(type) }
  func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try place(key).decode(type) }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try place(key).decode(type) }
  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try place(key).decode(type) }
  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try place(key).decode(type) }
  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try place(key).decode(type) }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try place(key).decode(type) }
  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try place(key).decode(type) }
  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try place(key).decode(type) }
  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try place(key).decode(type) }
  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try place(key).decode(type) }
  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try place(key).decode(type) }
  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try place(key).read(type) }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try place(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try place(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { try place(JSONIndexKey.superclass) }
  func superDecoder(forKey key: Key) throws -> any Decoder { try place(key) }
}

struct JSONArrayDecoding: UnkeyedDecodingContainer {
  private let values: [JSONValue]
  private(set) var currentIndex = 0

  init(array: JSONValue) { values = Array(array.elements) }

  var codingPath: [any CodingKey] { [] }
  var count: Int? { values.count }
  var isAtEnd: Bool { currentIndex >= values.count }

  /// The element that is next; `step` by as much as is taken.
  private mutating func place(step: Int = 1) throws -> JSONValueDecoder {
    guard currentIndex < values.count else {
      throw DecodingError.valueNotFound(
        Any.self, .init(codingPath: [], debugDescription: "an array of \(values.count) where there should be more"))
    }
    defer { currentIndex += step }
    return JSONValueDecoder(value: values[currentIndex])
  }

  mutating func decodeNil() throws -> Bool {
    let isNull = try place(step: 0).decodeNil()
    if isNull { currentIndex += 1 }
    return isNull
  }

  mutating func decode(_ type: Bool.Type) throws -> Bool { try place().decode(type) }
  mutating func decode(_ type: String.Type) throws -> String { try place().decode(type) }
  mutating func decode(_ type: Double.Type) throws -> Double { try place().decode(type) }
  mutating func decode(_ type: Float.Type) throws -> Float { try place().decode(type) }
  mutating func decode(_ type: Int.Type) throws -> Int { try place().decode(type) }
  mutating func decode(_ type: Int8.Type) throws -> Int8 { try place().decode(type) }
  mutating func decode(_ type: Int16.Type) throws -> Int16 { try place().decode(type) }
  mutating func decode(_ type: Int32.Type) throws -> Int32 { try place().decode(type) }
  mutating func decode(_ type: Int64.Type) throws -> Int64 { try place().decode(type) }
  mutating func decode(_ type: UInt.Type) throws -> UInt { try place().decode(type) }
  mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try place().decode(type) }
  mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try place().decode(type) }
  mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try place().decode(type) }
  mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try place().decode(type) }
  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try place().read(type) }

  mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested> {
    try place().container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try place().unkeyedContainer() }
  mutating func superDecoder() throws -> any Decoder { try place() }
}
