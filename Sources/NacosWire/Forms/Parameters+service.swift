import Glibc
public import RegistryModel

/// Which service a request is about (naming-server-v1 0.2, "Service name and group" and "Namespace").
extension Parameters {
  public var namespace: String { optional("namespaceId", default: ServiceKey.defaultNamespace) }

  /// The grouped name that every handler sees: `serviceName`, or the legacy `dom` where that is blank, with the group in
  /// front unless it has one. Nil when neither is given, empty when all there is is blank.
  public var groupedName: String? {
    guard let name = optional("serviceName") ?? optional("dom") else { return bytes(of: "serviceName").map { _ in "" } }
    if GroupedName.hasSeparator(name) { return name }
    let group = value("groupName").flatMap { $0.isBlank ? nil : $0 } ?? ServiceKey.defaultGroup
    return (group + ServiceKey.separator + name).trimmed
  }

  /// P-style, and of a form that has both a group and a name.
  public func requiredService() throws(Refusal) -> ServiceKey {
    let key = try requiredServiceOfAnyForm()
    try GroupedName.check(key.grouped)
    return key
  }

  /// P-style, whatever its form.
  public func requiredServiceOfAnyForm() throws(Refusal) -> ServiceKey {
    guard let grouped = groupedName else { throw .missing("serviceName") }
    // One of blanks alone passes, one of nothing does not.
    if grouped.isEmpty, value("serviceName")?.isEmpty != false { throw .missing("serviceName") }
    return ServiceKey(namespace: namespace, grouped: grouped)
  }

  /// S-style: an empty name passes, only an absent one is refused.
  public func serviceArgument() throws(Refusal) -> ServiceKey {
    guard let grouped = groupedName else { throw .missingArgument("serviceName", type: "String") }
    return ServiceKey(namespace: namespace, grouped: grouped)
  }
}

/// What the wire asks of a grouped name, `group@@service`.
public enum GroupedName {
  static func hasSeparator(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { offsetOfSeparator(in: $0) != nil }
  }

  private static func offsetOfSeparator(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let start = bytes.baseAddress else { return nil }
    var offset = 0
    while let found = memchr(start + offset, Int32(UInt8(ascii: "@")), bytes.count - offset) {
      let at = UnsafeRawPointer(found) - UnsafeRawPointer(start)
      if at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "@") { return at }
      offset = at + 1
    }
    return nil
  }

  /// `NamingUtils.checkServiceNameFormat`: two pieces at least, the first not empty.
  public static func check(_ grouped: String) throws(Refusal) {
    var grouped = grouped
    let verdict: Refusal? = grouped.withUTF8 { bytes in
      guard let at = offsetOfSeparator(in: bytes), hasPiece(bytes, from: at + 2) else {
        return .illegal("Param 'serviceName' is illegal, it should be format as 'groupName@@serviceName'")
      }
      return at == 0 ? .illegal("Param 'serviceName' is illegal, groupName can't be empty") : nil
    }
    if let verdict { throw verdict }
  }

  /// Whether a split at the separator leaves anything: trailing empty pieces do not count.
  private static func hasPiece(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
    var place = start
    while place + 1 < bytes.count, bytes[place] == UInt8(ascii: "@"), bytes[place + 1] == UInt8(ascii: "@") { place += 2 }
    return place < bytes.count
  }
}
