import RegistryModel
import Testing

@testable import RegistryStore

/// When a service has a row: when somebody declared it, and while something of it is stored (reliability E15).
@Suite struct ServiceRowTests {
  private let fixture: StoreFixture
  private let undeclared = ServiceSettings()

  init() throws { fixture = try StoreFixture() }

  @Test func aServiceThatNobodyDeclaredComesWithItsFirstPersistentInstance() async throws {
    await fixture.commit(
      .service(Samples.service, before: nil, after: undeclared), .registered(Samples.instance(isEphemeral: true)))
    #expect(try fixture.reloaded().services.isEmpty)
    await fixture.commit(.registered(Samples.instance()), at: 77)
    let services = try fixture.reloaded().services
    #expect(
      services == [
        StoredState.StoredService(key: Samples.service, settings: undeclared, createdAt: WallTime(milliseconds: 77))
      ])
  }

  @Test func itGoesWithItsLastPersistentInstance() async throws {
    let first = Samples.instance("10.0.0.1")
    let second = Samples.instance("10.0.0.2")
    await fixture.commit(.service(Samples.service, before: nil, after: undeclared), .registered(first))
    await fixture.commit(.registered(second))
    await fixture.commit(.deregistered(first))
    #expect(try fixture.reloaded().services.count == 1)
    await fixture.commit(.deregistered(second))
    #expect(try fixture.reloaded().services.isEmpty)
  }

  @Test func aDeclaredServiceStaysWithoutInstances() async throws {
    await fixture.commit(.service(Samples.service, before: nil, after: Samples.settings), .registered(Samples.instance()))
    await fixture.commit(.deregistered(Samples.instance()))
    #expect(try fixture.reloaded().services.map(\.settings) == [Samples.settings])
  }

  @Test func aServiceThatIsDeclaredLaterKeepsItsRowAndAge() async throws {
    await fixture.commit(.service(Samples.service, before: nil, after: undeclared), .registered(Samples.instance()), at: 5)
    await fixture.commit(.service(Samples.service, before: undeclared, after: Samples.settings), at: 9)
    await fixture.commit(.deregistered(Samples.instance()))
    let services = try fixture.reloaded().services
    #expect(services.map(\.settings) == [Samples.settings])
    #expect(services.map(\.createdAt) == [WallTime(milliseconds: 5)])
  }

  @Test func removingAServiceRemovesAllOfItAndNothingElse() async throws {
    let other = ServiceKey(namespace: "prod", group: "shop", name: "orders2")
    await fixture.commit(
      .service(Samples.service, before: nil, after: Samples.settings),
      .cluster(Samples.service, name: "c1", before: nil, after: Samples.cluster(.none)),
      .registered(Samples.instance()), .registered(Samples.instance(), in: other))
    await fixture.commit(
      .instance(Samples.service, before: Samples.instance(), after: nil, cause: .serviceRemoved),
      .service(Samples.service, before: Samples.settings, after: nil))
    let state = try fixture.reloaded()
    #expect(state.services.map(\.key) == [other])
    #expect(state.instances.map(\.service) == [other])
    #expect(state.services.map(\.clusters) == [[:]])
  }

  @Test func aConfiguredClusterKeepsItsService() async throws {
    let settings = Samples.cluster(.tcp)
    await fixture.commit(.cluster(Samples.service, name: "c1", before: nil, after: settings))
    await fixture.commit(.registered(Samples.instance()))
    await fixture.commit(.deregistered(Samples.instance()))
    #expect(try fixture.reloaded().services.map(\.clusters) == [["c1": settings]])
    await fixture.commit(.cluster(Samples.service, name: "c1", before: settings, after: nil))
    #expect(try fixture.reloaded().services.isEmpty)
  }

  // The writer remembers which services have a row; these are the ways in which they lose it.

  @Test func aServiceThatWentWithItsInstanceComesBackWithTheNext() async throws {
    let declared = Samples.settings
    await fixture.commit(.registered(Samples.instance()), at: 5)
    await fixture.commit(.deregistered(Samples.instance()), at: 6)
    await fixture.commit(.registered(Samples.instance()), at: 7)
    #expect(try storedServices() == ["\(Samples.service.grouped) 7"])
    await fixture.commit(.service(Samples.service, before: undeclared, after: declared), at: 8)
    await fixture.commit(.service(Samples.service, before: declared, after: nil), at: 9)
    await fixture.commit(.registered(Samples.instance("10.0.0.2")), at: 10)
    #expect(try storedServices() == ["\(Samples.service.grouped) 10"])
  }

  @Test func aServiceOfAClusterThatWentComesBackWithTheNext() async throws {
    let settings = Samples.cluster(.tcp)
    await fixture.commit(.cluster(Samples.service, name: "c1", before: nil, after: settings), at: 5)
    await fixture.commit(.cluster(Samples.service, name: "c1", before: settings, after: nil), at: 6)
    await fixture.commit(.cluster(Samples.service, name: "c1", before: nil, after: settings), at: 7)
    #expect(try storedServices() == ["\(Samples.service.grouped) 7"])
  }

  @Test func aServiceWhoseTransactionFailedComesWithTheNextRegistration() async throws {
    try fixture.alter(
      "CREATE TRIGGER no AFTER INSERT ON instance WHEN new.ip = '10.0.0.9' BEGIN SELECT RAISE(ABORT, 'no'); END")
    try fixture.reopen()
    #expect(await fixture.commit(.registered(Samples.instance("10.0.0.9")), at: 5) != nil)
    #expect(await fixture.commit(.registered(Samples.instance("10.0.0.1")), at: 6) == nil)
    #expect(try storedServices() == ["\(Samples.service.grouped) 6"])
  }

  @Test func aServiceWhoseDamagedRowWasPutByComesWithTheNextRegistration() async throws {
    await fixture.commit(.registered(Samples.instance("10.0.0.1")), at: 5)
    let other = try SQLiteConnection(path: fixture.database)
    try other.execute("UPDATE service SET created_at = 1")
    #expect(try fixture.load().services.map(\.key) == [])
    await fixture.commit(.registered(Samples.instance("10.0.0.2")), at: 6)
    #expect(try storedServices() == ["\(Samples.service.grouped) 6"])
  }

  private func storedServices() throws -> [String] {
    try fixture.reloaded().services.map { "\($0.key.grouped) \($0.createdAt.milliseconds)" }
  }
}
