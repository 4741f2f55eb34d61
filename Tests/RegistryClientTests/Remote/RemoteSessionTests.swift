import EventLoop
import HTTPTransport
import NacosWire
import RegistryEngine
import RegistryModel
import TestSupport
import Testing

@testable import RegistryClient

@Suite("Remote sessions")
struct RemoteSessionTests {
  private static let service = ServiceKey(group: "g", name: "orders")

  private func register(_ bench: StreamBench, _ index: Int) {
    let address = InstanceAddress(ip: "10.0.0.\(index)", port: 80)
    let registration = Registration(key: InstanceKey(service: Self.service, address: address))
    #expect(bench.engineSubmit(Command(.register(registration), by: .system)))
  }

  @Test("a server that ends is lost, and started anew on its port it is found again, with a snapshot (reliability R51)")
  func restart() async throws {
    let first = try StreamBench(epoch: "first")
    register(first, 1)
    let session = try first.remote()
    let reader = SessionReader(session)
    try await reader.wait("the snapshot") { $0.snapshots == 1 && $0.isLive }
    first.stop()
    try await reader.wait("the loss") { $0.isLost }
    await #expect(throws: RegistryError.self) { try await session.ask(.metrics) }
    try await reader.wait("more attempts") { if case .lost(_, _, 2..., _) = $0.links.last { true } else { false } }

    let second = try StreamBench(port: first.address.port, epoch: "second")
    register(second, 2)
    try await reader.wait("the other registry") { $0.isLive && $0.snapshots == 2 }
    register(second, 3)
    let revision = second.engine.revision
    try await reader.wait("its commits") { $0.catalog?.revision == revision }
    #expect(reader.seen.faults.isEmpty)
    #expect(reader.seen.catalog?[Self.service]?.instances.map(\.address.ip).sorted() == ["10.0.0.2", "10.0.0.3"])
    second.stop()
  }

  @Test("a broken connection is taken up where it broke, without a snapshot")
  func resumes() async throws {
    let first = try StreamBench()
    let reader = SessionReader(try first.remote())
    try await reader.wait("the snapshot") { $0.snapshots == 1 && $0.isLive }
    first.stop()
    try await reader.wait("the loss") { $0.isLost }
    for index in 1...5 { register(first, index) }
    let second = try StreamBench(port: first.address.port, engine: first.engine)
    try await reader.wait("the missed commits") { $0.commits.count == 5 && $0.isLive }
    #expect(reader.seen.snapshots == 1 && reader.seen.faults.isEmpty)
    second.stop()
  }

  @Test("a reader that was away too long for that gets a snapshot")
  func tooLate() async throws {
    var limits = Limits()
    limits.changeLogCommits = 8
    let first = try StreamBench(limits: limits)
    let reader = SessionReader(try first.remote())
    try await reader.wait("the snapshot") { $0.snapshots == 1 && $0.isLive }
    first.stop()
    try await reader.wait("the loss") { $0.isLost }
    for index in 1...50 { register(first, index) }
    let second = try StreamBench(port: first.address.port, engine: first.engine)
    let revision = first.engine.revision
    try await reader.wait("everything") { $0.isLive && $0.catalog?.revision == revision }
    #expect(reader.seen.snapshots == 2 && reader.seen.faults.isEmpty)
    second.stop()
  }

  @Test("a server that hangs is lost, and is there again when it goes on (reliability R52)")
  func hangs() async throws {
    let bench = try StreamBench()
    let reader = SessionReader(try bench.remote())
    try await reader.wait("the snapshot") { $0.snapshots == 1 && $0.isLive }
    let sleep = bench.hang()
    try await reader.wait("the loss") { $0.isLost }
    sleep.wake()
    register(bench, 1)
    try await reader.wait("the return") { $0.isLive && $0.catalog?.revision == bench.engine.revision }
    #expect(reader.seen.faults.isEmpty)
    bench.stop()
  }

  @Test("what is not there yet is waited for")
  func absent() async throws {
    let placeholder = try StreamBench()
    let address = try #require(RegistryAddress(placeholder.url))
    let port = placeholder.address.port
    placeholder.stop()
    let session = RemoteSession(address)
    let reader = SessionReader(session)
    try await reader.wait("the loss") { $0.isLost }
    #expect(await session.capabilities.server == "Muster")
    await #expect(throws: RegistryError.self) { try await session.submit(Command(.removeNamespace(id: "x"), by: .system)) }
    let bench = try StreamBench(port: port)
    try await reader.wait("the registry") { $0.isLive && $0.snapshots == 1 }
    #expect(await session.capabilities.server == "Muster 0.9")
    bench.stop()
  }

  @Test("data stays fresh while nothing happens, and the round trip is measured")
  func pulses() async throws {
    let bench = try StreamBench()
    let reader = SessionReader(try bench.remote())
    try await reader.wait("pulses") { $0.links.count >= 3 }
    #expect(reader.seen.links.allSatisfy { if case .live = $0 { true } else { false } })
    try await reader.wait("a round trip") { if case .live(_, .some(1...)) = $0.links.last { true } else { false } }
    bench.stop()
  }

  @Test("a server of another protocol is refused, with a reason")
  func otherProtocol() async throws {
    let bench = try StreamBench(protocolNumber: 99)
    let reader = SessionReader(try bench.remote())
    try await reader.wait("the refusal") {
      if case .lost(_, let why, _, _) = $0.links.last { why.contains("99") } else { false }
    }
    #expect(reader.seen.snapshots == 0)
    bench.stop()
  }

  @Test(
    "whatever else a server says, the reader only says that it is lost, and keeps trying",
    arguments: [
      "", "not json\n", "{}\n", "[1]\n", "{\"hello\":{}}\n", "{\"ready\":1}\n", "{\"commits\":[]}\n",
      "{\"hello\":{\"protocolNumber\":1,\"version\":\"\",\"epoch\":\"e\",\"at\":1,\"isDemo\":false,\"refusals\":[]}}\n{\"instances\":[]}\n",
      String(repeating: "[", count: 100_000), "\u{0}\u{1}\n",
    ])
  func nonsense(text: String) async throws {
    let server = try NonsenseServer(Array(text.utf8))
    let address = try #require(RegistryAddress("http://127.0.0.1:\(server.address.port)/nacos/"))
    let reader = SessionReader(RemoteSession(address))
    try await reader.wait("three attempts") { if case .lost(_, _, 3..., _) = $0.links.last { true } else { false } }
    #expect(reader.seen.snapshots == 0 && reader.seen.commits.isEmpty)
    server.stop()
  }

  @Test("commands and questions that are none are refused by the server, each with a status")
  func hostileRequests() async throws {
    let bench = try StreamBench()
    let line = RemoteLine(try #require(RegistryAddress(bench.url)), credentials: nil, rules: RemoteRules(), client: .init())
    await #expect(throws: RegistryError.self) {
      try await line.exchange(StreamPath.command, ["nothing": 1], as: Receipt.self)
    }
    await #expect(throws: RegistryError.self) { try await line.exchange(StreamPath.ask, [1, 2, 3], as: Answer.self) }
    await #expect(throws: RegistryError.self) { try await line.exchange("/muster/v1/other", "x", as: Answer.self) }
    let forged = Command(
      .register(
        Registration(key: InstanceKey(service: Self.service, address: InstanceAddress(ip: "10.0.0.1", port: 80)))),
      by: .client(address: "10.9.9.9", agent: "forged"))
    _ = try await line.exchange(StreamPath.command, forged, as: Receipt.self)
    #expect(bench.engine.events(before: nil, limit: 1).first?.origin == .operator(name: "remote"))
    bench.stop()
  }
}
