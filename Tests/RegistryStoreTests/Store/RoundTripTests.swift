import RegistryModel
import Testing

@testable import RegistryStore

/// Each durable change is there after the store was closed and opened again.
@Suite struct RoundTripTests {
  @Test func whatIsReadInPartsIsTheWhole() async throws {
    let fixture = try StoreFixture()
    let count = 9_000
    let changes = (1...count).map { number in
      let instance = Samples.instance("10.0.\(number / 250).\(number % 250)")
      return Change.instance(Samples.service, before: nil, after: instance, cause: .registered)
    }
    let commit = Commit(revision: 1, at: WallTime(milliseconds: 5), origin: .system, changes: changes)
    #expect(await fixture.store.append(commit) == nil)
    try await fixture.store.write([.put(Record(key: RecordKey(kind: "k", name: "n"), value: "v"))])
    var parts: [StoredState] = []
    try fixture.store.load(at: StoreFixture.now) { parts.append($0) }
    #expect(parts.count > 3)
    #expect(parts.first?.services.count == 1 && parts.dropFirst().allSatisfy { $0.services.isEmpty })
    var whole = StoredState()
    for part in parts { whole.append(part) }
    let loaded = try fixture.load()
    #expect(whole.instances == loaded.instances && loaded.instances.count == count)
    #expect(whole.services == loaded.services && whole.records == loaded.records && whole.records.count == 1)
    #expect(whole.revision == 1 && loaded.revision == 1)
  }

  /// They are read in two halves at once; names that Swift and SQLite put in different orders must not fall between them.
  @Test func instancesOfManyServicesComeBack() async throws {
    let names = ["Z", "a", "é", "e\u{301}", "🦀", "\u{fffd}", "", "aa", "b\u{0}", "~"]
    let services = ["", "public", "p\u{0}"].flatMap { namespace in
      names.map { ServiceKey(namespace: namespace, grouped: "g@@" + $0) }
    }
    let changes = services.flatMap { service in
      (1...3).map { Change.registered(Samples.instance(port: $0), in: service) }
    }
    let commit = Commit(revision: 1, at: WallTime(milliseconds: 5), origin: .system, changes: changes)
    #expect(await fixture.store.append(commit) == nil)
    #expect(fixture.countsByService(try fixture.reloaded()) == services.map { "\($0.bytes) 3" }.sorted())
    // What is wrong in either half is found.
    try fixture.alter("UPDATE instance SET weight = 9 WHERE port = 2")
    #expect(fixture.countsByService(try fixture.reloaded()) == services.map { "\($0.bytes) 2" }.sorted())
    let damaged = fixture.reports.all.reduce(0) { sum, report in
      if case .damagedRows(table: "instance", let count, _) = report { sum + count } else { sum }
    }
    #expect(damaged == services.count)
    fixture.store.close()
    #expect(try SQLiteConnection(path: fixture.database).integer("SELECT count(*) FROM damaged") == Int64(services.count))
  }

  private let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  @Test func anEmptyStoreHasNothing() throws {
    let state = try fixture.reloaded()
    #expect(state.revision == 0)
    #expect(state.namespaces.isEmpty && state.services.isEmpty && state.instances.isEmpty && state.notes.isEmpty)
    #expect(state.switches == nil)
  }

  @Test func theRevisionGoesOn() async throws {
    for _ in 1...3 { await fixture.commit(.namespace(id: "prod", before: nil, after: Samples.namespace)) }
    #expect(try fixture.reloaded().revision == 3)
  }

  @Test func aNamespaceComesChangesAndGoes() async throws {
    await fixture.commit(.namespace(id: "prod", before: nil, after: Samples.namespace))
    #expect(try fixture.reloaded().namespaces == [Samples.namespace])
    var renamed = Samples.namespace
    renamed.about = "now with a text"
    await fixture.commit(.namespace(id: "prod", before: Samples.namespace, after: renamed))
    #expect(try fixture.reloaded().namespaces == [renamed])
    await fixture.commit(.namespace(id: "prod", before: renamed, after: nil))
    #expect(try fixture.reloaded().namespaces == [])
  }

  @Test func everySwitchIsKept() async throws {
    await fixture.commit(.switches(entry: "batch", before: "", after: "", all: Samples.switches))
    #expect(try fixture.reloaded().switches == Samples.switches)
    await fixture.commit(.switches(entry: "batch", before: "", after: "", all: Switches()))
    #expect(try fixture.reloaded().switches == Switches())
  }

