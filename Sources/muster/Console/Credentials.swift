import RegistryClient
import RegistryServer

extension RemoteCredentials {
  /// Who we are elsewhere; nil where nobody has said. Not an option: words of a command line are anybody's to read.
  static func fromEnvironment() throws -> RemoteCredentials? {
    let user = environment("MUSTER_USER").flatMap { $0.isEmpty ? nil : $0 } ?? AccessOptions.administrator
    if let password = environment("MUSTER_PASSWORD") { return RemoteCredentials(user: user, password: password) }
    guard let file = environment("MUSTER_PASSWORD_FILE") else { return nil }
    return RemoteCredentials(user: user, password: try SecretFile.password(file))
  }
}

extension StockCredentials {
  static func fromEnvironment() throws -> StockCredentials? {
    try RemoteCredentials.fromEnvironment().map { StockCredentials(user: $0.user, password: $0.password) }
  }
}
