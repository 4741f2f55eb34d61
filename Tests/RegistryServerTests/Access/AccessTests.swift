import HTTPTransport
import NacosWire
import RegistryEngine
import RegistryModel
import Synchronization
import TestSupport
import Testing

@testable import RegistryServer

@Suite("Authentication over the socket")
struct AccessTests {
  @Test func loginsAndTheirAnswers() async throws {
    let guarded = try GuardedRegistry()
    let answer = try await guarded.registry.send("POST", "/auth/users/login", ["username": "nacos", "password": "nacos"])
    let page = try JSONDocument(answer.body).root
    #expect(page["tokenTtl"]?.integer == 18_000 && page["globalAdmin"]?.bool == true && page["username"]?.string == "nacos")
    for (user, password) in [("nacos", "wrong"), ("nobody", "nacos"), ("", ""), ("nacos", "")] {
      #expect(try await guarded.login(user, password) == "403 unknown user!")
    }
    #expect(try await guarded.registry.ask("POST", "/auth/login").hasPrefix("400 caused: Required request parameter 'username'"))
  }

  @Test func withoutAToken() async throws {
    let guarded = try GuardedRegistry()
    #expect(try await guarded.ask("GET", "/ns/instance/list", ["serviceName": "svc"]) == "403 unknown user!")
    #expect(try await guarded.ask("GET", "/ns/instance/list", ["serviceName": "svc"], token: "garbage") == "403 token invalid!")
    let blank = try await guarded.registry.send("GET", "/ns/service/list", headers: [HTTPHeader("Authorization", "Bearer ")])
    #expect(blank.status == 403)
    let spoofed = try await guarded.registry.ask("GET", "/ns/instance/list", ["serviceName": "svc"], agent: "Nacos-Server")
    #expect(spoofed.hasPrefix("403 ") && spoofed.contains(#""path":"/nacos/v1/ns/instance/list""#))
    for path in ["/console/health/liveness", "/console/server/state", "/ns/operator/metrics", "/ns/operator/switches"] {
      #expect(try await guarded.ask("GET", path).hasPrefix("200"))
    }
  }

