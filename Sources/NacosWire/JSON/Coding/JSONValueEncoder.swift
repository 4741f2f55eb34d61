/// Encodes one value at the place that the sink stands at. `level` is that of the container around it.
struct JSONValueEncoder: Encoder {
  let sink: JSONSink
  let level: Int

  // Paths are not kept: what is written here is made by us, and an error is a mistake in a type, not in a value.
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    sink.close(to: level)
    return KeyedEncodingContainer(JSONObjectEncoding<Key>(sink: sink, level: sink.begin(.object)))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    sink.close(to: level)
    return JSONArrayEncoding(sink: sink, level: sink.begin(.array))
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  func write(_ value: some Encodable) throws {
    let before = sink.count
    try value.encode(to: self)
    // A type without anything to say still is a value.
    if sink.count == before { _ = sink.begin(.object) }
    sink.close(to: level)
  }
}

extension JSONValueEncoder: SingleValueEncodingContainer {
  func encodeNil() { sink.write { $0.null() } }
  func encode(_ value: Bool) { sink.write { $0.bool(value) } }
  func encode(_ value: String) { sink.write { $0.string(value) } }
  func encode(_ value: Double) { sink.write { $0.double(value) } }
  func encode(_ value: Float) { sink.write { $0.float(value) } }
  func encode(_ value: Int) { sink.write { $0.integer(value) } }
  func encode(_ value: Int8) { sink.write { $0.integer(value) } }
  func encode(_ value: Int16) { sink.write { $0.integer(value) } }
  func encode(_ value: Int32) { sink.write { $0.integer(value) } }
  func encode(_ value: Int64) { sink.write { $0.integer(value) } }
  func encode(_ value: UInt) { sink.write { $0.integer(value) } }
  func encode(_ value: UInt8) { sink.write { $0.integer(value) } }
  func encode(_ value: UInt16) { sink.write { $0.integer(value) } }
  func encode(_ value: UInt32) { sink.write { $0.integer(value) } }
  func encode(_ value: UInt64) { sink.write { $0.integer(value) } }
  func encode(_ value: some Encodable) throws { try write(value) }
}

struct JSONObjectEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let sink: JSONSink
  let level: Int

  var codingPath: [any CodingKey] { [] }

  private func place(_ key: some CodingKey) -> JSONValueEncoder {
    sink.close(to: level)
    sink.key(key.stringValue)
    return JSONValueEncoder(sink: sink, level: level)
  }

  func encodeNil(forKey key: Key) { place(key).encodeNil() }
  func encode(_ value: Bool, forKey key: Key) { place(key).encode(value) }
  func encode(_ value: String, forKey key: Key) { place(key).encode(value) }
  func encode(_ value: Double, forKey key: Key) { place(key).encode(value) }
  func encode(_ value: Float, forKey key: Key) { place(key).encode(value) }
  func encode(_ value: Int, forKey key: Key) { place(key).encode(value) }
  func encode(_ value: Int8, forKey key: Key) { place(key).encode(value) }
  func encode(_ value: Int16, forKey key: Key) { place(key).encode(value) }
  func encode(_ value: Int32, forKey key: Key) { place(key).encode(value) }
  func encode(_ value: Int64, forKey key: Key) { place(key).encode(value) }
  func encode(_ value: UInt, forKey key: Key) { place(key).encode(value) }
  func encode(_ value: UInt8, forKey key: Key) { place(key).encode(value) }
  func encode(_ value: UInt16, forKey key: Key) { place(key).encode(value) }
  func encode(_ value: UInt32, forKey key: Key) { place(key).encode(value) }
  func encode(_ value: UInt64, forKey key: Key) { place(key).encode(value) }
  func encode(_ value: some Encodable, forKey key: Key) throws { try place(key).write(value) }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested> {
    place(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { place(key).unkeyedContainer() }
  func superEncoder() -> any Encoder { place(JSONIndexKey.superclass) }
  func superEncoder(forKey key: Key) -> any Encoder { place(key) }
}

struct JSONArrayEncoding: UnkeyedEncodingContainer {
  let sink: JSONSink
  let level: Int
  private(set) var count = 0

  init(sink: JSONSink, level: Int) {
    self.sink = sink
    self.level = level
  }

  var codingPath: [any CodingKey] { [] }

  private mutating func place() -> JSONValueEncoder {
    count += 1
    sink.close(to: level)
    return JSONValueEncoder(sink: sink, level: level)
  }

  mutating func encodeNil() { place().encodeNil() }
  mutating func encode(_ value: Bool) { place().encode(value) }
  mutating func encode(_ value: String) { place().encode(value) }
  mutating func encode(_ value: Double) { place().encode(value) }
  mutating func encode(_ value: Float) { place().encode(value) }
  mutating func encode(_ value: Int) { place().encode(value) }
  mutating func encode(_ value: Int8) { place().encode(value) }
  mutating func encode(_ value: Int16) { place().encode(value) }
  mutating func encode(_ value: Int32) { place().encode(value) }
  mutating func encode(_ value: Int64) { place().encode(value) }
  mutating func encode(_ value: UInt) { place().encode(value) }
  mutating func encode(_ value: UInt8) { place().encode(value) }
  mutating func encode(_ value: UInt16) { place().encode(value) }
  mutating func encode(_ value: UInt32) { place().encode(value) }
  mutating func encode(_ value: UInt64) { place().encode(value) }
  mutating func encode(_ value: some Encodable) throws { try place().write(value) }

  mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    place().container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { place().unkeyedContainer() }
  mutating func superEncoder() -> any Encoder { place() }
}
