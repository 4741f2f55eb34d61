/// Who we are, for a registry that asks.
public struct RemoteCredentials: Sendable, Hashable {
  public var user: String
  public var password: String

  public init(user: String, password: String) {
    self.user = user
    self.password = password
  }
}
