import RegistryModel

/// What a request wants to do something with, as permissions name it (naming-server-v1 7.3).
struct ResourceName: Hashable, Sendable {
  let bytes: [UInt8]

  private init(_ text: String) { bytes = Array(text.utf8) }

  static let switches = ResourceName("naming/switches")
  static let administration = ResourceName("nacos/admin")
  static let console = ResourceName("console/pages")
  /// Only a permission for every namespace matches it.
  static let everyNamespace = ResourceName("*:*:naming/*")

  /// One service.
  static func service(_ key: ServiceKey) -> ResourceName {
    ResourceName("\(namespace(key.namespace)):\(part(key.group)):naming/\(key.name)")
  }

  /// A namespace's services as a whole.
  static func services(in namespace: String) -> ResourceName { ResourceName("\(self.namespace(namespace)):*:naming/*") }

  /// One configuration of a tenant; the tenant of the public namespace is an empty text.
  static func configuration(tenant: String, group: String, dataID: String) -> ResourceName {
    // Readers that say `public` or `null`, in whatever case, mean the public one.
    let isPublic = ["public", "null"].contains(tenant.lowercased())
    return ResourceName("\(isPublic ? "" : part(tenant)):\(part(group)):config/\(dataID)")
  }

  var isConsole: Bool { bytes.starts(with: "console/".utf8) }

  private static func namespace(_ id: String) -> String { id == ServiceKey.defaultNamespace ? "" : part(id) }

  /// Nacos puts the parts together as they come: then `a:*:*` is a permission for a namespace `a:b` too. A colon in one of
  /// the first two is written so that it separates nothing.
  private static func part(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "%") }) else { return text }
    return text.reduce(into: "") { result, character in
      switch character {
      case ":": result += "%3A"
      case "%": result += "%25"
      default: result.append(character)
      }
    }
  }
}
