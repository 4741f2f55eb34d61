import NacosWire
import RegistryModel

extension Metadata: StoredJSON {
  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    for (key, value) in pairs {
      writer.key(key)
      writer.string(value)
    }
    writer.endObject()
  }

  init?(json: JSONValue) {
    guard json.kind == .object else { return nil }
    var pairs: [(key: String, value: String)] = []
    for (key, value) in json.members {
      guard let text = value.string else { return nil }
      pairs.append((key, text))
    }
    self.init(pairs)
  }
}
