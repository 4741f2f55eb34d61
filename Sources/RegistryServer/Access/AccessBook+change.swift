import NacosWire

/// What a change would be, or Nacos' reason against it (naming-server-v1 1.12).
extension AccessBook {
  /// Bounds of names and texts, in bytes, and of how many there may be.
  enum Bounds {
    static let name = 128
    static let resource = 512
    static let action = 16
    static let accounts = 10_000
    static let grants = 50_000
    static let permissions = 50_000
  }

  func checkNewAccount(_ name: String) throws(Refusal) {
    if accounts[name] != nil { throw .illegal("user '\(name)' already exist!") }
    try Self.checkName(name, "username")
    guard accounts.count < Bounds.accounts else { throw .illegal("there are \(accounts.count) users, and no more are taken") }
  }

  func addAccount(_ account: Account) throws(Refusal) -> [AccessChange] {
    try checkNewAccount(account.name)
    return [.putAccount(account)]
  }

  func checkAccount(_ name: String) throws(Refusal) {
    guard accounts[name] != nil else { throw .illegal("user \(name) not exist!") }
  }

  func setPassword(of name: String, hash: String, stamp: String) throws(Refusal) -> [AccessChange] {
    try checkAccount(name)
    return [.putAccount(Account(name: name, passwordHash: hash, stamp: stamp))]
  }

  /// One that is not there is no error. Their roles go with them: a later user of that name is somebody else.
  func removeAccount(_ name: String) throws(Refusal) -> [AccessChange] {
    if isAdministrator(name) { throw .illegal("cannot delete admin: \(name)") }
    guard accounts[name] != nil else { return [] }
    let grants = (roles[name] ?? []).sorted().map { AccessChange.removeGrant(RoleGrant(role: $0, user: name)) }
    return [.removeAccount(name: name)] + grants
  }

  func addGrant(_ grant: RoleGrant) throws(Refusal) -> [AccessChange] {
    guard accounts[grant.user] != nil else { throw .illegal("user '\(grant.user)' not found!") }
    guard grant.role != RoleGrant.administrator else {
      throw .illegal("role '\(RoleGrant.administrator)' is not permitted to create!")
    }
    try Self.checkName(grant.role, "role")
    guard grantCount < Bounds.grants else { throw .illegal("there are \(grantCount) roles of users, and no more are taken") }
    return [.putGrant(grant)]
  }

  /// Takes a role from one user, or from all where none is named. Whoever administers stays an administrator: nobody could
  /// make another.
  func removeGrants(role: String, user: String?) throws(Refusal) -> [AccessChange] {
    let users = user.map { [$0] } ?? roles.keys.sorted()
    let held = users.filter { roles[$0]?.contains(role) ?? false }
    if role == RoleGrant.administrator, let first = held.first { throw .illegal("cannot delete admin: \(first)") }
    return held.map { .removeGrant(RoleGrant(role: role, user: $0)) }
  }

  func addPermission(_ permission: Permission) throws(Refusal) -> [AccessChange] {
    guard roles.values.contains(where: { $0.contains(permission.role) }) else {
      throw .illegal("role \(permission.role) not found!")
    }
    try Self.check(permission.resource, "resource", most: Bounds.resource)
    try Self.check(permission.action, "action", most: Bounds.action)
    guard permissionCount < Bounds.permissions else {
      throw .illegal("there are \(permissionCount) permissions, and no more are taken")
    }
    return [.putPermission(permission)]
  }

  func removePermission(_ permission: Permission) -> [AccessChange] {
    permissions[permission.role]?[permission] == nil ? [] : [.removePermission(permission)]
  }

  private static func checkName(_ text: String, _ what: StaticString) throws(Refusal) {
    if text.utf8.allSatisfy({ $0 <= 0x20 }) { throw .illegal("Param '\(what)' is required.") }
    try check(text, what, most: Bounds.name)
  }

  private static func check(_ text: String, _ what: StaticString, most: Int) throws(Refusal) {
    guard text.utf8.count <= most, text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
      throw .illegal("Param '\(what)' is longer than \(most) bytes or holds control characters.")
    }
  }
}
