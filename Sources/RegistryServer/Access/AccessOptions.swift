import RegistryModel

/// That requests are asked who sends them, and who may do what.
public struct AccessOptions: Sendable {
  var book: AccessBook
  var key: TokenKey
  var keep: AccessService.Keep?
  /// Seconds that a token is good for.
  public var tokenLifetime: Int64 = 18_000
}
