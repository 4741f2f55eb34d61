import EventLoop
import NacosWire
import RegistryModel
import Synchronization
import TestSupport
import Testing

@testable import RegistryClient

@Suite("Sessions over a stock Nacos")
struct StockSessionTests {
  private static let orders = ServiceKey(group: "DEFAULT_GROUP", name: "orders")

  private func session(_ nacos: FakeNacos, _ credentials: StockCredentials? = nil) throws -> StockSession {
    StockSession(try #require(nacos.registry), credentials: credentials)
  }

  @Test("what was recorded of a server is what a reader gets", arguments: StockRecording.allCases)
  func snapshot(recording: StockRecording) async throws {
    let nacos = try FakeNacos(recording)
    let session = try session(nacos)
    let reader = SessionReader(session)
    try await reader.wait("the snapshot") { $0.snapshots == 1 && $0.isLive }
    let catalog = try #require(reader.seen.catalog)
    #expect(catalog.namespaceIDs == ["kaifa", "public", "staging"])
    #expect(catalog.totals.services == 3)
    let instance = InstanceAddress(cluster: "hz", ip: "10.20.0.2", port: 8080)
    #expect(catalog[InstanceKey(service: Self.orders, address: instance)]?.weight == 2.5)
    #expect(catalog[ServiceKey(group: "pay", name: "empty")]?.settings.protectThreshold == 0.5)
    let ledger = catalog[ServiceKey(group: "pay", name: "ledger")]
    #expect(ledger?.counts.total == 2 && ledger?.counts.ephemeral == 0)
    let capabilities = await session.capabilities
    #expect(capabilities.server == "Nacos \(recording.rawValue)" && capabilities.refusals[.mark] != nil)
    #expect((capabilities.refusals[.setHealth] != nil) == (recording == .two))
    nacos.stop()
  }

  @Test("a change is seen, and in a service on screen beats are known of Nacos 1")
  func change() async throws {
    let flag = Flag()
    let key = StockRecording.key("/v1/ns/catalog/instances", service: "orders", cluster: "hz")
    let page = try #require(StockRecording.one.pages[key]?.body)
    let nacos = try FakeNacos(.one) { question in
      flag.isSet && question.key == key ? (200, page.replacing("\"weight\":2.5", with: "\"weight\":9.0")) : nil
    }
    let session = try session(nacos)
    let reader = SessionReader(session)
    try await reader.wait("the snapshot") { $0.snapshots == 1 }
    flag.set()
    guard case .vitals(let vitals) = try await session.ask(.vitals(Self.orders)) else {
      Issue.record("no vitals")
      return
    }
    #expect(vitals.count == 3 && vitals.allSatisfy { ($0.beatAge ?? 0) > 0 })
    try await reader.wait("the weight") { $0.commits.count == 1 }
    #expect(reader.seen.commits.first?.origin == .polled && reader.seen.faults.isEmpty)
    guard case .subscribers(let subscribers) = try await session.ask(.subscribers(Self.orders, offset: 0, limit: 10)) else {
      Issue.record("no subscribers")
      return
    }
    #expect(subscribers.subscribers.map(\.subscriber.app) == ["shop"])
    await #expect(throws: RegistryError.self) { try await session.ask(.metrics) }
    nacos.stop()
  }

  @Test("a server that ends is lost, and found again")
  func restart() async throws {
    let first = try FakeNacos(.one)
    let reader = SessionReader(try session(first))
    try await reader.wait("the snapshot") { $0.snapshots == 1 && $0.isLive }
    first.stop()
    try await reader.wait("the loss") { $0.isLost }
    let second = try FakeNacos(.one, port: first.address.port)
    try await reader.wait("the return") { $0.isLive }
    #expect(reader.seen.snapshots == 1 && reader.seen.commits.isEmpty)
    second.stop()
  }

  @Test("a server that needs a login says so; with one, it is logged in at, by a form")
  func login() async throws {
    let script: @Sendable (FakeNacos.Question) -> FakeNacos.Reply? = { question in
      if question.path == "/v1/auth/login" {
        return question.body == "username=nacos&password=Muster-1%26"
          ? (200, #"{"accessToken":"t0","tokenTtl":18000,"globalAdmin":true,"username":"nacos"}"#) : (403, "user not found!")
      }
      if question.path.hasPrefix("/v1/console") || question.fields["accessToken"] == "t0" { return nil }
      return (403, #"{"status":403,"error":"Forbidden","message":"user not found!","path":"/nacos/v1/ns/catalog/services"}"#)
    }
    let nacos = try FakeNacos(.two, script: script)
    let stranger = SessionReader(try session(nacos))
    try await stranger.wait("the reason") {
      if case .lost(_, let why, _, _) = $0.links.last { why.contains("MUSTER_USER") } else { false }
    }
    let wrong = SessionReader(try session(nacos, StockCredentials(user: "nacos", password: "no")))
    try await wrong.wait("the refusal") {
      if case .lost(_, let why, _, _) = $0.links.last { why.contains("refuses user nacos") } else { false }
    }
    let reader = SessionReader(try session(nacos, StockCredentials(user: "nacos", password: "Muster-1&")))
    try await reader.wait("the snapshot") { $0.snapshots == 1 && $0.isLive }
    #expect(nacos.questions.allSatisfy { !$0.fields.values.contains { $0.contains("Muster-1") } })
    nacos.stop()
  }

  @Test("under another context path it is found as well")
  func context() async throws {
    let nacos = try FakeNacos(.one, context: "")
    #expect(await RegistryIdentity.identify(try #require(nacos.registry)) == .nacos(version: "1.4.8"))
    let reader = SessionReader(try session(nacos))
    try await reader.wait("the snapshot") { $0.snapshots == 1 && $0.isLive }
    nacos.stop()
  }

  @Test("Nacos 3 has no such API, which is said clearly")
  func three() async throws {
    let nacos = try FakeNacos(.one) { question in
      question.path == "/v3/admin/core/state"
        ? (200, #"{"code":0,"message":"success","data":{"version":"3.0.3"}}"#) : (404, "{}")
    }
    #expect(await RegistryIdentity.identify(try #require(nacos.registry)) == .nacos(version: "3.0.3"))
    #expect(StockSession.refusal(ofVersion: "3.0.3")?.contains("no v1 naming API") == true)
    #expect(StockSession.refusal(ofVersion: "2.5.1") == nil && StockSession.refusal(ofVersion: "") == nil)
    let reader = SessionReader(try session(nacos))
    try await reader.wait("the reason") {
      if case .lost(_, let why, _, _) = $0.links.last { why.contains("3.0.3 has no v1 naming API") } else { false }
    }
    nacos.stop()
  }

  @Test(
    "whatever else a server says, readers are told that it is lost, and it is tried again", arguments: ["", "[", "{}", "<html>"])
  func nonsense(body: String) async throws {
    let nacos = try FakeNacos(.one) { question in question.path.hasPrefix("/v1/ns/") ? (200, body) : nil }
    let reader = SessionReader(try session(nacos))
    try await reader.wait("attempts") { if case .lost(_, _, 1..., _) = $0.links.last { true } else { false } }
    #expect(reader.seen.snapshots == 0)
    nacos.stop()
  }

  @Test("refusals of a command come with the server's words")
  func refusals() async throws {
    let nacos = try FakeNacos(.one) { question in
      switch (question.method, question.path) {
      case ("PUT", "/v1/ns/health/instance"): (400, "caused: health check is still working, service: pay@@ledger;")
      case ("PATCH", _): (400, "caused: instance not found;")
      case ("DELETE", _): (500, "caused: disk on fire;")
      case ("POST", "/v1/console/namespaces"): (200, "false")
      default: nil
      }
    }
    let session = try session(nacos)
    let reader = SessionReader(session)
    try await reader.wait("the snapshot") { $0.snapshots == 1 }
    let ledger = ServiceKey(group: "pay", name: "ledger")
    let key = InstanceKey(service: Self.orders, address: InstanceAddress(cluster: "hz", ip: "10.20.0.2", port: 8080))
    let submit = { (action: Action) async throws(RegistryError) in
      try await session.submit(Command(action, by: .operator(name: "ann")))
    }
    await #expect(throws: RegistryError.checkerStillWorking(ledger)) {
      try await submit(.setHealth(ledger, cluster: "DEFAULT", ip: "10.20.1.1", port: 3306, isHealthy: false))
    }
    await #expect(throws: RegistryError.instanceNotFound(Self.orders, key.address)) {
      try await submit(.operate(key, .setWeight(2)))
    }
    await #expect(throws: RegistryError.illegalValue(field: "the registry refuses", why: "disk on fire")) {
      try await submit(.deregister(key))
    }
    await #expect(throws: RegistryError.self) { try await submit(.createNamespace(id: "no way", name: "n", about: "")) }
    await #expect(throws: RegistryError.notSupported("a Nacos keeps no notes")) { try await submit(.mark(key, text: "x")) }
    nacos.stop()
  }

  private final class Flag: Sendable {
    private let value = Atomic<Bool>(false)
    var isSet: Bool { value.load(ordering: .acquiring) }
    func set() { value.store(true, ordering: .releasing) }
  }
}
