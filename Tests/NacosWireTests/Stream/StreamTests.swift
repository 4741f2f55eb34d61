import NacosWire
import RegistryModel
import Testing

@Suite("Stream lines")
struct StreamTests {
  private func read(_ line: [UInt8]) throws -> StreamLine? {
    #expect(line.last == UInt8(ascii: "\n"))
    #expect(line.dropLast().allSatisfy { $0 != UInt8(ascii: "\n") })
    return try StreamLine(Array(line.dropLast()))
  }

  private func assemble(_ lines: some Sequence<[UInt8]>, _ assembler: inout StreamAssembler) throws -> [FeedEvent] {
    var events: [FeedEvent] = []
    for line in lines {
      guard let line = try read(line), let event = try assembler.take(line) else { continue }
      events.append(event)
    }
    return events
  }

  private func text(_ value: some Encodable) throws -> String {
    String(decoding: try JSONCoding.encode(value), as: UTF8.self)
  }

  private func expectSame(_ one: Catalog, _ other: Catalog) throws {
    #expect(one.revision == other.revision)
    #expect(one.totals == other.totals)
    #expect(one.totalsByNamespace == other.totalsByNamespace)
    #expect(one.namespaces == other.namespaces)
    #expect(one.waitingSubscribers == other.waitingSubscribers)
    #expect(one.services.count == other.services.count)
    for service in one.services {
      let twin = try #require(other[service.key])
      #expect(service.state == twin.state && service.stateSince == twin.stateSince)
      #expect(service.lostInstances == twin.lostInstances && service.counts == twin.counts)
      #expect(service.revision == twin.revision && service.changedAt == twin.changedAt)
      #expect(try text(service.withoutInstances) == text(twin.withoutInstances))
      #expect(Set(service.instances) == Set(twin.instances))
    }
  }

  @Test("a snapshot comes back as it was, and follows commits as the engine does", arguments: UInt64(1)...8)
  func snapshot(seed: UInt64) throws {
    var random = RandomModel(seed: seed)
    let snapshot = random.snapshot(services: 12, instances: 20)
    var assembler = StreamAssembler()
    let events = try assemble(SnapshotLines(snapshot), &assembler)
    #expect(events.count == 1)
    guard case .snapshot(let twin)? = events.first else {
      Issue.record("no snapshot, seed \(seed)")
      return
    }
    try expectSame(snapshot.catalog, twin.catalog)
    #expect(twin.switches == snapshot.switches && twin.timeline == snapshot.timeline && twin.push == snapshot.push)
    #expect(twin.recent == snapshot.recent && twin.at == snapshot.at)

    var catalog = snapshot.catalog
    var copy = twin.catalog
    let commits = (1...60).map { random.commit(catalog.revision + Revision($0)) }
    for commit in commits { catalog.apply(commit) }
    let lines = try #require(CommitLines.lines(commits))
    for case .commits(let commits) in try assemble(lines, &assembler) {
      for commit in commits { copy.apply(commit) }
    }
    try expectSame(catalog, copy)
    #expect(assembler.revision == catalog.revision)
  }

  @Test("large services come in lines of a bounded size")
  func bounded() throws {
    let key = ServiceKey(group: "g", name: "s")
    var catalog = Catalog()
    let changes = (0..<3_000).map { index in
      let address = InstanceAddress(ip: "10.0.\(index / 250).\(index % 250)", port: 80)
      let metadata: Metadata = ["text": String(repeating: "x", count: 200)]
      let instance = Instance(address: address, metadata: metadata, registeredAt: WallTime(milliseconds: 1))
      return Change.instance(key, before: nil, after: instance, cause: .registered)
    }
    let first = Change.service(key, before: nil, after: ServiceSettings())
    let commit = Commit(revision: 1, at: WallTime(milliseconds: 1), origin: .system, changes: [first] + changes)
    catalog.apply(commit)
    let snapshot = Snapshot(
      catalog: catalog, switches: Switches(), recent: [commit], timeline: Timeline(), push: PushDigest(),
      at: WallTime(milliseconds: 2))
    let lines = Array(SnapshotLines(snapshot))
    #expect(lines.count > 10)
    #expect(lines.allSatisfy { $0.count < 2 * StreamBounds.lineBytes || $0.starts(with: Array("{\"recent\"".utf8)) })
    var assembler = StreamAssembler()
    guard case .snapshot(let twin)? = try assemble(lines, &assembler).first else {
      Issue.record("no snapshot")
      return
    }
    try expectSame(catalog, twin.catalog)
  }

