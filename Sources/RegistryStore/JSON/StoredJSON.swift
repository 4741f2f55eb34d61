import NacosWire
import RegistryModel

/// What stands in a column as JSON. What it writes it also reads; members it does not know it passes over, and text that
/// is not what it writes reads as nil.
protocol StoredJSON {
  func write(to writer: inout JSONWriter)
  init?(json: JSONValue)
}

extension StoredJSON {
  init?(storedText text: String) {
    guard let document = try? JSONDocument(text) else { return nil }
    self.init(json: document.root)
  }
}

extension SQLiteParameters {
  mutating func append(json value: some StoredJSON) {
    appendText { bytes in
      var before: [UInt8] = []
      swap(&before, &bytes)
      var writer = JSONWriter(after: consume before)
      value.write(to: &writer)
      bytes = writer.bytes
    }
  }

  /// NULL stands for nil.
  mutating func append(ifAny value: (some StoredJSON)?) {
    if let value { append(json: value) } else { appendNull() }
  }

  /// NULL stands for none.
  mutating func append(metadata: Metadata) {
    append(ifAny: metadata.isEmpty ? nil : metadata)
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
