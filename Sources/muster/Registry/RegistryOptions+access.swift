import Glibc
import RegistryModel
import RegistryServer
import RegistryStore

extension RegistryOptions {
  /// Who writers may believe to speak with.
  var origins: OriginRules {
    var names = Set(access.hostNames)
    names.insert(listen.host.lowercased())
    if let name = Self.machineName { names.insert(name.lowercased()) }
    return OriginRules(names: names, asksEverybody: listen.isLoopback)
  }

  /// Whether somebody on the way from another machine can read them.
  var tellsSecretsInPlainText: Bool { access.asks && access.tls == nil && !listen.isLoopback }

  private static var machineName: String? {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return nil }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// What asks everybody who they are, with the administrator's password if that was made up just now; neither where nobody
  /// is asked.
  func accessOptions(_ records: [Record], store: SQLiteStore?) throws -> (AccessOptions?, firstPassword: String?) {
    guard access.asks else { return (nil, nil) }
    let password = try access.passwordFile.map { path throws(SecretFile.Failure) in try SecretFile.password(path) }
    let key: TokenKey =
      switch storage {
      case .memory: .random()
      case .folder(let path): try TokenKey.load(folder: path)
      }
    var options = try AccessOptions(restoring: records, store: store, key: key)
    let firstPassword = try options.settleAdministrator(password: password)
    return (options, firstPassword)
  }
}