  @Test("a commit that is too long for a line asks for a snapshot instead")
  func longCommit() {
    let metadata: Metadata = ["text": String(repeating: "x", count: StreamBounds.commitBytes)]
    let change = Change.service(ServiceKey(grouped: "s"), before: nil, after: ServiceSettings(metadata: metadata))
    let commit = Commit(revision: 1, at: WallTime(milliseconds: 1), origin: .system, changes: [change])
    #expect(CommitLines.lines([commit]) == nil)
    #expect(CommitLines.lines([]) == [])
  }

  @Test("every other kind of line comes back")
  func otherLines() throws {
    let hello = StreamHello(
      version: "1.0", epoch: "e", at: WallTime(milliseconds: 5), isDemo: true, refusals: [.mark: "no", .operate: "why"])
    guard case .hello(hello)? = try read(StreamLine.hello(hello).bytes) else {
      Issue.record("hello")
      return
    }
    guard case .pulse(WallTime(milliseconds: 7))? = try read(StreamLine.pulse(WallTime(milliseconds: 7)).bytes) else {
      Issue.record("pulse")
      return
    }
    guard case .end("stopping")? = try read(StreamLine.end("stopping").bytes) else {
      Issue.record("end")
      return
    }
    let unknown = try StreamLine(Array(#"{"news":[1]}"#.utf8))
    #expect(unknown.map { _ in true } == nil)
  }

  @Test("lines that are none, or come out of turn, are refused")
  func violations() throws {
    for text in ["", "{}", "[]", "5", "{\"ready\":-1}", "{\"commits\":{}}", "{\"begin\":{}}"] {
      #expect(throws: JSONError.self, "\(text)") { try StreamLine(Array(text.utf8)) }
    }
    var random = RandomModel(seed: 1)
    let instance = random.instance()
    let head = StreamHead(random.snapshot(services: 1, instances: 1))
    var assembler = StreamAssembler()
    for line in [StreamLine.instances([instance]), .ready(3), .recent([]), .commits([random.commit(1)])] {
      #expect(throws: StreamAssembler.Violation.self) { try assembler.take(line) }
    }
    _ = try assembler.take(.begin(head))
    #expect(throws: StreamAssembler.Violation.self) { try assembler.take(.instances([instance])) }

    var missing = StreamAssembler()
    _ = try missing.take(.begin(head))
    #expect(throws: StreamAssembler.Violation.self) { try missing.take(.ready(1)) }

    var gap = StreamAssembler(revision: 5)
    _ = try gap.take(.commits([random.commit(6), random.commit(7)]))
    #expect(gap.revision == 7)
    #expect(throws: StreamAssembler.Violation.self) { try gap.take(.commits([random.commit(9)])) }
    #expect(throws: StreamAssembler.Violation.self) { try gap.take(.commits([random.commit(7)])) }
  }

  @Test("every refusal of the registry has a status and comes back")
  func failures() throws {
    let key = ServiceKey(group: "g", name: "s")
    let errors: [RegistryError] = [
      .serviceNotFound(key), .instanceNotFound(key, InstanceAddress(ip: "1.1.1.1", port: 1)), .illegalWeight(-1),
      .limit(what: "x", most: 3), .notSupported("no"), .unavailable("gone"), .storeFailed("full"), .serviceExists(key),
    ]
    #expect(errors.map { StreamFailure($0).status } == [404, 404, 400, 400, 501, 503, 500, 409])
    for error in errors {
      let bytes = try JSONCoding.encode(StreamFailure(error))
      #expect(try JSONCoding.decode(StreamFailure.self, from: bytes).error == error)
    }
  }
}
