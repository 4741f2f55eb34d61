public import RegistryModel

/// Namespaces as the console reads them (naming-server-v1 1.10); nulls are written.
public enum NamespacePages {
  private static let quota = 200

  /// The public namespace first, which nobody created, then `namespaces`.
  public static func list(_ namespaces: some Sequence<Namespace>) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginResult()
    writer.beginArray()
    writer.namespace(id: "", name: "public", type: 0, about: nil, isDetailed: false)
    for namespace in namespaces {
      writer.namespace(id: namespace.id, name: namespace.name, type: 2, about: nil, isDetailed: false)
    }
    writer.endArray()
    writer.endObject()
    return writer.bytes
  }

  /// One namespace in detail; nil is the public one.
  public static func detail(_ namespace: Namespace?) -> [UInt8] {
    var writer = JSONWriter()
    if let namespace {
      let about = namespace.about.isEmpty ? nil : namespace.about
      writer.namespace(id: namespace.id, name: namespace.name, type: 2, about: about, isDetailed: true)
    } else {
      writer.namespace(id: "", name: "Public", type: 0, about: "Public Namespace", isDetailed: true)
    }
    return writer.bytes
  }

  fileprivate static func write(_ writer: inout JSONWriter) {
    writer.member("quota", quota)
    writer.member("configCount", 0)
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

  fileprivate mutating func namespace(id: String, name: String, type: Int, about: String?, isDetailed: Bool) {
    beginObject()
    member("namespace", id)
    member("namespaceShowName", name)
    NamespacePages.write(&self)
    member("type", type)
    if isDetailed { member("namespaceDesc", orNull: about) }
    endObject()
  }
}
