import NacosWire
import RegistryModel
import Testing

@testable import RegistryServer

@Suite("Who may do what")
struct AccessBookTests {
  /// `ann` reads what `resource` names and writes nothing; `nacos` administers.
  private func book(_ resource: String = "dev:*:*", action: String = "r") -> AccessBook {
    AccessBook([
      .putAccount(Account(name: "nacos", passwordHash: "x", stamp: "1")),
      .putGrant(RoleGrant(role: RoleGrant.administrator, user: "nacos")),
      .putAccount(Account(name: "ann", passwordHash: "x", stamp: "2")),
      .putGrant(RoleGrant(role: "reader", user: "ann")),
      .putPermission(Permission(role: "reader", resource: resource, action: action)),
    ])
  }

  private func refusal(_ body: () throws(Refusal) -> [AccessChange]) -> String? {
    do throws(Refusal) {
      _ = try body()
      return nil
    } catch {
      return "\(error.status) \(error.body)"
    }
  }

  private func service(_ namespace: String, _ grouped: String = "DEFAULT_GROUP@@svc") -> ResourceName {
    .service(ServiceKey(namespace: namespace, grouped: grouped))
  }

  @Test func permissionsAreForOneNamespaceAndOneAction() {
    let book = book()
    #expect(book.allows("ann", .read, on: service("dev")))
    #expect(!book.allows("ann", .write, on: service("dev")))
    #expect(!book.allows("ann", .read, on: service("public")))
    #expect(book.allows("ann", .read, on: .services(in: "dev")))
    #expect(!book.allows("ann", .read, on: .everyNamespace))
    #expect(!book.allows("bob", .read, on: service("dev")))
    #expect(book.allows("nacos", .write, on: .everyNamespace))
    for action in ["w", "rw"] { #expect(self.book(action: action).allows("ann", .write, on: service("dev"))) }
    #expect(self.book(":*:*").allows("ann", .read, on: service("public")))
    #expect(!self.book(":*:*").allows("ann", .read, on: service("dev")))
  }

  @Test func patternsStandForThemselvesButForStars() {
    for (pattern, fits, fitsNot) in [
      ("dev:g1:naming/svc", service("dev", "g1@@svc"), service("dev", "g1@@svc2")),
      ("dev:g1:naming/s*c", service("dev", "g1@@svabc"), service("dev", "g1@@svcd")),
      ("*:*:naming/pay*", service("x", "g@@pay-1"), service("x", "g@@xpay")),
      ("de.:*:*", service("de.", "g@@s"), service("dev", "g@@s")),
      ("*", service("dev"), .console),
      ("dev*", service("dev-2"), service("xdev")),
    ] {
      #expect(book(pattern).allows("ann", .read, on: fits), "\(pattern)")
      #expect(!book(pattern).allows("ann", .read, on: fitsNot), "\(pattern)")
    }
    // Many stars do not make it slow.
    let stars = StarPattern(String(repeating: "*a", count: 250))
    #expect(!stars.matches(service("dev", "g@@" + String(repeating: "a", count: 400) + "b").bytes))
  }

  /// Put together as they come, the namespace `dev:x` would be one that `dev:*:*` is for.
  @Test func aColonInANameOpensNoOtherNamespace() {
    #expect(!book("dev:*:*").allows("ann", .read, on: service("dev:x")))
    #expect(!book("dev:g:*").allows("ann", .read, on: service("dev", "g:x@@svc")))
    #expect(service("a:b") != service("a%3Ab"))
  }

  @Test func theConsolesPagesAreForAdministrators() {
    #expect(!book("*", action: "rw").allows("ann", .read, on: .console))
    #expect(book("*", action: "rw").allows("ann", .write, on: .switches))
    #expect(book().allows("nacos", .write, on: .console))
  }

  @Test func refusalsInNacosWords() {
    let book = book()
    #expect(
      refusal { () throws(Refusal) in try book.addAccount(Account(name: "ann", passwordHash: "", stamp: "")) }
        == "400 caused: user 'ann' already exist!;")
    #expect(refusal { () throws(Refusal) in try book.removeAccount("nacos") } == "400 caused: cannot delete admin: nacos;")
    #expect(
      refusal { () throws(Refusal) in try book.setPassword(of: "bob", hash: "", stamp: "") }
        == "400 caused: user bob not exist!;")
    #expect(
      refusal { () throws(Refusal) in try book.addGrant(RoleGrant(role: "reader", user: "bob")) }
        == "400 caused: user 'bob' not found!;")
    #expect(
      refusal { () throws(Refusal) in try book.addGrant(RoleGrant(role: "ROLE_ADMIN", user: "ann")) }
        == "400 caused: role 'ROLE_ADMIN' is not permitted to create!;")
    #expect(
      refusal { () throws(Refusal) in try book.addPermission(Permission(role: "none", resource: "*", action: "r")) }
        == "400 caused: role none not found!;")
    for name in ["", " ", String(repeating: "x", count: 129), "a\nb"] {
      #expect(refusal { () throws(Refusal) in try book.addAccount(Account(name: name, passwordHash: "", stamp: "")) } != nil)
    }
    #expect(refusal { () throws(Refusal) in try book.removeGrants(role: "ROLE_ADMIN", user: nil) } != nil)
  }

  @Test func aLaterUserOfTheNameInheritsNothing() throws {
    var book = book()
    for change in try book.removeAccount("ann") { book.apply(change) }
    #expect(!book.allows("ann", .read, on: service("dev")))
    book.apply(.putAccount(Account(name: "ann", passwordHash: "x", stamp: "3")))
    #expect(!book.allows("ann", .read, on: service("dev")))
    #expect(try book.removeAccount("nobody").isEmpty)
  }

  @Test func rolesAndPermissionsGoAsTheyCame() throws {
    var book = book()
    let permission = Permission(role: "reader", resource: "dev:*:*", action: "r")
    #expect(book.grantCount == 2 && book.permissionCount == 1)
    book.apply(.putPermission(permission))
    #expect(book.permissionCount == 1)
    for change in book.removePermission(permission) { book.apply(change) }
    #expect(book.permissionCount == 0 && !book.allows("ann", .read, on: service("dev")))
    #expect(book.removePermission(permission).isEmpty)
    #expect(try book.removeGrants(role: "reader", user: nil) == [.removeGrant(RoleGrant(role: "reader", user: "ann"))])
  }

  @Test func pages() throws {
    let book = book()
    func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    #expect(
      text(try book.accountPage(number: 1, size: 1))
        == #"{"totalCount":2,"pageNumber":1,"pagesAvailable":2,"pageItems":[{"username":"ann","password":"********"}]}"#)
    #expect(
      text(try book.grantPage(number: 1, size: 10, user: "ann"))
        == #"{"totalCount":1,"pageNumber":1,"pagesAvailable":1,"pageItems":[{"role":"reader","username":"ann"}]}"#)
    #expect(
      text(try book.permissionPage(number: 2, size: 10, role: ""))
        == #"{"totalCount":1,"pageNumber":2,"pagesAvailable":1,"pageItems":[]}"#)
    #expect(text(book.accountNames(containing: "n")) == #"["ann","nacos"]"#)
    #expect(text(book.roleNames(containing: "ADMIN")) == #"["ROLE_ADMIN"]"#)
    for (number, size) in [(0, 1), (1, 0), (-1, -1)] {
      #expect(throws: Refusal.illegal("pageNo and pageSize must be greater than zero")) {
        try book.accountPage(number: number, size: size)
      }
    }
    _ = try book.accountPage(number: .max, size: .max)
  }
}
