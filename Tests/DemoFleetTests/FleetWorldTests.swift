import DemoFleet
import RegistryEngine
import RegistryModel
import Testing

@Suite struct FleetWorldTests {
  /// A registry through which the fleet has lived its past.
  private func opened(seed: UInt64) throws -> (Engine, FleetDriver) {
    let start = ContinuousClock.now
    let clock = FleetClock {
      let milliseconds = start.duration(to: .now) / .milliseconds(1)
      return Moment(milliseconds: 1_700_000_000_000 + Int64(milliseconds))
    }
    let engine = Engine(clock: { clock.now })
    let world = FleetWorld(
      server: "http://127.0.0.1:1", submit: { command in engine.submit(command) { _ in } },
      beat: { key in
        let address = key.address
        let beat = Beat(service: key.service, cluster: address.cluster, ip: address.ip, port: Int(address.port))
        _ = try? engine.beat(beat, by: .client(address: address.ip, agent: "fleet"))
      },
      beatAll: { engine.beatAll(of: $0, by: .client(address: "10.8.1.1", agent: "fleet")) },
      subscribe: { engine.noteSubscribers(joined: [$0]) }, advance: { engine.advance() })
    return (engine, try FleetDriver(seed: seed, world: world, clock: clock))
  }

  @Test func theConsoleOpensOnAnIncident() throws {
    let (engine, driver) = try opened(seed: 1)
    defer { driver.stop() }
    let catalog = engine.catalog
    func state(_ namespace: String, _ group: String, _ name: String) -> ServiceState? {
      catalog[ServiceKey(namespace: namespace, group: group, name: name)]?.state
    }
    #expect(state("public", "DEFAULT_GROUP", "order-core") == .broken)
    #expect(state("public", "PAY", "pay-gateway") == .broken)
    #expect(state("public", "DEFAULT_GROUP", "inventory") == .protected)
    #expect(state("public", "DEFAULT_GROUP", "user-profile") == .degraded)
    #expect(state("risk", "RISK", "rule-engine") == .gone)
    #expect(state("public", "DEFAULT_GROUP", "invoice-legacy") == .offline)
    #expect(catalog.totals.services == 1_200)
    #expect(catalog.totals.instances.total > 17_000)
    #expect(catalog.totals.instances.unhealthy < 200)
    #expect(catalog.namespaceIDs.count == 14)
  }
}