  @Test func aDeclaredServiceIsKeptWithWhenItWasMade() async throws {
    await fixture.commit(.service(Samples.service, before: nil, after: Samples.settings), at: 10)
    var changed = Samples.settings
    changed.selector = .none
    changed.metadata = [:]
    await fixture.commit(.service(Samples.service, before: Samples.settings, after: changed), at: 20)
    let services = try fixture.reloaded().services
    #expect(
      services == [
        StoredState.StoredService(key: Samples.service, settings: changed, createdAt: WallTime(milliseconds: 10))
      ])
  }

  @Test func whatAServiceIsComesBackWhole() async throws {
    await fixture.commit(.service(Samples.service, before: nil, after: Samples.settings))
    #expect(try fixture.reloaded().services.map(\.settings) == [Samples.settings])
  }

  @Test(arguments: Samples.checkers)
  func aClusterIsKeptWithItsService(_ checker: HealthChecker) async throws {
    let settings = Samples.cluster(checker)
    await fixture.commit(
      .service(Samples.service, before: nil, after: Samples.settings),
      .cluster(Samples.service, name: "c1", before: nil, after: settings))
    #expect(try fixture.reloaded().services.map(\.clusters) == [["c1": settings]])
    await fixture.commit(.cluster(Samples.service, name: "c1", before: settings, after: ClusterSettings()))
    #expect(try fixture.reloaded().services.map(\.clusters) == [[:]])
  }

  @Test func aPersistentInstanceIsKeptWhole() async throws {
    await fixture.commit(.registered(Samples.instance()), .registered(Samples.laden))
    let instances = try fixture.reloaded().instances
    #expect(instances.map(\.service) == [Samples.service, Samples.service])
    #expect(instances.map(\.instance) == [Samples.instance(), Samples.laden])
  }

  @Test func aPersistentInstanceChangesAndGoes() async throws {
    let before = Samples.laden
    await fixture.commit(.registered(before))
    var after = before
    after.overlay = nil
    after.mark = nil
    after.registeredMetadata = [:]
    after.app = nil
    await fixture.commit(.operated(before, after))
    #expect(try fixture.reloaded().instances.map(\.instance) == [after])
    await fixture.commit(.deregistered(after))
    #expect(try fixture.reloaded().instances.isEmpty)
  }

  @Test func anEphemeralInstanceIsNotKept() async throws {
    let instance = Samples.instance(isEphemeral: true)
    #expect(await fixture.commit(.registered(instance)) == nil)
    let state = try fixture.reloaded()
    #expect(state.instances.isEmpty && state.notes.isEmpty && state.services.isEmpty)
  }

  @Test func whatHealthProbesFoundIsNotKept() async throws {
    let before = Samples.instance()
    await fixture.commit(.registered(before))
    var after = before
    after.isHealthy.toggle()
    await fixture.commit(.instance(Samples.service, before: before, after: after, cause: .turnedHealthy), by: .probe)
    #expect(try fixture.reloaded().instances.map(\.instance) == [before])
  }

  @Test func bothKindsAtOneAddressStandApart() async throws {
    let ephemeral = Samples.instance(isEphemeral: true)
    var noted = ephemeral
    noted.mark = Samples.mark
    await fixture.commit(.registered(Samples.instance()), .operated(ephemeral, noted))
    await fixture.commit(.deregistered(Samples.instance()))
    let state = try fixture.reloaded()
    #expect(state.instances.isEmpty)
    #expect(state.notes.map(\.mark) == [Samples.mark])
  }

  @Test func addressesThatSwiftTakesForOneAreOne() async throws {
    // The same letter, once as one scalar and once as two.
    let before = Samples.instance("h\u{e9}")
    let after = Samples.instance("he\u{301}")
    await fixture.commit(.registered(before))
    await fixture.commit(.instance(Samples.service, before: before, after: after, cause: .reregistered))
    #expect(try fixture.reloaded().instances.count == 1)
  }

  @Test func hugeValuesAreKept() async throws {
    var instance = Samples.instance(String(repeating: "h", count: 255))
    instance.registeredMetadata = Metadata(["k": String(repeating: "é", count: 30_000)])
    await fixture.commit(.registered(instance))
    #expect(try fixture.reloaded().instances.map(\.instance) == [instance])
  }
}

extension StoreFixture {
  /// Each service that has instances, by the bytes of its name, and how many.
  fileprivate func countsByService(_ state: StoredState) -> [String] {
    Dictionary(grouping: state.instances, by: \.service.bytes).map { "\($0.key) \($0.value.count)" }.sorted()
  }
}

extension ServiceKey {
  fileprivate var bytes: String { "\(Array(namespace.utf8)) \(Array(grouped.utf8))" }
}
