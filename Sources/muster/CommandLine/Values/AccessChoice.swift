/// Who is let in to a registry of this process, and how it is reached.
struct AccessChoice: Hashable, Sendable {
  struct TLSFiles: Hashable, Sendable {
    let certificate: String
    let key: String
  }

  /// Whether everybody is asked who they are.
  let asks: Bool
  /// nil leaves the administrator the password that they have, or makes one up.
  let passwordFile: String?
  /// nil speaks plain text.
  let tls: TLSFiles?
  /// In lower case.
  let hostNames: [String]

  init(_ words: Words) throws(UsageError) {
    asks = words.has(OptionRule.auth.name)
    passwordFile = try Self.path(words, .adminPasswordFile)
    if let certificate = try Self.path(words, .tlsCert), let key = try Self.path(words, .tlsKey) {
      tls = TLSFiles(certificate: certificate, key: key)
    } else {
      tls = nil
    }
    hostNames = try words[OptionRule.hostNames.name].map(Self.names) ?? []
  }

  private static func path(_ words: Words, _ option: OptionRule) throws(UsageError) -> String? {
    guard let path = words[option.name] else { return nil }
    guard !path.isEmpty else { throw UsageError("'--\(option.name)' needs a file") }
    return path
  }

  private static func names(_ text: String) throws(UsageError) -> [String] {
    var names: [String] = []
    for name in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let (host, port) = HostAndPort.split(String(name)), port == nil else {
        throw UsageError("'--\(OptionRule.hostNames.name)' is a list of names like registry.example.com, not '\(name)'")
      }
      names.append(host.lowercased())
    }
    return names
  }
}
