import NacosWire
import RegistryModel

/// Users, roles and permissions as durable records: each is one, under a name that no two of a kind share.
enum AccessRecords {
  private static let account = "access-user"
  private static let grant = "access-role"
  private static let permission = "access-permission"

  static func change(_ change: AccessChange) throws(JSONError) -> RecordChange {
    switch change {
    case .putAccount(let value): try put(account, value.name, value)
    case .removeAccount(let name): .remove(RecordKey(kind: account, name: name))
    case .putGrant(let value): try put(grant, name(value), value)
    case .removeGrant(let value): .remove(RecordKey(kind: grant, name: name(value)))
    case .putPermission(let value): try put(permission, name(value), value)
    case .removePermission(let value): .remove(RecordKey(kind: permission, name: name(value)))
    }
  }

  /// Nil for a record of another kind.
  static func read(_ record: Record) throws(JSONError) -> AccessChange? {
    let bytes = Array(record.value.utf8)
    switch record.key.kind {
    case account: return .putAccount(try JSONCoding.decode(Account.self, from: bytes))
    case grant: return .putGrant(try JSONCoding.decode(RoleGrant.self, from: bytes))
    case permission: return .putPermission(try JSONCoding.decode(Permission.self, from: bytes))
    default: return nil
    }
  }

  private static func put(_ kind: String, _ name: String, _ value: some Encodable) throws(JSONError) -> RecordChange {
    .put(Record(kind: kind, name: name, value: String(decoding: try JSONCoding.encode(value), as: UTF8.self)))
  }

  // Control characters are in no part of these names.
  private static func name(_ grant: RoleGrant) -> String { "\(grant.user)\n\(grant.role)" }
  private static func name(_ value: Permission) -> String { "\(value.role)\n\(value.resource)\n\(value.action)" }
}
