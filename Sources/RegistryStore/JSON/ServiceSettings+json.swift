import NacosWire
import RegistryModel

extension ServiceSettings: StoredJSON {
  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("declared", isDeclared)
    writer.member("protectThreshold", Double(protectThreshold))
    if !metadata.isEmpty { writer.member("metadata", metadata) }
    if selector != .none { writer.member("selector", selector) }
    writer.endObject()
  }

  init?(json: JSONValue) {
    guard let isDeclared = json["declared"]?.bool, let threshold = json["protectThreshold"]?.number else { return nil }
    var isWrong = false
    self.init(
      protectThreshold: Float(threshold),
      metadata: json.optional("metadata", &isWrong, Metadata.init(json:)) ?? Metadata(),
      selector: json.optional("selector", &isWrong, Selector.init(json:)) ?? .none, isDeclared: isDeclared)
    if isWrong { return nil }
  }
}

extension Selector: StoredJSON {
  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    switch self {
    case .none: writer.member("type", "none")
    case .label(let expression, let labels):
      writer.member("type", "label")
      writer.member("expression", expression)
      writer.key("labels")
      writer.beginArray()
      for label in labels { writer.string(label) }
      writer.endArray()
    }
    writer.endObject()
  }

  init?(json: JSONValue) {
    switch json["type"]?.string {
    case "none": self = .none
    case "label":
      guard let expression = json["expression"]?.string, let list = json["labels"], list.kind == .array else { return nil }
      let labels = list.elements.map(\.string)
      guard !labels.contains(nil) else { return nil }
      self = .label(expression: expression, labels: labels.compactMap { $0 })
    default: return nil
    }
  }
}
