import NacosWire
import RegistryModel

/// Who there is, who plays which role, and what roles may do (naming-server-v1 7.3). A value: it is asked what a change
/// would be, and told when that has been stored.
struct AccessBook: Sendable {
  private(set) var accounts: [String: Account] = [:]
  /// By user.
  private(set) var roles: [String: Set<String>] = [:]
  /// By role, with what they match made ready: in a resource a star stands for anything, colons included, and all else for
  /// itself, where Nacos takes it for a regular expression.
  private(set) var permissions: [String: [Permission: StarPattern]] = [:]
  private(set) var grantCount = 0
  private(set) var permissionCount = 0

  init(_ changes: some Sequence<AccessChange> = []) {
    for change in changes { apply(change) }
  }

  mutating func apply(_ change: AccessChange) {
    switch change {
    case .putAccount(let account): accounts[account.name] = account
    case .removeAccount(let name): accounts[name] = nil
    case .putGrant(let grant):
      if roles[grant.user, default: []].insert(grant.role).inserted { grantCount += 1 }
    case .removeGrant(let grant):
      if roles[grant.user]?.remove(grant.role) != nil { grantCount -= 1 }
      if roles[grant.user]?.isEmpty == true { roles[grant.user] = nil }
    case .putPermission(let permission):
      let known = permissions[permission.role, default: [:]].updateValue(StarPattern(permission.resource), forKey: permission)
      if known == nil { permissionCount += 1 }
    case .removePermission(let permission):
      if permissions[permission.role]?.removeValue(forKey: permission) != nil { permissionCount -= 1 }
      if permissions[permission.role]?.isEmpty == true { permissions[permission.role] = nil }
    }
  }

  func isAdministrator(_ user: String) -> Bool { roles[user]?.contains(RoleGrant.administrator) ?? false }

  var hasAdministrator: Bool { accounts.keys.contains(where: isAdministrator) }

  /// Whether any of the user's roles lets them do this. What the console's own pages show is for administrators alone,
  /// whatever a permission says.
  func allows(_ user: String, _ action: Access.Action, on resource: ResourceName) -> Bool {
    guard accounts[user] != nil, let roles = roles[user] else { return false }
    if roles.contains(RoleGrant.administrator) { return true }
    if resource.isConsole { return false }
    return roles.contains { role in
      permissions[role]?.contains { permission, pattern in
        permission.action.utf8.contains(action.letter) && pattern.matches(resource.bytes)
      } ?? false
    }
  }
}

extension Access.Action {
  fileprivate var letter: UInt8 {
    switch self {
    case .read: UInt8(ascii: "r")
    case .write: UInt8(ascii: "w")
    }
  }
}
