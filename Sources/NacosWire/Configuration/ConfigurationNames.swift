public import RegistryModel

/// What Nacos asks of a configuration's names and of what is said with it (naming-client-v1 3.2, "Rules"). Blanks around a
/// name are taken off: Nacos keeps them, and then nobody finds what was published so.
public enum ConfigurationNames {
  private static let tenantUnits = 128
  private static let tagUnits = 16
  private static let nameBytes = 512

  /// - Throws: E400, which calls one that is too long a tag as Nacos does.
  public static func tenant(_ text: String) throws(Refusal) -> String {
    let tenant = text.trimmed
    guard isValid(tenant) else { throw .illegal("invalid tenant") }
    guard text.utf16.count <= tenantUnits else { throw .illegal("too long tag, over \(tenantUnits)") }
    return tenant
  }

  /// - Throws: N‹-400›.
  public static func key(tenant: String, group: String, dataID: String) throws(Refusal) -> ConfigurationKey {
    let name = dataID.trimmed
    guard !name.isEmpty, isValid(name), name.utf8.count <= nameBytes else { throw .failed("invalid dataId : \(dataID)") }
    guard !group.isBlank, isValid(group), group.utf8.count <= nameBytes else { throw .failed("invalid group : \(group)") }
    return ConfigurationKey(tenant: tenant, group: group, dataID: name)
  }

  /// Nil for none.
  /// - Throws: E400.
  public static func tag(_ text: String?) throws(Refusal) -> String? {
    guard let text, !text.isBlank else { return nil }
    guard isValid(text.trimmed) else { throw .illegal("invalid tag : \(text)") }
    guard text.utf16.count <= tagUnits else { throw .illegal("too long tag, over \(tagUnits)") }
    return text.trimmed
  }

  /// - Throws: N‹-400›.
  public static func content(_ text: String, mostUnits: Int) throws(Refusal) -> String {
    guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
      throw .failed("content is blank : \(text)")
    }
    // A unit takes at least one byte, and never more than three.
    guard text.utf8.count <= mostUnits || text.utf16.count <= mostUnits else {
      throw .failed("invalid content, over \(mostUnits)")
    }
    return text
  }

  /// The tags of `config_tags`.
  /// - Throws: N‹-400›.
  public static func tags(_ text: String?) throws(Refusal) -> [String] {
    let tags = text?.javaSplit(",") ?? []
    guard tags.count <= 5 else { throw .failed("too much config_tags, over 5") }
    guard tags.allSatisfy({ $0.utf16.count <= 64 }) else { throw .failed("too long tag, over 64") }
    return tags.filter { !$0.isEmpty }
  }

  /// A text of at most so many UTF-16 units.
  /// - Throws: N‹-400›.
  public static func text(_ text: String?, _ name: StaticString, most: Int) throws(Refusal) -> String? {
    if let text, text.utf16.count > most { throw .failed("too long \(name), over \(most)") }
    return text
  }

  /// The tenant that a reader means: `public` and `null` stand for none.
  public static func tenantRead(_ text: String) throws(Refusal) -> String {
    let tenant = try tenant(text)
    return ["public", "null"].contains(tenant.lowercased()) ? "" : tenant
  }

  /// Letters and digits of any script, and `_-.:`. Java looks at UTF-16 units, so what takes two is no letter.
  private static func isValid(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      if scalar.value < 0x80 {
        return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "_-.:".unicodeScalars.contains(scalar)
      }
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber:
        return scalar.value < 0x1_0000
      default: return false
      }
    }
  }
}
