public import RegistryModel

/// Namespaces as the console reads them (naming-server-v1 1.10); nulls are written.
public enum NamespacePages {
  /// The public namespace first, which nobody created, then `namespaces`.
  ///
  /// - Parameter configurations: how many there are by namespace, the public one's under the empty text.
  public static func list(_ namespaces: some Sequence<Namespace>, configurations: [String: Int]) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginResult()
    writer.beginArray()
    writer.namespace(id: "", name: "public", type: 0, configurations: configurations["", default: 0])
    for namespace in namespaces {
      let count = configurations[namespace.id, default: 0]
      writer.namespace(id: namespace.id, name: namespace.name, type: 2, configurations: count)
    }
    writer.endArray()
    writer.endObject()
    return writer.bytes
  }

  /// One namespace in detail, with how many configurations it has.
  public static func detail(_ namespace: Namespace, configurations: Int) -> [UInt8] {
    var writer = JSONWriter()
    let about = namespace.about.isEmpty ? nil : namespace.about
    writer.namespace(
      id: namespace.id, name: namespace.name, type: 2, configurations: configurations, about: .some(about))
    return writer.bytes
  }

  /// The public namespace in detail, under the empty or blank id by which it was asked for.
  public static func detailOfPublic(askedAs id: String, configurations: Int) -> [UInt8] {
    var writer = JSONWriter()
    writer.namespace(id: id, name: "Public", type: 0, configurations: configurations, about: "Public Namespace")
    return writer.bytes
  }
}

extension JSONWriter {
  /// `RestResult`: up to the value of `data`, which the caller writes before it ends the object.
  public mutating func beginResult(message: String? = nil) {
    beginObject()
    member("code", 200)
    member("message", orNull: message)
    key("data")
  }

  /// `about` is written where it is given, as `null` where it is given as nothing.
  fileprivate mutating func namespace(id: String, name: String, type: Int, configurations: Int, about: String?? = nil) {
    beginObject()
    member("namespace", id)
    member("namespaceShowName", name)
    member("quota", 200)
    member("configCount", configurations)
    member("type", type)
    if let about { member("namespaceDesc", orNull: about) }
    endObject()
  }
}
