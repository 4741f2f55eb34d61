/// Which service: a namespace and the grouped name, `group@@service`, verbatim as the wire carries it
/// (naming-server-v1 0.2). The grouped name is the only service identity inside a namespace.
public struct ServiceKey: Hashable, Sendable, Codable, Comparable {
  public static let separator = "@@"
  public static let defaultGroup = "DEFAULT_GROUP"
  public static let defaultNamespace = "public"

  public var namespace: String
  public var grouped: String

  public init(namespace: String = ServiceKey.defaultNamespace, grouped: String) {
    self.namespace = namespace
    self.grouped = grouped
  }

  public init(namespace: String = ServiceKey.defaultNamespace, group: String, name: String) {
    self.init(namespace: namespace, grouped: group + Self.separator + name)
  }

  /// The text before the separator; the default group when there is none.
  public var group: String {
    guard let at = separatorOffset else { return Self.defaultGroup }
    return String(grouped.utf8.prefix(at)) ?? Self.defaultGroup
  }

  /// The bare service name: the second piece of a split at the separator, or the whole text when there is none.
  public var name: String {
    guard let at = separatorOffset else { return grouped }
    let rest = grouped.utf8.dropFirst(at + 2)
    return String(Substring(rest.prefix(Self.offsetOfSeparator(in: rest) ?? rest.count)))
  }

  public static func == (left: ServiceKey, right: ServiceKey) -> Bool {
    left.grouped.hasBytes(of: right.grouped) && left.namespace.hasBytes(of: right.namespace)
  }

  public static func < (left: ServiceKey, right: ServiceKey) -> Bool {
    left.namespace != right.namespace ? left.namespace < right.namespace : left.grouped < right.grouped
  }

  private var separatorOffset: Int? { Self.offsetOfSeparator(in: grouped.utf8[...]) }

  private static func offsetOfSeparator(in bytes: Substring.UTF8View) -> Int? {
    var previousIsAt = false
    var offset = 0
    for byte in bytes {
      let isAt = byte == UInt8(ascii: "@")
      if isAt, previousIsAt { return offset - 1 }
      previousIsAt = isAt
      offset += 1
    }
    return nil
  }
}
