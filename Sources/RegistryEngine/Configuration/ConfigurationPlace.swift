public import RegistryModel

/// Which of the contents that one key may have.
public enum ConfigurationVariant: Sendable, Hashable, Codable {
  case main
  /// For the addresses that it names, while it is tried.
  case beta
  /// For clients that call themselves by this tag.
  case tag(String)
}

/// One content of one key.
public struct ConfigurationPlace: Sendable, Hashable, Codable {
  public var key: ConfigurationKey
  public var variant: ConfigurationVariant

  public init(_ key: ConfigurationKey, _ variant: ConfigurationVariant = .main) {
    self.key = key
    self.variant = variant
  }
}
