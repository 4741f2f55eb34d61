import RegistryModel
import Testing

@testable import RegistryEngine

@Suite struct WorldTests {
  private func hour(seed: UInt64, clients: Int = 1_000, milliseconds: Int64 = 3_600_000) -> World {
    var world = World(seed: seed, clients: clients)
    world.run(until: milliseconds, sleeps: [600_000..<625_000, 1_500_000..<1_560_000])
    return world
  }

  @Test("An hour of a thousand instances: no verdict early or late, nothing wrong inside, the same again")
  func anHour() {
    let world = hour(seed: 1)
    #expect(world.faults.prefix(5) == [])
    #expect(world.driver.registry.checkInvariants() == [])
    #expect(world.beats > 250_000)
    #expect(world.driver.causes.contains(.expired) && world.driver.causes.contains(.turnedHealthy))
  }

  @Test func sameSeedSameTranscript() {
    let first = hour(seed: 7, clients: 100, milliseconds: 900_000)
    #expect(first.fingerprint == hour(seed: 7, clients: 100, milliseconds: 900_000).fingerprint)
    #expect(first.fingerprint != hour(seed: 8, clients: 100, milliseconds: 900_000).fingerprint)
  }

  @Test(arguments: UInt64(100)..<120)
  func insidesStayRight(seed: UInt64) {
    var world = World(seed: seed, clients: 60)
    for minute in 1...10 {
      world.run(until: Int64(minute) * 60_000, sleeps: minute == 5 ? [250_000..<272_000] : [])
      #expect(world.driver.registry.checkInvariants() == [], "seed \(seed), minute \(minute)")
    }
    #expect(world.faults == [], "seed \(seed)")
  }

  @Test("A reader that applies the commits has the engine's catalogue", arguments: UInt64(1)..<6)
  func readersAgree(seed: UInt64) {
    var world = World(seed: seed, clients: 80)
    world.run(until: 1_200_000)
    var reader = Catalog()
    for commit in world.driver.commits { reader.apply(commit) }
    let engine = world.driver.registry.catalog
    #expect(reader.revision == engine.revision)
    #expect(reader.totals == engine.totals)
    #expect(reader.services.map(\.key) == engine.services.map(\.key))
    for service in engine.services {
      #expect(reader[service.key].map(Fingerprint.init) == Fingerprint(service), "\(service.key.grouped)")
    }
  }
}

/// All of a service that can be compared.
private struct Fingerprint: Equatable {
  var settings: ServiceSettings
  var clusters: [String]
  var instances: [Instance]
  var counts: InstanceCounts
  var state: ServiceState
  var stateSince: WallTime
  var revision: Revision
  var lost: Int
  var subscribers: Int

  init(_ service: Service) {
    settings = service.settings
    clusters = service.clusters.map { "\($0.name) \($0.settings)" }
    instances = Array(service.instances)
    counts = service.counts
    state = service.state
    stateSince = service.stateSince
    revision = service.revision
    lost = service.lostInstances
    subscribers = service.subscribers
  }
}
