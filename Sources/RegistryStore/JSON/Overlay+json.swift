import NacosWire
import RegistryModel

extension Overlay: StoredJSON {
  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if let weight { writer.member("weight", weight) }
    if let isEnabled { writer.member("enabled", isEnabled) }
    if !metadata.isEmpty { write(metadata, to: &writer) }
    writer.member("by", by)
    writer.member("at", at.milliseconds)
    writer.endObject()
  }

  private func write(_ patch: [String: String?], to writer: inout JSONWriter) {
    writer.key("metadata")
    writer.beginObject()
    for (key, value) in patch.sorted(by: { $0.key < $1.key }) {
      writer.key(key)
      if let value { writer.string(value) } else { writer.null() }
    }
    writer.endObject()
  }

  init?(json: JSONValue) {
    guard let by = json["by"]?.string, let at = json["at"]?.integer else { return nil }
    var isWrong = false
    self.init(
      weight: json.optional("weight", &isWrong, \.number), isEnabled: json.optional("enabled", &isWrong, \.bool),
      metadata: json.optional("metadata", &isWrong, Self.patch) ?? [:], by: by, at: WallTime(milliseconds: at))
    if isWrong { return nil }
  }

  private static func patch(_ json: JSONValue) -> [String: String?]? {
    guard json.kind == .object else { return nil }
    var patch: [String: String?] = [:]
    for (key, value) in json.members {
      guard value.isNull || value.kind == .string else { return nil }
      patch.updateValue(value.string, forKey: key)
    }
    return patch
  }
}

extension Mark: StoredJSON {
  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("text", text)
    writer.member("by", by)
    writer.member("at", at.milliseconds)
    writer.endObject()
  }

  init?(json: JSONValue) {
    guard let text = json["text"]?.string, let by = json["by"]?.string, let at = json["at"]?.integer else { return nil }
    self.init(text: text, by: by, at: WallTime(milliseconds: at))
  }
}
