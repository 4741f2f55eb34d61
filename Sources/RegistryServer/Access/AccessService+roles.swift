import EventLoop
import NacosWire
import RegistryModel

/// `/v1/auth/roles` and `/v1/auth/permissions` (naming-server-v1 1.12).
extension AccessService {
  func grants(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let (number, size) = try Self.page(call)
    let user = call.parameters.argument("username", default: "")
    return .reply(.json(try book.grantPage(number: number, size: size, user: user)))
  }

  func roleNames(_ call: borrowing Call) throws(Refusal) -> Outcome {
    .reply(.json(book.roleNames(containing: try call.parameters.argument("role"))))
  }

  func addGrant(_ call: borrowing Call, by user: String) throws(Refusal) -> Outcome {
    let asker = AccessAsker(user: user, address: call.sender.peer.host)
    let grant = RoleGrant(role: try call.parameters.argument("role"), user: try call.parameters.argument("username"))
    return .later { [self] answer in
      change(by: asker, { book throws(Refusal) in try book.addGrant(grant) }, answer, "add role ok!")
    }
  }

  func removeGrants(_ call: borrowing Call, by user: String) throws(Refusal) -> Outcome {
    let asker = AccessAsker(user: user, address: call.sender.peer.host)
    let role = try call.parameters.argument("role")
    let holder = call.parameters.argument("username", default: "")
    return .later { [self] answer in
      change(
        by: asker, { book throws(Refusal) in try book.removeGrants(role: role, user: holder.isEmpty ? nil : holder) },
        answer, "delete role of user \(holder) ok!")
    }
  }

  func permissions(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let (number, size) = try Self.page(call)
    let role = call.parameters.argument("role", default: "")
    return .reply(.json(try book.permissionPage(number: number, size: size, role: role)))
  }

  func addPermission(_ call: borrowing Call, by user: String) throws(Refusal) -> Outcome {
    let asker = AccessAsker(user: user, address: call.sender.peer.host)
    let permission = try Self.permission(call)
    return .later { [self] answer in
      change(by: asker, { book throws(Refusal) in try book.addPermission(permission) }, answer, "add permission ok!")
    }
  }

  func removePermission(_ call: borrowing Call, by user: String) throws(Refusal) -> Outcome {
    let asker = AccessAsker(user: user, address: call.sender.peer.host)
    let permission = try Self.permission(call)
    return .later { [self] answer in change(by: asker, { $0.removePermission(permission) }, answer, "delete permission ok!") }
  }

  private static func permission(_ call: borrowing Call) throws(Refusal) -> Permission {
    Permission(
      role: try call.parameters.argument("role"), resource: try call.parameters.argument("resource"),
      action: try call.parameters.argument("action"))
  }
}
