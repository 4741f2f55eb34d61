import EventLoop
import RegistryEngine
import RegistryModel
import RegistryServer
import TestSupport
import Testing

@testable import RegistryClient

/// The session that polls, over our own server: its v1 API is the one of a Nacos.
@Suite("Polling a server of ours")
struct StockOverMusterTests {
  private static let service = ServiceKey(namespace: "staging", group: "g", name: "orders")
  private static let key = InstanceKey(service: service, address: InstanceAddress(ip: "10.0.0.1", port: 80))

  private static func server(_ engine: Engine) throws -> MusterServer {
    var options = MusterServer.Options()
    options.listen = .loopback(port: 0)
    return try MusterServer(options, engine: engine, log: Logger(level: .error))
  }

  private func submit(_ engine: Engine, _ action: Action) { engine.submit(Command(action, by: .system)) { _ in } }

  /// As long-lived as a test: nobody beats here.
  private static let timing: Metadata = [PreservedKey.beatTimeout: "3600000", PreservedKey.deleteTimeout: "7200000"]

  @Test("what clients and operators do is seen, and the registry's catalogue is the session's")
  func follows() async throws {
    let engine = Engine(clock: SystemClock.now)
    let server = try Self.server(engine)
    defer { server.stop() }
    submit(engine, .createNamespace(id: "staging", name: "staging", about: ""))
    submit(engine, .register(Registration(key: Self.key, metadata: Self.timing)))
    let session = StockSession(try #require(RegistryAddress("http://\(server.address)")))
    let reader = SessionReader(session)
    try await reader.wait("the snapshot") { $0.catalog?[Self.key]?.weight == 1 }

    let other = InstanceKey(
      service: Self.service, address: InstanceAddress(cluster: "hz", ip: "10.0.0.2", port: 81, isEphemeral: false))
    submit(engine, .register(Registration(key: other)))
    try await reader.wait("the registration") { $0.catalog?[other] != nil }

    let weight = Command(.operate(Self.key, .setWeight(7)), by: .operator(name: "ann"), reason: "drain")
    let receipt = try await session.submit(weight)
    #expect(receipt.didChange && engine.catalog[Self.key]?.weight == 7)
    try await reader.wait("the weight") { ($0.catalog?.revision ?? 0) >= receipt.revision && $0.catalog?[Self.key]?.weight == 7 }
    let commit = reader.seen.commits.last { $0.origin == .operator(name: "ann") }
    #expect(commit?.revision == receipt.revision && commit?.reason == "drain")

    let off = try await session.submit(Command(.operate(other, .setEnabled(false)), by: .operator(name: "ann")))
    #expect(off.didChange && engine.catalog[other]?.isEnabled == false)
    #expect(engine.catalog[other]?.weight == 1)

    _ = try await session.submit(Command(.deregister(Self.key), by: .operator(name: "ann")))
    try await reader.wait("the departure") { $0.catalog?[Self.key] == nil }
    #expect(engine.catalog[Self.key] == nil)
    #expect(reader.seen.faults.isEmpty)
    #expect(reader.seen.catalog?.totals.instances == engine.catalog.totals.instances.withoutOverlays)
  }

  @Test("services, namespaces and switches are changed by their calls, and seen")
  func settings() async throws {
    let engine = Engine(clock: SystemClock.now)
    let server = try Self.server(engine)
    defer { server.stop() }
    let session = StockSession(try #require(RegistryAddress("http://\(server.address)")))
    let reader = SessionReader(session)
    try await reader.wait("the snapshot") { $0.snapshots == 1 }
    let submit = { (action: Action) async throws -> Receipt in
      try await session.submit(Command(action, by: .operator(name: "ann")))
    }
    let settings = ServiceSettings(protectThreshold: 0.5, metadata: ["owner": "a&b=c"], isDeclared: true)
    let service = ServiceKey(group: "pay", name: "ledger")
    #expect(try await submit(.createService(service, settings)).didChange)
    #expect(engine.catalog[service]?.settings == settings)
    #expect(try await submit(.createNamespace(id: "blue", name: "Blue & Co", about: "x")).didChange)
    #expect(engine.catalog.namespaces["blue"]?.name == "Blue & Co")
    #expect(try await submit(.setSwitch(entry: "pushEnabled", value: "false")).didChange)
    #expect(try await submit(.removeService(service)).didChange)
    #expect(try await submit(.removeNamespace(id: "blue")).didChange)
    try await reader.wait("all of it") { $0.switches != nil && $0.commits.count >= 5 }
    #expect(engine.catalog[service] == nil && engine.catalog.namespaces.isEmpty)
    #expect(reader.seen.catalog?.totals.services == 0 && reader.seen.faults.isEmpty)
  }

  @Test("a thousand services come in pages, with the kinds and thresholds put right afterwards")
  func many() async throws {
    let engine = Engine(clock: SystemClock.now)
    let server = try Self.server(engine)
    defer { server.stop() }
    for index in 0..<1_000 {
      let address = InstanceAddress(ip: "10.1.0.1", port: 80, isEphemeral: index % 2 == 0)
      let key = InstanceKey(service: ServiceKey(group: "g", name: "s\(index)"), address: address)
      submit(engine, .register(Registration(key: key, metadata: Self.timing)))
    }
    var rules = StockRules()
    rules.pageSize = 64
    rules.restFactor = 0
    rules.rest = 0
    let session = StockSession(try #require(RegistryAddress("http://\(server.address)")), rules: rules)
    let reader = SessionReader(session)
    try await reader.wait("the snapshot") { $0.snapshots == 1 }
    #expect(reader.seen.catalog?.totals.services == 1_000 && reader.seen.catalog?.totals.instances.total == 1_000)
    try await reader.wait("the kinds") { $0.catalog?.totals.instances.ephemeral == 500 }
    #expect(reader.seen.commits.isEmpty && reader.seen.faults.isEmpty)
  }
}

extension InstanceCounts {
  /// What a page cannot tell apart.
  fileprivate var withoutOverlays: InstanceCounts {
    var counts = self
    counts.overlaid = 0
    return counts
  }
}
