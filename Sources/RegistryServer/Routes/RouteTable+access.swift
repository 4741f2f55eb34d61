import EventLoop
import NacosWire

extension RouteTable {
  /// 1.12: logins, users, roles and permissions. Users are found under an older name as well.
  static let accounts: [Route] =
    ["/v1/auth/users", "/v1/auth"].flatMap { path in users(at: path) } + logins
    + ["/v1/auth/users/search", "/v1/auth/search"].map { path in
      Route(.get, path, .console(.write)) { (access, call, _) throws(Refusal) in try access.accountNames(call) }
    }
    + ["/v1/auth/users/password", "/v1/auth/password"].map { path in
      Route(.put, path, .account) { (access, call, user) throws(Refusal) in try access.replacePassword(call, by: user) }
    } + roles

  private static func users(at path: StaticString) -> [Route] {
    [
      Route(.post, path, .console(.write)) { (access, call, user) throws(Refusal) in try access.createAccount(call, by: user) },
      Route(.get, path, .console(.read)) { (access, call, _) throws(Refusal) in try access.accounts(call) },
      Route(.put, path, .account) { (access, call, user) throws(Refusal) in try access.setPassword(call, by: user) },
      Route(.delete, path, .console(.write)) { (access, call, user) throws(Refusal) in try access.removeAccount(call, by: user) },
    ]
  }

  private static let logins = [
    Route(.post, "/v1/auth/users/login", .open) { (access, call, _) throws(Refusal) in try access.login(call) },
    Route(.post, "/v1/auth/login", .open) { (access, call, _) throws(Refusal) in try access.login(call) },
  ]

  private static let roles = [
    Route(.get, "/v1/auth/roles", .console(.read)) { (access, call, _) throws(Refusal) in try access.grants(call) },
    Route(.post, "/v1/auth/roles", .console(.write)) { (access, call, user) throws(Refusal) in try access.addGrant(call, by: user)
    },
    Route(.delete, "/v1/auth/roles", .console(.write)) { (access, call, user) throws(Refusal) in
      try access.removeGrants(call, by: user)
    },
    Route(.get, "/v1/auth/roles/search", .console(.read)) { (access, call, _) throws(Refusal) in try access.roleNames(call) },
    Route(.get, "/v1/auth/permissions", .console(.read)) { (access, call, _) throws(Refusal) in try access.permissions(call) },
    Route(.post, "/v1/auth/permissions", .console(.write)) { (access, call, user) throws(Refusal) in
      try access.addPermission(call, by: user)
    },
    Route(.delete, "/v1/auth/permissions", .console(.write)) { (access, call, user) throws(Refusal) in
      try access.removePermission(call, by: user)
    },
  ]
}
