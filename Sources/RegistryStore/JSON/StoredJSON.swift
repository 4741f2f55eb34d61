import NacosWire

/// What stands in a column as JSON. What it writes it also reads; members it does not know it passes over, and text that
/// is not what it writes reads as nil.
protocol StoredJSON {
  func write(to writer: inout JSONWriter)
  init?(json: JSONValue)
}

extension StoredJSON {
  var storedText: String {
    var writer = JSONWriter(capacity: 128)
    write(to: &writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  init?(storedText text: String) {
    guard let document = try? JSONDocument(text) else { return nil }
    self.init(json: document.root)
  }
}

extension JSONWriter {
  mutating func member(_ name: StaticString, _ value: some StoredJSON) {
    key(name)
    value.write(to: &self)
  }

  /// Nothing is written for nil.
  mutating func member(_ name: StaticString, ifAny value: (some StoredJSON)?) {
    if let value { member(name, value) }
  }

  /// Nothing is written for nil.
  mutating func member(_ name: StaticString, ifAny text: String?) {
    if let text { member(name, text) }
  }
}

extension JSONValue {
  /// A member that may be missing, as what `read` makes of it. Nil when it is missing; where it is there and `read` makes
  /// nothing of it, `isWrong` becomes true.
  func optional<Value>(_ name: StaticString, _ isWrong: inout Bool, _ read: (JSONValue) -> Value?) -> Value? {
    guard let member = self[name] else { return nil }
    let value = read(member)
    if value == nil { isWrong = true }
    return value
  }
}