  @Test func everyPlaceOfAToken() async throws {
    let guarded = try GuardedRegistry()
    let token = try await guarded.login()
    let instance = ["serviceName": "svc", "ip": "10.0.0.1", "port": "80"]
    #expect(try await guarded.ask("POST", "/ns/instance", instance, token: token) == "200 ok")
    let form = instance.merging(["accessToken": token]) { $1 }
    #expect(try await guarded.registry.ask("POST", "/ns/instance", form, form: true) == "200 ok")
    for scheme in ["Bearer", "bearer"] {
      let headers = [HTTPHeader("Authorization", "\(scheme) \(token)")]
      let answer = try await guarded.registry.send("GET", "/ns/instance/list", ["serviceName": "svc"], headers: headers)
      #expect(answer.status == 200 && answer.text.contains("10.0.0.1"))
    }
    let credentials = ["username": "nacos", "password": "nacos"]
    #expect(try await guarded.ask("PUT", "/ns/instance", instance.merging(credentials) { $1 }) == "200 ok")
    #expect(try await guarded.ask("GET", "/ns/service", ["serviceName": "svc"].merging(credentials) { $1 }).hasPrefix("200"))
    #expect(
      try await guarded.ask("GET", "/ns/service", ["serviceName": "svc", "username": "nacos", "password": "x"])
        == "403 unknown user!")
    #expect(
      try await guarded.ask("GET", "/auth/users", ["pageNo": "1", "pageSize": "1"].merging(credentials) { $1 })
        == "403 unknown user!")
  }

  @Test func aReaderReadsAndDoesNotWrite() async throws {
    let guarded = try GuardedRegistry()
    let token = try await guarded.login("ann", "secret")
    let dev = ["serviceName": "svc", "namespaceId": "dev"]
    let instance = dev.merging(["ip": "10.0.0.1", "port": "80"]) { $1 }
    #expect(try await guarded.ask("GET", "/ns/instance/list", dev, token: token).hasPrefix("200"))
    #expect(
      try await guarded.ask("GET", "/ns/instance/list", ["serviceName": "svc"], token: token) == "403 authorization failed!")
    #expect(try await guarded.ask("POST", "/ns/instance", instance, token: token) == "403 authorization failed!")
    #expect(try await guarded.ask("PUT", "/ns/instance/beat", instance, token: token) == "403 authorization failed!")
    #expect(
      try await guarded.ask("PUT", "/ns/operator/switches", ["entry": "pushEnabled", "value": "true"], token: token)
        == "403 authorization failed!")
    // Names of other namespaces are not for them, nor what is asked for by a key of its own.
    // Of a namespace that is not there, the handler says so: they were let in.
    #expect(try await !guarded.ask("GET", "/ns/service/names", ["namespaceId": "dev"], token: token).hasPrefix("403"))
    #expect(try await guarded.ask("GET", "/ns/service/names", token: token) == "403 authorization failed!")
    let key = ["namespaceId": "dev", "key": "public##DEFAULT_GROUP@@svc"]
    #expect(try await guarded.ask("GET", "/ns/instance/statuses", key, token: token) == "403 authorization failed!")
    for path in ["/auth/users", "/auth/roles", "/auth/permissions"] {
      let page = ["pageNo": "1", "pageSize": "9"]
      #expect(try await guarded.ask("GET", path, page, token: token) == "403 authorization failed!")
    }
    #expect(
      try await guarded.ask("POST", "/auth/users", ["username": "x", "password": "x"], token: token)
        == "403 authorization failed!")
    #expect(try await guarded.registry.raw("GET", "/muster/v1/watch?accessToken=\(token)").status == 403)
  }

  /// The group that the name says is the one that is read.
  @Test func anotherGroupCannotBeSlippedIn() async throws {
    let guarded = try GuardedRegistry()
    let admin = try await guarded.login()
    #expect(
      try await guarded.ask(
        "POST", "/auth/permissions", ["role": "reader", "resource": ":g1:*", "action": "r"], token: admin
      ).hasPrefix("200"))
    let token = try await guarded.login("ann", "secret")
    #expect(try await guarded.ask("GET", "/ns/instance/list", ["serviceName": "g1@@svc"], token: token).hasPrefix("200"))
    #expect(
      try await guarded.ask("GET", "/ns/instance/list", ["serviceName": "g2@@svc", "groupName": "g1"], token: token)
        == "403 authorization failed!")
  }

  @Test func healthByHandIsForNobody() async throws {
    let guarded = try GuardedRegistry()
    let token = try await guarded.login()
    #expect(try await guarded.ask("PUT", "/ns/health/instance", token: token) == "403 resource name invalid!")
  }

  @Test func usersFromTheirFirstToTheirLastDay() async throws {
    let guarded = try GuardedRegistry()
    let admin = try await guarded.login()
    let bob = ["username": "bob", "password": "first"]
    let created = #"200 {"code":200,"message":"create user ok!","data":null}"#
    #expect(try await guarded.ask("POST", "/auth/users", bob, token: admin) == created)
    #expect(try await guarded.ask("POST", "/auth/users", bob, token: admin) == "400 caused: user 'bob' already exist!;")
    let first = try await guarded.login("bob", "first")
    let namespaces = "/console/namespaces"
    #expect(try await guarded.ask("GET", namespaces, token: first).hasPrefix("200"))

    // Nobody but themselves and administrators gives them another password, and with it tokens of before are of no use.
    let others = try await guarded.login("ann", "secret")
    let change = ["username": "bob", "newPassword": "second"]
    let refused = #"200 {"code":403,"message":"authorization failed!","data":null}"#
    #expect(try await guarded.ask("PUT", "/auth/users", change, token: others) == refused)
    let updated = #"200 {"code":200,"message":"update user ok!","data":null}"#
    #expect(try await guarded.ask("PUT", "/auth/users", change, token: first) == updated)
    #expect(try await guarded.ask("GET", namespaces, token: first) == "403 token invalid!")
    #expect(try await guarded.login("bob", "first") == "403 unknown user!")
    let second = try await guarded.login("bob", "second")
    let wrong = ["oldPassword": "first", "newPassword": "third"]
    #expect(try await guarded.ask("PUT", "/auth/users/password", wrong, token: second).contains(#""code":401"#))
    let right = ["oldPassword": "second", "newPassword": "third"]
    #expect(try await guarded.ask("PUT", "/auth/users/password", right, token: second).contains(#""code":200"#))
    let third = try await guarded.login("bob", "third")

    #expect(try await guarded.ask("DELETE", "/auth/users", ["username": "bob"], token: admin).contains("delete user ok!"))
    #expect(try await guarded.ask("GET", namespaces, token: third) == "403 token invalid!")
    #expect(try await guarded.login("bob", "third") == "403 unknown user!")
    #expect(
      try await guarded.ask("DELETE", "/auth/users", ["username": "nacos"], token: admin)
        == "400 caused: cannot delete admin: nacos;")
    #expect(try await guarded.ask("GET", "/auth/users/search", ["username": "an"], token: admin) == #"200 ["ann"]"#)
    for unusable in ["", String(repeating: "x", count: 73)] {
      #expect(
        try await guarded.ask("POST", "/auth/users", ["username": "eve", "password": unusable], token: admin).hasPrefix("400"))
    }
  }

  @Test func permissionsWorkAtOnceAndEndAtOnce() async throws {
    let guarded = try GuardedRegistry()
    let admin = try await guarded.login()
    let token = try await guarded.login("ann", "secret")
    let prod = ["serviceName": "svc", "namespaceId": "prod"]
    let permission = ["role": "reader", "resource": "prod:*:*", "action": "r"]
    #expect(try await guarded.ask("GET", "/ns/instance/list", prod, token: token) == "403 authorization failed!")
    #expect(try await guarded.ask("POST", "/auth/permissions", permission, token: admin).contains("add permission ok!"))
    #expect(try await guarded.ask("GET", "/ns/instance/list", prod, token: token).hasPrefix("200"))
    #expect(try await guarded.ask("DELETE", "/auth/permissions", permission, token: admin).contains("delete permission ok!"))
    #expect(try await guarded.ask("GET", "/ns/instance/list", prod, token: token) == "403 authorization failed!")
    let role = ["role": "reader", "username": "ann"]
    #expect(try await guarded.ask("DELETE", "/auth/roles", role, token: admin).contains("delete role of user ann ok!"))
    #expect(
      try await guarded.ask("GET", "/ns/instance/list", ["serviceName": "s", "namespaceId": "dev"], token: token)
        == "403 authorization failed!")
    #expect(try await guarded.ask("POST", "/auth/roles", role, token: admin).contains("add role ok!"))
    #expect(try await guarded.ask("GET", "/auth/roles/search", ["role": "read"], token: admin) == #"200 ["reader"]"#)
  }

  @Test func tokensExpire() async throws {
    let guarded = try GuardedRegistry(lifetime: 0)
    let token = try await guarded.login()
    #expect(try await guarded.ask("GET", "/ns/service/list", token: token) == "403 token expired!")
  }

  @Test func aConsolesStreamEndsWithItsToken() async throws {
    let guarded = try GuardedRegistry(lifetime: 2)
    // A token is soon over; on a machine with much to do one may be over before the stream begins.
    for _ in 1...100 {
      let token = try await guarded.login()
      // It is all there once the stream has ended.
      let stream = try await guarded.registry.raw("GET", "/muster/v1/watch?accessToken=\(token)")
      if stream.status == 403 { continue }
      let last = try #require(stream.text.split(separator: "\n").last)
      #expect(last.contains("the login has expired"), "\(last.prefix(200))")
      let again = try await guarded.registry.raw("GET", "/muster/v1/watch?accessToken=\(token)")
      #expect(again.status == 403 && again.text.contains("token expired!"))
      return
    }
    Issue.record("no stream began")
  }

  @Test func aCommandIsItsSendersWhateverItSays() async throws {
    let guarded = try GuardedRegistry()
    let token = try await guarded.login()
    let command = Command(.createNamespace(id: "dev", name: "Dev", about: ""), by: .operator(name: "mallory"))
    let headers = [HTTPHeader("Content-Type", "application/json"), HTTPHeader("Authorization", "Bearer \(token)")]
    let answer = try await guarded.registry.raw(
      "POST", "/muster/v1/command", body: try JSONCoding.encode(command), headers: headers)
    #expect(answer.status == 200)
    #expect(guarded.registry.engine.events(before: nil, limit: 1).first?.origin == .operator(name: "nacos"))
  }

  @Test func theJournalTellsWhoChangedWhatAndNoPassword() async throws {
    let guarded = try GuardedRegistry()
    let admin = try await guarded.login()
    func ask(_ method: String, _ path: String, _ parameters: [String: String]) async throws {
      _ = try await guarded.ask(method, path, parameters, token: admin)
    }
    let permission = ["role": "writer", "resource": "dev:*:*", "action": "w"]
    try await ask("POST", "/auth/users", ["username": "bob", "password": "hunter2"])
    try await ask("POST", "/auth/roles", ["role": "writer", "username": "bob"])
    try await ask("POST", "/auth/roles", ["role": "writer", "username": "bob"])
    try await ask("POST", "/auth/permissions", permission)
    try await ask("DELETE", "/auth/permissions", permission)
    try await ask("PUT", "/auth/users", ["username": "bob", "newPassword": "hunter3"])
    try await ask("DELETE", "/auth/users", ["username": "bob"])
    // What was refused is not told.
    try await ask("POST", "/auth/users", ["username": "nacos", "password": "hunter4"])
    for _ in 1...7 { _ = try await guarded.login("nacos", "hunter5") }
    for _ in 1...7 { _ = try await guarded.login("hunter6", "hunter6") }
    let commits = guarded.registry.engine.events(before: nil, limit: 100).reversed()
    let events = commits.flatMap(\.changes).compactMap { change -> AccessEvent? in
      if case .access(let event) = change { event } else { nil }
    }
    let told = events.map { "\($0.kind.rawValue) \($0.subject) \($0.detail)" }
    #expect(
      told == [
        "userCreated bob ", "roleGiven bob writer", "permissionGiven writer dev:*:* w", "permissionTaken writer dev:*:* w",
        "passwordChanged bob ", "userRemoved bob ", "roleTaken bob writer", "lockedOut nacos ", "lockedOut  ",
      ])
    #expect(events.allSatisfy { $0.address == "127.0.0.1" })
    #expect(commits.prefix(6).allSatisfy { $0.origin == .operator(name: "nacos") && $0.isDurable })
    #expect(!"\(Array(commits))".contains("hunter") && !"\(Array(commits))".contains("$2"))
  }

  @Test func whatTheDiskRefusesDoesNotHappen() async throws {
    let fails = Mutex(true)
    let guarded = try GuardedRegistry(keep: { _, done in
      let error = fails.withLock { $0 } ? RegistryError.storeFailed("the disk is full") : nil
      done(error)
    })
    let admin = try await guarded.login()
    let bob = ["username": "bob", "password": "first"]
    #expect(try await guarded.ask("POST", "/auth/users", bob, token: admin).hasPrefix("500"))
    #expect(try await guarded.login("bob", "first") == "403 unknown user!")
    fails.withLock { $0 = false }
    #expect(try await guarded.ask("POST", "/auth/users", bob, token: admin).hasPrefix("200"))
    #expect(try await !guarded.login("bob", "first").hasPrefix("403"))
  }

  @Test func guessingIsSlow() async throws {
    let guarded = try GuardedRegistry()
    for _ in 1...5 { #expect(try await guarded.login("nacos", "wrong") == "403 unknown user!") }
    #expect(try await guarded.login("nacos", "nacos").hasPrefix("429 too many wrong passwords"))
    #expect(try await !guarded.login("ann", "secret").hasPrefix("4"))
  }

  @Test func whoeverIsNotAskedIsLetIn() async throws {
    let registry = try TestRegistry()
    let answer = try await registry.send("POST", "/auth/login", ["username": "any", "password": "any"])
    #expect(try JSONDocument(answer.body).root["accessToken"]?.string == "none")
    #expect(try await registry.get("/ns/instance/list", ["serviceName": "svc", "accessToken": "none"]).hasPrefix("200"))
    #expect(try await registry.get("/auth/users", ["pageNo": "1", "pageSize": "1"]).hasPrefix("403"))
  }

  @Test func pagesOfOtherSitesWriteNothing() async throws {
    let registry = try TestRegistry()
    let instance = "/nacos/v1/ns/instance?serviceName=svc&ip=1.1.1.1&port=80"
    for (name, value) in [("Origin", "http://evil.example"), ("Host", "evil.example")] {
      #expect(try await registry.raw("POST", instance, headers: [HTTPHeader(name, value)]).status == 403)
    }
    #expect(registry.engine.catalog.totals.services == 0)
    let own = HTTPHeader("Origin", "http://\(registry.server.address)")
    #expect(try await registry.raw("POST", instance, headers: [own]).status == 200)
  }
}
