public import RegistryModel

/// A text and its digest: 32 hexadecimal digits of the MD5 of its UTF-8 bytes, made by whoever brings it.
public struct ConfigurationText: Sendable, Hashable, Codable {
  public var text: String
  public var md5: String

  public init(_ text: String, md5: String) {
    self.text = text
    self.md5 = md5
  }
}

/// What publishers say of a configuration beside its content (naming-client-v1 3.2).
public struct ConfigurationDetails: Sendable, Hashable, Codable {
  public var type = "text"
  public var about: String?
  public var use: String?
  public var effect: String?
  public var schema: String?
  public var tags: [String] = []

  public init() {}
}

/// A configuration as it stands.
public struct Configuration: Sendable, Hashable, Codable {
  public var id: Int64
  public var place: ConfigurationPlace
  public var content: ConfigurationText
  public var details: ConfigurationDetails
  public var app: String
  /// The addresses that a beta is for.
  public var betaAddresses: [String]
  public var createdAt: WallTime
  public var modifiedAt: WallTime
  /// Who published it last, where that was said.
  public var user: String?
  /// The address of who published it last.
  public var address: String
}

/// A publication: of a content, by somebody.
public struct Publication: Sendable, Hashable {
  public var place: ConfigurationPlace
  public var content: ConfigurationText
  public var details: ConfigurationDetails
  /// Nil leaves what was there.
  public var app: String?
  public var betaAddresses: [String]
  public var author: ConfigurationAuthor

  public init(
    _ place: ConfigurationPlace, _ content: ConfigurationText, details: ConfigurationDetails = ConfigurationDetails(),
    app: String? = nil, betaAddresses: [String] = [], author: ConfigurationAuthor
  ) {
    self.place = place
    self.content = content
    self.details = details
    self.app = app
    self.betaAddresses = betaAddresses
    self.author = author
  }
}

public struct ConfigurationAuthor: Sendable, Hashable {
  public var user: String?
  public var address: String

  public init(user: String? = nil, address: String) {
    self.user = user
    self.address = address
  }
}
