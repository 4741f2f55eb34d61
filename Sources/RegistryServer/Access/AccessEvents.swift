import RegistryModel

/// What a change of who may do what is in the journal: who and what, and nothing of passwords.
enum AccessEvents {
  /// What the changes of one request are told as. `book` is as it was before them.
  static func events(of changes: [AccessChange], before book: AccessBook, from address: String) -> [AccessEvent] {
    changes.compactMap { change in
      switch change {
      case .putAccount(let account):
        AccessEvent(book.accounts[account.name] == nil ? .userCreated : .passwordChanged, subject: account.name, address: address)
      case .removeAccount(let name): AccessEvent(.userRemoved, subject: name, address: address)
      case .putGrant(let grant):
        book.roles[grant.user]?.contains(grant.role) == true
          ? nil : AccessEvent(.roleGiven, subject: grant.user, detail: grant.role, address: address)
      case .removeGrant(let grant): AccessEvent(.roleTaken, subject: grant.user, detail: grant.role, address: address)
      case .putPermission(let permission):
        book.permissions[permission.role]?[permission] != nil
          ? nil : event(.permissionGiven, permission, address)
      case .removePermission(let permission): event(.permissionTaken, permission, address)
      }
    }
  }

  private static func event(_ kind: AccessEvent.Kind, _ permission: Permission, _ address: String) -> AccessEvent {
    AccessEvent(kind, subject: permission.role, detail: "\(permission.resource) \(permission.action)", address: address)
  }
}

/// Who asked for a change, and from where.
struct AccessAsker {
  var user: String
  var address: String
}

/// How many lock-outs are taken down: whoever guesses must not flush everything else out of the journal. A value; time
/// comes in.
struct LockOutAllowance {
  private static let most = 60.0
  /// Milliseconds in which one more comes.
  private static let interval = 60_000.0

  private var left = most
  private var at: Int64?

  mutating func take(at now: MonotonicTime) -> Bool {
    if let at { left = min(Self.most, left + Double(now.milliseconds - at) / Self.interval) }
    at = now.milliseconds
    guard left >= 1 else { return false }
    left -= 1
    return true
  }
}
