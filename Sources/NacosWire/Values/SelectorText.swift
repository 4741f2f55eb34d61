public import RegistryModel

/// The `selector` parameter of a service (naming-server-v1 1.2.1, 2.7).
public enum SelectorText {
  /// `text` is JSON that is percent-encoded once more than its parameter.
  public static func read(_ text: String) throws(Refusal) -> Selector {
    if text.isBlank { return .none }
    let root: JSONValue
    do {
      root = try JSONDocument(decodedOnceMore(text)).root
    } catch {
      throw .illegal("selector is not JSON: \(error.reason)")
    }
    switch try type(of: root) {
    case .none: return .none
    case .label:
      guard let expression = root["expression"]?.asText else { throw .illegal("selector has no expression") }
      return .label(expression: expression, labels: try labels(of: expression))
    case .unknown: throw .failed("not match any type of selector!")
    }
  }

  /// What kinds of selectors the wire has a name for.
  public enum Kind: String, Hashable, Sendable { case unknown, none, label }

  /// The `type` of a selector's JSON.
  public static func type(of root: JSONValue) throws(Refusal) -> Kind {
    let name = root["type"]?.asText ?? "null"
    guard let kind = Kind(rawValue: name) else {
      throw .illegal("No enum constant com.alibaba.nacos.api.selector.SelectorType.\(name)")
    }
    return kind
  }

  /// The labels that an expression compares, in ascending order: `CONSUMER.label.<L>=PROVIDER.label.<L>`, joined by `&`.
  static func labels(of expression: String) throws(Refusal) -> [String] {
    let packed = String(expression.filter { !$0.isWhitespace })
    if packed.isEmpty { return [] }
    var labels: Set<String> = []
    for term in packed.split(separator: "&", omittingEmptySubsequences: false) {
      let sides = term.split(separator: "=", omittingEmptySubsequences: false)
      guard sides.count == 2, let consumer = label(sides[0], after: "CONSUMER.label."),
        let provider = label(sides[1], after: "PROVIDER.label."), consumer == provider
      else { throw .failed("parse expression failed!") }
      labels.insert(consumer)
    }
    return labels.sorted()
  }

  private static func label(_ text: Substring, after prefix: String) -> String? {
    guard text.hasPrefix(prefix), text.count > prefix.count else { return nil }
    return String(text.dropFirst(prefix.count))
  }

  private static func decodedOnceMore(_ text: String) -> String {
    var text = text
    return text.withUTF8 { FormDecoding.text(UnsafeRawBufferPointer($0)) }
  }
}

extension JSONWriter {
  mutating func selector(_ selector: Selector) {
    beginObject()
    switch selector {
    case .none: member("type", constant: "none")
    case .label(let expression, let labels):
      member("type", constant: "label")
      member("expression", expression)
      key("labels")
      beginArray()
      for label in labels { string(label) }
      endArray()
    }
    endObject()
  }
}
