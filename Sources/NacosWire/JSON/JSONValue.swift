import CJSON

/// One value of a document that has been read.
public struct JSONValue {
  let document: JSONDocument.Storage
  let place: cjson_value

  public enum Kind: Hashable, Sendable { case null, bool, integer, real, string, array, object }

  public var kind: Kind {
    switch cjson_kind_of(place) {
    case CJSON_BOOL: .bool
    case CJSON_INT64, CJSON_UINT64: .integer
    case CJSON_DOUBLE: .real
    case CJSON_STRING: .string
    case CJSON_ARRAY: .array
    case CJSON_OBJECT: .object
    default: .null
    }
  }

  public var isNull: Bool { kind == .null }

  /// What a boolean says; nil for any other value.
  public var bool: Bool? { kind == .bool ? cjson_bool(place) : nil }

  /// What a whole number within 64 bits says; nil for any other value.
  public var integer: Int64? {
    switch cjson_kind_of(place) {
    case CJSON_INT64: cjson_int64(place)
    case CJSON_UINT64: Int64(exactly: cjson_uint64(place))
    default: nil
    }
  }

  /// What a whole number beyond those says; nil for any other value.
  public var unsigned: UInt64? { cjson_kind_of(place) == CJSON_UINT64 ? cjson_uint64(place) : nil }

  /// What a number says; nil for any other value.
  public var number: Double? {
    switch cjson_kind_of(place) {
    case CJSON_INT64: Double(cjson_int64(place))
    case CJSON_UINT64: Double(cjson_uint64(place))
    case CJSON_DOUBLE: cjson_double(place)
    default: nil
    }
  }

  /// What a text says; nil for any other value.
  public var string: String? {
    guard kind == .string else { return nil }
    var count = 0
    guard let start = cjson_string(place, &count) else { return nil }
    defer { withExtendedLifetime(document) {} }
    return String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
  }

  /// The member of an object named so, the first one when there are several; nil when there is none.
  public subscript(name: StaticString) -> JSONValue? {
    var member = cjson_value()
    let isThere = name.withUTF8Buffer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { cjson_member(place, $0.baseAddress, $0.count, &member) }
    }
    return isThere ? JSONValue(document: document, place: member) : nil
  }

  /// As the subscript, for a name that is only known at run time.
  public func member(_ name: String) -> JSONValue? {
    var name = name
    var member = cjson_value()
    let isThere = name.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { cjson_member(place, $0.baseAddress, $0.count, &member) }
    }
    return isThere ? JSONValue(document: document, place: member) : nil
  }

  /// The elements of an array; none for any other value.
  public var elements: Elements { Elements(document: document, cursor: cjson_begin(place)) }

  /// The members of an object as the text has them; none for any other value.
  public var members: Members { Members(document: document, cursor: cjson_begin(place)) }

  public struct Elements: Sequence, IteratorProtocol {
    let document: JSONDocument.Storage
    var cursor: cjson_cursor

    public mutating func next() -> JSONValue? {
      guard !cursor.is_object else { return nil }
      var name: UnsafePointer<CChar>?
      var count = 0
      var value = cjson_value()
      return cjson_next(&cursor, &name, &count, &value) ? JSONValue(document: document, place: value) : nil
    }
  }

  public struct Members: Sequence, IteratorProtocol {
    let document: JSONDocument.Storage
    var cursor: cjson_cursor

    public mutating func next() -> (name: String, value: JSONValue)? {
      guard cursor.is_object else { return nil }
      var name: UnsafePointer<CChar>?
      var count = 0
      var value = cjson_value()
      guard cjson_next(&cursor, &name, &count, &value) else { return nil }
      let text = String(decoding: UnsafeRawBufferPointer(start: name, count: count), as: UTF8.self)
      return (text, JSONValue(document: document, place: value))
    }
  }
}
