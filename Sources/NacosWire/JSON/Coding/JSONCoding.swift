/// JSON of any `Codable` value, without Foundation: written straight into bytes, read from a document of simdjson's.
///
/// Keys are the property names; values that are nil are left out of objects. What is no number is written as a text.
public enum JSONCoding {
  /// Throws `JSONError` when a type wants to be written in a way that a stream cannot: back into an object that is closed.
  public static func encode(_ value: some Encodable, capacity: Int = 256) throws(JSONError) -> [UInt8] {
    let sink = JSONSink(capacity: capacity)
    do {
      try JSONValueEncoder(sink: sink, level: 0).write(value)
      return try sink.finish()
    } catch let error as JSONError {
      throw error
    } catch {
      throw JSONError(reason: "\(error)")
    }
  }

  public static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws(JSONError) -> Value {
    try decode(type, from: JSONDocument(bytes).root)
  }

  public static func decode<Value: Decodable>(
    _ type: Value.Type, from bytes: UnsafeRawBufferPointer
  ) throws(JSONError) -> Value {
    try decode(type, from: JSONDocument(bytes).root)
  }

  public static func decode<Value: Decodable>(_ type: Value.Type, from value: JSONValue) throws(JSONError) -> Value {
    do {
      return try JSONValueDecoder(value: value).read(type)
    } catch let error as DecodingError {
      throw JSONError(reason: error.sentence)
    } catch {
      throw JSONError(reason: "\(error)")
    }
  }
}

extension DecodingError {
  fileprivate var sentence: String {
    switch self {
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      context.debugDescription
    case .keyNotFound(let key, _): "no \(key.stringValue)"
    @unknown default: "\(self)"
    }
  }
}

/// A key of a container that is not an object's own.
struct JSONIndexKey: CodingKey {
  var intValue: Int?
  var stringValue: String { intValue.map(String.init) ?? "super" }

  init(intValue: Int) { self.intValue = intValue }
  init?(stringValue: String) { nil }
  private init() { intValue = nil }

  static let superclass = JSONIndexKey()
}
