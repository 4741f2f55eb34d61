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
    ResourceName("\(namespace(tenant)):\(part(group)):config/\(dataID)")
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

/// What a permission is for: a name in which each `*` stands for anything, colons included. All else stands for itself,
/// where Nacos takes it for a regular expression.
struct ResourcePattern: Hashable, Sendable {
  private let bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) }

  func matches(_ resource: ResourceName) -> Bool {
    let text = resource.bytes
    var (here, there) = (0, 0)
    // Where to go on after the last star when what followed it did not fit.
    var retry: (here: Int, there: Int)?
    while there < text.count {
      if here < bytes.count, bytes[here] == UInt8(ascii: "*") {
        here += 1
        retry = (here, there)
      } else if here < bytes.count, bytes[here] == text[there] {
        here += 1
        there += 1
      } else if let last = retry {
        (here, there) = (last.here, last.there + 1)
        retry = (here, there)
      } else {
        return false
      }
    }
    return bytes[here...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
