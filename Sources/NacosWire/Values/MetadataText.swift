public import RegistryModel

/// Metadata as the wire gives it (naming-server-v1 0.2, "metadata"): a JSON object of texts, or `k=v` pairs.
public enum MetadataText {
  public static func read(_ text: String) throws(Refusal) -> Metadata {
    if text == "{}" || text.isBlank { return Metadata() }
    if let json = try? JSONDocument(text), let metadata = read(json.root) { return metadata }
    return try readPairs(text)
  }

  /// Nil when it is no object of plain values. Numbers and booleans become texts, `null` members are left out.
  static func read(_ value: JSONValue) -> Metadata? {
    if value.isNull { return Metadata() }
    guard value.kind == .object else { return nil }
    var pairs: [(key: String, value: String)] = []
    for (name, value) in value.members where !value.isNull {
      guard let text = value.asText else { return nil }
      pairs.append((name, text))
    }
    return Metadata(pairs)
  }

  private static func readPairs(_ text: String) throws(Refusal) -> Metadata {
    var pairs: [(key: String, value: String)] = []
    for part in text.javaSplit(",") {
      let pieces = part.javaSplit("=")
      guard pieces.count == 2 else { throw .failed("metadata format incorrect:\(text)") }
      pairs.append((pieces[0], pieces[1]))
    }
    return Metadata(pairs)
  }
}
