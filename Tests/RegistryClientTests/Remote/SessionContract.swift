import EventLoop
import RegistryClient
import RegistryEngine
import RegistryModel
import RegistryServer
import TestSupport
import Testing

/// The sessions that there are; each must pass every test below.
enum SessionKind: String, CaseIterable, Sendable {
  case embedded, remote

  func session(_ bench: StreamBench) throws -> any RegistrySession {
    switch self {
    case .embedded:
      EmbeddedSession(bench.engine, capabilities: StreamBench.capabilities, push: bench.push.report)
    case .remote: try bench.remote()
    }
  }
}

/// What every session promises, whatever it is a session of.
@Suite("Contract of sessions")
struct SessionContract {
  private static let service = ServiceKey(group: "g", name: "orders")

  private static func key(_ index: Int, _ service: ServiceKey = service) -> InstanceKey {
    InstanceKey(service: service, address: InstanceAddress(ip: "10.0.\(index / 250).\(index % 250)", port: 80))
  }

  private static func register(_ index: Int, _ metadata: Metadata = Metadata()) -> Command {
    Command(.register(Registration(key: key(index), metadata: metadata)), by: .operator(name: "test"))
  }

  @Test("a snapshot comes first, then every commit, in order and without gaps", arguments: SessionKind.allCases)
  func follows(kind: SessionKind) async throws {
    let bench = try StreamBench()
    let session = try kind.session(bench)
    for index in 0..<10 { _ = try await session.submit(Self.register(index)) }
    let reader = SessionReader(session)
    try await reader.wait("the snapshot") { $0.snapshots == 1 }
    for index in 10..<300 { _ = try await session.submit(Self.register(index)) }
    let revision = bench.engine.revision
    try await reader.wait("all commits") { $0.catalog?.revision == revision }
    let seen = reader.seen
    #expect(seen.faults.isEmpty && seen.snapshots == 1)
    #expect(seen.catalog?[Self.service]?.counts.total == 300)
    #expect(seen.catalog?.totals == bench.engine.catalog.totals)
    try await reader.wait("word of the link") { $0.isLive }
    bench.stop()
  }

  @Test("each reader is on its own", arguments: SessionKind.allCases)
  func readers(kind: SessionKind) async throws {
    let bench = try StreamBench()
    let session = try kind.session(bench)
    let first = SessionReader(session)
    try await first.wait("the first snapshot") { $0.snapshots == 1 }
    _ = try await session.submit(Self.register(1))
    let second = SessionReader(session)
    try await second.wait("the second snapshot") { $0.catalog?[Self.service] != nil }
    try await first.wait("the commit") { $0.commits.count == 1 }
    first.stop()
    try await first.wait("the end of the first") { $0.hasEnded }
    _ = try await session.submit(Self.register(2))
    try await second.wait("the next commit") { $0.commits.count == 1 }
    #expect(first.seen.commits.count == 1)
    bench.stop()
  }

  @Test("commands are answered with what became of them", arguments: SessionKind.allCases)
  func commands(kind: SessionKind) async throws {
    let bench = try StreamBench()
    let session = try kind.session(bench)
    let receipt = try await session.submit(Self.register(1))
    #expect(receipt == Receipt(revision: bench.engine.revision, didChange: true))
    let mark = Command(.mark(Self.key(1), text: "drained \"for\" now\n日本"), by: .operator(name: "ann"), reason: "test")
    #expect(try await session.submit(mark).didChange)
    #expect(try await !session.submit(mark).didChange)
    let instance = try #require(bench.engine.catalog[Self.key(1)])
    #expect(instance.mark?.text == "drained \"for\" now\n日本" && instance.mark?.by == "ann")
    let last = try #require(bench.engine.events(before: nil, limit: 1).first)
    #expect(last.reason == "test" && last.origin == .operator(name: "ann"))
    bench.stop()
  }

  @Test("refusals come as the registry made them", arguments: SessionKind.allCases)
  func refusals(kind: SessionKind) async throws {
    let bench = try StreamBench()
    let session = try kind.session(bench)
    let missing = Self.key(7)
    let weight = Command(.operate(missing, .setWeight(5)), by: .operator(name: "ann"))
    await #expect(throws: RegistryError.self) { try await session.submit(weight) }
    do {
      _ = try await session.submit(weight)
    } catch {
      guard case .instanceNotFound(Self.service, missing.address) = error else {
        Issue.record("\(error)")
        return
      }
    }
    await #expect(throws: RegistryError.serviceNotFound(Self.service)) { try await session.ask(.vitals(Self.service)) }
    bench.stop()
  }

