import Glibc
import RegistryModel
import RegistryStore
import Testing

@testable import RegistryServer

@Suite("What outlives a restart")
struct AccessOptionsTests {
  @Test func theFirstStartMakesUpAPasswordAndTheNextDoesNot() throws {
    let store = MemoryRecords()
    var options = try AccessOptions(restoring: [], store: store, key: .random())
    let password = try #require(try options.settleAdministrator(password: nil))
    #expect(password.count == 20 && options.book.isAdministrator("nacos"))
    let account = try #require(options.book.accounts["nacos"])
    #expect(Password.matches(password, account.passwordHash))

    var next = try AccessOptions(restoring: store.records, store: store, key: .random())
    #expect(try next.settleAdministrator(password: nil) == nil)
    #expect(next.book.accounts == options.book.accounts)
    // The same password leaves their tokens as they are, another one does not.
    #expect(try next.settleAdministrator(password: password) == nil)
    #expect(next.book.accounts["nacos"] == account)
    #expect(try next.settleAdministrator(password: "another") == nil)
    #expect(next.book.accounts["nacos"]?.stamp != account.stamp)
    let last = try AccessOptions(restoring: store.records, store: store, key: .random())
    #expect(last.book.accounts == next.book.accounts)
  }

  @Test func everyChangeComesBackAsItWent() throws {
    let changes: [AccessChange] = [
      .putAccount(Account(name: "a\"b", passwordHash: "$2b$10$x", stamp: "s")),
      .putGrant(RoleGrant(role: "r", user: "a\"b")),
      .putPermission(Permission(role: "r", resource: ":*:*", action: "rw")),
      .putPermission(Permission(role: "r", resource: ":*:*", action: "r")),
    ]
    var records: [RecordKey: Record] = [:]
    for change in changes {
      guard case .put(let record) = try AccessRecords.change(change) else {
        throw AccessOptions.Failure(description: "no record")
      }
      records[record.key] = record
      #expect(try AccessRecords.read(record) == change)
    }
    #expect(records.count == changes.count)
    let gone: [AccessChange] = [.removeAccount(name: "a\"b"), .removeGrant(RoleGrant(role: "r", user: "a\"b"))]
    for change in gone {
      guard case .remove(let key) = try AccessRecords.change(change) else {
        throw AccessOptions.Failure(description: "no removal")
      }
      #expect(records[key] != nil)
    }
    #expect(try AccessRecords.read(Record(kind: "other", name: "x", value: "y")) == nil)
  }

  /// Whoever cannot be read may be one who was to be kept out.
  @Test func damageIsNotLookedOver() {
    #expect(throws: AccessOptions.Failure.self) {
      try AccessOptions(restoring: [Record(kind: "access-user", name: "x", value: "{}")], store: nil, key: .random())
    }
  }

  @Test func theKeyOfAFolder() throws {
    var template = Array("/tmp/muster-key-XXXXXX".utf8CString)
    let folder = String(cString: try #require(mkdtemp(&template)))
    let path = "\(folder)/token.key"
    defer {
      unlink(path)
      rmdir(folder)
    }
    let key = try TokenKey.load(folder: folder)
    #expect(try TokenKey.load(folder: folder).bytes == key.bytes)
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    chmod(path, 0o640)
    #expect(throws: TokenKey.Failure.self) { try TokenKey.load(folder: folder) }
    unlink(path)
    symlink("/dev/zero", path)
    #expect(throws: TokenKey.Failure.self) { try TokenKey.load(folder: folder) }
    #expect(throws: TokenKey.Failure.self) { try TokenKey.load(folder: "/nowhere") }
  }
}
