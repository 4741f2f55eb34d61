import RegistryModel
import Testing

@testable import RegistryStore

@Suite struct JournalTests {
  private func events(_ fixture: StoreFixture, before: Revision? = nil, limit: Int = 100) async throws -> [Commit] {
    try await fixture.store.events(before: before, limit: limit, at: StoreFixture.now)
  }

  private var allChanges: [Change] {
    let plain = Samples.instance(isEphemeral: true)
    var noted = plain
    noted.overlay = Samples.overlay
    let key = InstanceKey(service: Samples.service, address: plain.address)
    return [
      .namespace(id: "prod", before: nil, after: Samples.namespace),
      .namespace(id: "prod", before: Samples.namespace, after: nil),
      .service(Samples.service, before: ServiceSettings(), after: Samples.settings),
      .cluster(
        Samples.service, name: "c1", before: nil, after: Samples.cluster(.http(path: "/", headers: "", expectedCode: 200))),
      .registered(Samples.laden),
      .operated(plain, noted),
      .note(key, before: InstanceNote(overlay: Samples.overlay, mark: Samples.mark), after: nil),
      .switches(entry: "checkTimes", before: "3", after: "4", all: Samples.switches),
      .access(AccessEvent(.permissionGiven, subject: "reader", detail: "dev:*:* r", address: "10.0.0.1")),
      .access(AccessEvent(.lockedOut, subject: "", address: "10.0.0.1")),
    ]
  }

  @Test func aCommitIsToldAsItHappened() async throws {
    let fixture = try StoreFixture()
    let commit = Commit(
      revision: 7, at: WallTime(milliseconds: 123), origin: .operator(name: "ann"), reason: "drill \"7\"",
      changes: allChanges)
    #expect(await fixture.store.append(commit) == nil)
    try fixture.reopen()
    #expect(try await events(fixture) == [commit])
  }

  @Test func itIsReadBackwardsInPages() async throws {
    let fixture = try StoreFixture()
    for number in 1...7 { await fixture.commit(.registered(Samples.instance(port: number)), by: .operator(name: "ann")) }
    #expect(try await events(fixture, limit: 3).map(\.revision) == [7, 6, 5])
    #expect(try await events(fixture, before: 5, limit: 3).map(\.revision) == [4, 3, 2])
    #expect(try await events(fixture, before: 2, limit: 3).map(\.revision) == [1])
    #expect(try await events(fixture, before: 1, limit: 3).isEmpty)
    #expect(try await events(fixture, limit: 0).isEmpty)
    #expect(try await events(fixture, limit: -1).isEmpty)
  }

  @Test func onlyWhatSomebodyCausedIsTold() async throws {
    let fixture = try StoreFixture()
    let origins: [Origin] = [.probe, .silence, .system, .client(address: "10.0.0.1", agent: "curl"), .operator(name: "bo")]
    for (index, origin) in origins.enumerated() {
      await fixture.commit(.registered(Samples.instance(port: index)), by: origin)
    }
    await fixture.commit(.registered(Samples.instance(isEphemeral: true)))
    #expect(try await events(fixture).map(\.origin) == [origins[4], origins[3]])
  }

  @Test func theOldestGoesWhenThereIsTooMuch() async throws {
    var bounds = JournalBounds()
    bounds.rows = 10
    let fixture = try StoreFixture(bounds: bounds)
    for number in 1...25 { await fixture.commit(.registered(Samples.instance(port: number))) }
    #expect(try await events(fixture).map(\.revision) == (16...25).reversed())
    try fixture.reopen()
    await fixture.commit(.registered(Samples.instance(port: 26)))
    #expect(try await events(fixture).map(\.revision) == (17...26).reversed())
  }

  @Test func itIsBoundedInBytes() async throws {
    var bounds = JournalBounds()
    bounds.bytes = 100_000
    let fixture = try StoreFixture(bounds: bounds)
    for number in 1...30 {
      var instance = Samples.instance(port: number)
      instance.registeredMetadata = Metadata(["k": String(repeating: "x", count: 20_000)])
      await fixture.commit(.registered(instance))
    }
    let kept = try await events(fixture).map(\.revision)
    #expect(kept == [30, 29, 28, 27])
    #expect(try fixture.load().instances.count == 30)
  }

  @Test func itIsBoundedInAge() async throws {
    var bounds = JournalBounds()
    bounds.age = 1_000
    let fixture = try StoreFixture(bounds: bounds)
    for number in 1...4 { await fixture.commit(.registered(Samples.instance(port: number)), at: Int64(number) * 600) }
    #expect(try await events(fixture).map(\.revision) == [4, 3])
  }

  @Test func aCommitOfVeryManyChangesIsToldInPart() async throws {
    var bounds = JournalBounds()
    bounds.rowsPerCommit = 5
    let fixture = try StoreFixture(bounds: bounds)
    let changes = (1...20).map { Change.registered(Samples.instance(port: $0)) }
    let commit = Commit(revision: 1, at: StoreFixture.now, origin: .operator(name: "ann"), changes: changes)
    #expect(await fixture.store.append(commit) == nil)
    #expect(try await events(fixture).map(\.changes) == [Array(changes.prefix(5))])
    #expect(try fixture.reloaded().instances.count == 20)
  }

  @Test func whatWasNotStoredIsNotTold() async throws {
    let fixture = try StoreFixture()
    #expect(await fixture.commit(.registered(Samples.instance(weight: .nan))) != nil)
    #expect(await fixture.commit(.registered(Samples.instance())) == nil)
    #expect(try await events(fixture).map(\.revision) == [2])
  }

  @Test func damagedHistoryIsLeftOutAndReported() async throws {
    let fixture = try StoreFixture()
    for number in 1...3 { await fixture.commit(.registered(Samples.instance(port: number))) }
    try fixture.alter("UPDATE journal SET who = 'mallory' WHERE revision = 2")
    try fixture.reopen()
    #expect(try await events(fixture).map(\.revision) == [3, 1])
    #expect(fixture.reports.all.count == 1)
    #expect(try await events(fixture).map(\.revision) == [3, 1])
    #expect(fixture.reports.all.count == 1)
  }
}