  @Test("questions are answered", arguments: SessionKind.allCases)
  func questions(kind: SessionKind) async throws {
    let bench = try StreamBench()
    let session = try kind.session(bench)
    for index in 0..<3 { _ = try await session.submit(Self.register(index)) }
    // Of a service that does not change: nobody listens at that port, and a push would find that out.
    let quiet = ServiceKey(group: "g", name: "quiet")
    let isSubscribed = bench.push.subscribe(
      service: quiet, clusters: "", ip: "127.0.0.1", port: 9_999, agent: "Nacos-Java-Client:v1.4.8", app: "shop",
      peer: .loopback(port: 1))
    #expect(isSubscribed)
    guard case .vitals(let vitals) = try await session.ask(.vitals(Self.service)) else {
      Issue.record("no vitals")
      return
    }
    #expect(vitals.map(\.address) == (0..<3).map { Self.key($0).address })
    #expect(vitals.allSatisfy { ($0.beatAge ?? -1) >= 0 })
    guard case .subscribers(let page) = try await session.ask(.subscribers(quiet, offset: 0, limit: 10)) else {
      Issue.record("no subscribers")
      return
    }
    #expect(page.total == 1 && page.subscribers.first?.subscriber.app == "shop")
    guard case .metrics(let metrics) = try await session.ask(.metrics) else {
      Issue.record("no metrics")
      return
    }
    #expect(metrics.registers == 3)
    guard case .events(let events) = try await session.ask(.events(before: nil, limit: 2)) else {
      Issue.record("no events")
      return
    }
    #expect(events.map(\.revision) == [bench.engine.revision, bench.engine.revision - 1])
    bench.stop()
  }

  @Test("push state comes by itself", arguments: SessionKind.allCases)
  func push(kind: SessionKind) async throws {
    let bench = try StreamBench()
    let session = try kind.session(bench)
    let reader = SessionReader(session)
    try await reader.wait("the snapshot") { $0.snapshots == 1 }
    _ = bench.push.subscribe(
      service: Self.service, clusters: "", ip: "127.0.0.1", port: 9_999, agent: "Nacos-Java-Client:v1.4.8", app: "",
      peer: .loopback(port: 1))
    try await reader.wait("a digest") { $0.pushes.last?.subscribers == 1 }
    try await reader.wait("the count") { $0.catalog?.waitingSubscribers == [Self.service: 1] }
    #expect(reader.seen.faults.isEmpty)
    bench.stop()
  }

  @Test("a reader that does not pull falls behind to a snapshot, and then follows", arguments: SessionKind.allCases)
  func fallsBehind(kind: SessionKind) async throws {
    var limits = Limits()
    limits.changeLogCommits = 32
    let bench = try StreamBench(limits: limits)
    let session = try kind.session(bench)
    _ = try await session.submit(Self.register(0))
    let iterator = session.watch(.everything).makeAsyncIterator()
    var seen = SessionReader.Seen()
    try await Self.pull(iterator, into: &seen) { $0.snapshots == 1 }
    // Far more than any buffer between here and there holds.
    let text = String(repeating: "x", count: 20_000)
    for round in 0..<1_500 { _ = bench.engineSubmit(Self.register(round % 50, ["text": "\(round)\(text)"])) }
    let revision = bench.engine.revision
    try await Self.pull(iterator, into: &seen) { $0.catalog?.revision == revision }
    #expect(seen.faults.isEmpty)
    #expect(seen.snapshots >= 2)
    #expect(seen.commits.count < 1_500)
    #expect(seen.catalog?.totals == bench.engine.catalog.totals)
    bench.stop()
  }

  private static func pull(
    _ iterator: Feed.AsyncIterator, into seen: inout SessionReader.Seen, until isDone: (SessionReader.Seen) -> Bool
  ) async throws {
    var iterator = iterator
    while !isDone(seen) {
      guard let event = await iterator.next() else { throw Waited(description: "the feed ended") }
      seen.take(event)
    }
  }

  @Test("it says what it can do, and of what", arguments: SessionKind.allCases)
  func capabilities(kind: SessionKind) async throws {
    let bench = try StreamBench()
    let capabilities = await (try kind.session(bench)).capabilities
    #expect(capabilities.server == "Muster 0.9")
    #expect(capabilities.isDemo && capabilities.refusals.isEmpty)
    #expect(capabilities.isEmbedded == (kind == .embedded))
    bench.stop()
  }
}
