/// Something that happened to who may do what. It never holds a password, nor what is made of one.
public struct AccessEvent: Hashable, Sendable, Codable {
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    case userCreated, passwordChanged, userRemoved
    case roleGiven, roleTaken
    case permissionGiven, permissionTaken
    /// Too many wrong passwords came from one address: its next ones have to wait.
    case lockedOut
  }

  public var kind: Kind
  /// The user it is about, or of a permission the role; empty for a user that there is not.
  public var subject: String
  /// The role, or the permission as `resource action`; empty for the rest.
  public var detail: String
  /// The address from where it was asked for.
  public var address: String

  public init(_ kind: Kind, subject: String, detail: String = "", address: String) {
    self.kind = kind
    self.subject = subject
    self.detail = detail
    self.address = address
  }
}
