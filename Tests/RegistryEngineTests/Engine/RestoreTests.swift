import RegistryModel
import Testing

@testable import RegistryEngine

@Suite struct RestoreTests {
  private let key = ServiceKey(grouped: "g@@stored")

  private func stored() -> StoredState {
    var state = StoredState()
    state.revision = 41
    state.namespaces = [Namespace(id: "dev", name: "Dev", createdAt: WallTime(milliseconds: 5))]
    state.services = [
      .init(
        key: key, settings: ServiceSettings(protectThreshold: 0.5, isDeclared: true),
        clusters: ["web": ClusterSettings(checker: .none)], createdAt: WallTime(milliseconds: 7))
    ]
    var instance = Instance(
      address: InstanceAddress(cluster: "web", ip: "10.0.0.1", port: 80, isEphemeral: false), weight: 3,
      metadata: [PreservedKey.idGenerator: "snowflake"], app: "shop", registeredAt: WallTime(milliseconds: 9),
      vitalSlot: 17)
    instance.overlay = Overlay(isEnabled: false, by: "li", at: WallTime(milliseconds: 10))
    instance.numberedID = 4
    let alone = Instance(
      address: InstanceAddress(ip: "10.0.0.2", port: 80, isEphemeral: false), registeredAt: WallTime(milliseconds: 11))
    let stray = Instance(address: InstanceAddress(ip: "10.0.0.3", port: 80), registeredAt: WallTime(milliseconds: 11))
    state.instances = [
      .init(service: key, instance: instance), .init(service: ServiceKey(grouped: "g@@alone"), instance: alone),
      .init(service: key, instance: stray),
    ]
    state.notes = [
      .init(
        key: instanceKey(), overlay: Overlay(weight: 0.1, by: "li", at: WallTime(milliseconds: 1)),
        mark: Mark(text: "disk", by: "li", at: WallTime(milliseconds: 1)))
    ]
    var switches = Switches()
    switches.checkTimes = 9
    state.switches = switches
    return state
  }

  @Test func whatWasStoredIsThere() throws {
    let registry = Registry(restored: stored(), at: Moment(milliseconds: 1_000_000))
    let catalog = registry.catalog
    #expect(catalog.revision == 41)
    #expect(catalog.namespaces["dev"]?.name == "Dev")
    let service = try #require(catalog[key])
    #expect(service.settings.isDeclared && service.createdAt == WallTime(milliseconds: 7))
    #expect(service.cluster("web")?.checker == HealthChecker.none)
    #expect(service.counts.total == 1)
    let instance = try #require(
      catalog[InstanceKey(service: key, address: InstanceAddress(cluster: "web", ip: "10.0.0.1", port: 80, isEphemeral: false))])
    #expect(instance.weight == 3 && !instance.isEnabled && instance.app == "shop" && instance.numberedID == 4)
    #expect(instance.registeredAt == WallTime(milliseconds: 9))
    #expect(catalog[ServiceKey(grouped: "g@@alone")]?.settings.isDeclared == false)
    #expect(registry.switches.checkTimes == 9)
    #expect(registry.checkInvariants() == [])
    #expect(registry.counters == RegistryCounters())
  }

  @Test("G7: what probes have to say is not remembered: nobody is called dead because of a restart")
  func probedHealthBeginsAnew() throws {
    var state = StoredState()
    state.services = [
      .init(
        key: key, settings: ServiceSettings(), clusters: ["hand": ClusterSettings(checker: .none)],
        createdAt: WallTime(milliseconds: 7))
    ]
    let addresses = ["DEFAULT", "hand"].map {
      InstanceAddress(cluster: $0, ip: "10.0.0.1", port: 80, isEphemeral: false)
    }
    state.instances = addresses.map {
      let instance = Instance(address: $0, isHealthy: false, registeredAt: WallTime(milliseconds: 9))
      return StoredState.StoredInstance(service: key, instance: instance)
    }
    let registry = Registry(restored: state, at: Moment(milliseconds: 1_000_000))
    #expect(registry.catalog[InstanceKey(service: key, address: addresses[0])]?.isHealthy == true)
    // Where nobody probes, what somebody said by hand is all there is.
    #expect(registry.catalog[InstanceKey(service: key, address: addresses[1])]?.isHealthy == false)
    #expect(registry.checkInvariants() == [])
  }

  @Test("E8: starting is no change")
  func nobodyIsTold() {
    let engine = Engine(restored: stored(), clock: { Moment(milliseconds: 1_000_000) })
    #expect(engine.revision == 41)
    #expect(engine.read(after: 41) == .commits([]))
    #expect(engine.read(after: 40) == .behind)
    #expect(engine.snapshot().recent.isEmpty)
    engine.submit(.register(Registration(key: instanceKey("10.0.0.77"))))
    #expect(engine.revision == 42)
  }

  @Test("E4: an operator's word waits for the instance to come back after a restart")
  func notesWait() throws {
    var driver = Driver(Registry(restored: stored(), at: Moment(milliseconds: 0)))
    driver.run(until: 3_000_000)
    try driver.beat(instanceKey(), Beat.Body(weight: 1))
    #expect(driver.instance(instanceKey())?.weight == 0.1)
    #expect(driver.instance(instanceKey())?.mark?.text == "disk")
    #expect(driver.registry.checkInvariants() == [])
  }

  @Test func notesDoNotWaitForEver() throws {
    var driver = Driver(Registry(restored: stored(), at: Moment(milliseconds: 0)))
    driver.run(until: 3_700_000)
    try driver.submit(.register(Registration(key: instanceKey())))
    #expect(driver.instance(instanceKey())?.overlay == nil)
    #expect(driver.instance(instanceKey())?.mark?.text == "disk")
  }

  @Test("G7: what comes back after a restart has one whole timeout, and what was stored stays what it was")
  func nothingThatLivesIsCalledDead() throws {
    let persistent = InstanceKey(
      service: key, address: InstanceAddress(cluster: "web", ip: "10.0.0.1", port: 80, isEphemeral: false))
    // The machine's clock was set back while the process was away; nothing here is measured with it.
    var driver = Driver(Registry(restored: stored(), at: Moment(milliseconds: 0)))
    driver.wallOffset = -5_000_000
    driver.run(until: 4_000)
    try driver.beat(instanceKey(), Beat.Body(weight: 1))
    driver.run(until: 18_900)
    #expect(driver.instance(instanceKey())?.isHealthy == true)
    driver.run(until: 19_100)
    #expect(driver.instance(instanceKey())?.isHealthy == false)
    driver.run(until: 3_600_000)
    #expect(driver.instance(persistent)?.isHealthy == true)
  }

  @Test func aRegistryIsWhatItsStoreKept() {
    let store = FakeStore()
    let clock = FakeClock()
    let first = Engine(store: store, clock: { clock.now })
    let persistent = instanceKey(isEphemeral: false)
    first.submit(.register(Registration(key: persistent, weight: 2)))
    first.submit(.operate(persistent, .setWeight(5)))
    first.submit(.register(Registration(key: instanceKey())))
    var state = StoredState()
    for change in store.kept.flatMap(\.changes) {
      if case .instance(let service, _, let after?, _) = change {
        state.instances.removeAll { $0.service == service && $0.instance.address == after.address }
        state.instances.append(.init(service: service, instance: after))
      }
    }
    let second = Engine(restored: state, clock: { clock.now })
    #expect(second.catalog[persistent] == first.catalog[persistent])
    #expect(second.catalog.totals.instances.total == 1)
  }
}
