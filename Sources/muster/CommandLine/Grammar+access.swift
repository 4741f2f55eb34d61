/// Who may reach a registry, and how.
extension OptionRule {
  static let access = [auth, adminPasswordFile, tlsCert, tlsKey, hostNames, insecureNoAuth]

  static let auth = OptionRule(
    name: "auth", about: "ask everybody who they are, as Nacos does with authentication on",
    excludes: ["insecure-no-auth", "demo"])

  static let adminPasswordFile = OptionRule(
    name: "admin-password-file", argument: "FILE",
    about: "the password of the administrator 'nacos' (default: one is made up at the first start and shown once)",
    needs: "auth")

  static let tlsCert = OptionRule(
    name: "tls-cert", argument: "FILE", about: "speak TLS with this certificate chain (PEM); SIGHUP reads it again",
    needs: "tls-key")

  static let tlsKey = OptionRule(
    name: "tls-key", argument: "FILE", about: "the key of --tls-cert (PEM)", needs: "tls-cert")

  static let hostNames = OptionRule(
    name: "host-names", argument: "NAME,...",
    about: "names that writers may know the registry by, beside its addresses, localhost and this machine's name")

  static let insecureNoAuth = OptionRule(
    name: "insecure-no-auth", about: "let anyone who reaches a non-loopback --listen read and change the registry")
}
