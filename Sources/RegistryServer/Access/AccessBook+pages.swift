import NacosWire

/// Lists of users, roles and permissions, each in the order of its names (naming-server-v1 1.12).
extension AccessBook {
  /// Nacos shows the hash of each password here, for whoever reads over a shoulder to try at leisure; this does not.
  private static let hidden = "********"

  private typealias Member = (name: StaticString, value: String)

  func accountPage(number: Int, size: Int) throws(Refusal) -> [UInt8] {
    try Self.page(accounts.keys.sorted(), number, size) { name -> [Member] in
      [("username", name), ("password", Self.hidden)]
    }
  }

  /// Names that contain `part`.
  func accountNames(containing part: String) -> [UInt8] {
    AccessPages.names(accounts.keys.filter { Self.contains($0, part) }.sorted())
  }

  /// Of one user, or of all where none is named.
  func grantPage(number: Int, size: Int, user: String) throws(Refusal) -> [UInt8] {
    let users = user.isEmpty ? roles.keys.sorted() : [user]
    let grants = users.flatMap { user in (roles[user] ?? []).sorted().map { RoleGrant(role: $0, user: user) } }
    return try Self.page(grants, number, size) { [("role", $0.role), ("username", $0.user)] }
  }

  /// Names of roles that contain `part`, once for each user who has it.
  func roleNames(containing part: String) -> [UInt8] {
    AccessPages.names(roles.values.flatMap { $0.filter { Self.contains($0, part) } }.sorted())
  }

  /// Of one role, or of all where none is named.
  func permissionPage(number: Int, size: Int, role: String) throws(Refusal) -> [UInt8] {
    let roles = role.isEmpty ? permissions.keys.sorted() : [role]
    let found = roles.flatMap { role in
      (permissions[role] ?? [:]).keys.sorted { ($0.resource, $0.action) < ($1.resource, $1.action) }
    }
    return try Self.page(found, number, size) { [("role", $0.role), ("resource", $0.resource), ("action", $0.action)] }
  }

  private static func contains(_ name: String, _ part: String) -> Bool { part.isEmpty || name.contains(part) }

  private static func page<Item>(
    _ items: [Item], _ number: Int, _ size: Int, _ members: (Item) -> [Member]
  ) throws(Refusal) -> [UInt8] {
    guard number > 0, size > 0 else { throw .illegal("pageNo and pageSize must be greater than zero") }
    let shown = items[Page(number: number, size: size).range(of: items.count)]
    return AccessPages.page(of: shown.map(members), total: items.count, number: number, size: size)
  }
}
