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
}
