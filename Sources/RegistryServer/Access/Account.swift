/// Somebody who may log in.
struct Account: Hashable, Sendable, Codable {
  var name: String
  /// By bcrypt, as `$2b$10$…`; `$2a$` and `$2y$` come from Nacos' own databases.
  var passwordHash: String
  /// Drawn anew with each password. Tokens carry it, so that those given for an earlier password are of no more use.
  var stamp: String

  static func freshStamp() -> String { String(UInt64.random(in: .min ... .max), radix: 36) }
}

/// Somebody's part in a role.
struct RoleGrant: Hashable, Sendable, Codable {
  /// May do everything. Nobody is given it through the API (naming-server-v1 1.12).
  static let administrator = "ROLE_ADMIN"

  var role: String
  var user: String
}

/// What a role may do with what.
struct Permission: Hashable, Sendable, Codable {
  var role: String
  /// `<namespace>:<group>:naming/<service>`, where `*` stands for anything; the public namespace is an empty text.
  var resource: String
  /// `r`, `w` or `rw`.
  var action: String
}

/// A change of who may do what. Each is one durable record.
enum AccessChange: Hashable, Sendable {
  case putAccount(Account)
  case removeAccount(name: String)
  case putGrant(RoleGrant)
  case removeGrant(RoleGrant)
  case putPermission(Permission)
  case removePermission(Permission)
}
