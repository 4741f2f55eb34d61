import RegistryModel
import Testing

@testable import RegistryEngine

@Suite struct ServiceTests {
  private let key = instanceKey().service
  private var driver = Driver()

  @Test mutating func createUpdateRemove() throws {
    try driver.submit(.createService(key, ServiceSettings(protectThreshold: 0.5, metadata: ["k": "v"])))
    #expect(driver.registry.catalog[key]?.settings.isDeclared == true)
    #expect(driver.registry.catalog[key]?.clusters.isEmpty == true)
    #expect(throws: RegistryError.serviceExists(key)) { try driver.submit(.createService(key, ServiceSettings())) }
    try driver.submit(.updateService(key, ServiceSettings(protectThreshold: 0.8)))
    #expect(driver.registry.catalog[key]?.settings.metadata.isEmpty == true)
    #expect(try driver.submit(.updateService(key, ServiceSettings(protectThreshold: 0.8))).didChange == false)
    #expect(driver.commits.map(\.isDurable) == [true, true])
    try driver.submit(.removeService(key))
    #expect(throws: RegistryError.serviceNotFound(key)) { try driver.submit(.removeService(key)) }
    #expect(throws: RegistryError.serviceNotFound(key)) { try driver.submit(.updateService(key, ServiceSettings())) }
    #expect(throws: RegistryError.illegalValue(field: "protectThreshold", why: "not a number")) {
      try driver.submit(.createService(key, ServiceSettings(protectThreshold: .nan)))
    }
  }

  @Test("Removing a service that has instances succeeds; they come back with their next full beat (quirk 36)")
  mutating func removedWithItsInstances() throws {
    let one = instanceKey()
    try driver.submit(.register(Registration(key: one)))
    try driver.submit(.register(Registration(key: instanceKey(isEphemeral: false))))
    try driver.submit(.operate(one, .setEnabled(false)))
    try driver.submit(.removeService(key))
    let commit = try #require(driver.commits.last)
    #expect(commit.changes.count == 4 && commit.isDurable)
    #expect(driver.registry.checkInvariants() == [])
    #expect(try driver.beat(one) == .unknown(interval: 5_000))
    try driver.beat(one, Beat.Body(weight: 1))
    #expect(driver.instance(one)?.isEnabled == false)
    #expect(driver.registry.catalog[key]?.counts.total == 1)
  }

  @Test("E19: what nobody declared goes two minutes after it became empty, what somebody declared stays")
  mutating func emptyServices() throws {
    let declared = ServiceKey(grouped: "g@@declared")
    try driver.submit(.createService(declared, ServiceSettings()))
    try driver.submit(.register(Registration(key: instanceKey())))
    driver.run(until: 10_000)
    try driver.submit(.deregister(instanceKey()))
    driver.run(until: 100_000)
    // Somebody was here meanwhile: the two minutes begin anew.
    try driver.submit(.register(Registration(key: instanceKey())))
    try driver.submit(.deregister(instanceKey()))
    driver.run(until: 219_900)
    #expect(driver.registry.catalog[key] != nil)
    driver.run(until: 220_100)
    #expect(driver.registry.catalog[key] == nil)
    #expect(driver.commits.last?.origin == .system && driver.commits.last?.isDurable == false)
    driver.run(until: 86_400_000)
    #expect(driver.registry.catalog[declared] != nil)
    #expect(driver.registry.nextDeadline == nil)
  }

  @Test("A service whose instances fell silent can be seen for half an hour")
  mutating func lostServices() throws {
    try driver.submit(.register(Registration(key: instanceKey())))
    driver.run(until: 30_000 + 1_790_000)
    #expect(driver.registry.catalog[key]?.state == .gone)
    driver.run(until: 30_000 + 1_801_000)
    #expect(driver.registry.catalog[key] == nil)
  }

  @Test mutating func whatSomebodySetsSomethingAboutIsDeclared() throws {
    try driver.submit(.register(Registration(key: instanceKey())))
    let settings = ClusterSettings(checker: .http(path: "/h", headers: "", expectedCode: 200), checkPort: 81)
    try driver.submit(.setCluster(key, name: "c1", settings))
    #expect(driver.registry.catalog[key]?.settings.isDeclared == true)
    #expect(driver.registry.catalog[key]?.cluster("c1") == settings)
    #expect(driver.commits.last?.isDurable == true)
    #expect(try driver.submit(.setCluster(key, name: "c1", settings)).didChange == false)
    #expect(throws: RegistryError.illegalClusterName("c 1")) { try driver.submit(.setCluster(key, name: "c 1", settings)) }
    let none = ServiceKey(grouped: "g@@none")
    #expect(throws: RegistryError.serviceNotFound(none)) { try driver.submit(.setCluster(none, name: "c", settings)) }
    try driver.submit(.deregister(instanceKey()))
    driver.run(until: 1_000_000)
    #expect(driver.registry.catalog[key]?.cluster("c1") == settings)
    #expect(driver.registry.checkInvariants() == [])
  }

  @Test mutating func subscribersMayComeBeforeTheServiceAndStayBeyondIt() throws {
    func subscriber(_ port: UInt16) -> Subscriber {
      Subscriber(service: key, clusters: "", ip: "10.0.0.5", port: port, agent: "a", app: "b")
    }
    func note(joined: [UInt16] = [], left: [UInt16] = []) -> Commit? {
      driver.registry.noteSubscribers(joined: joined.map(subscriber), left: left.map(subscriber), at: driver.now)
    }
    #expect(note(joined: [1, 2, 3])?.changes.count == 3)
    #expect(note(left: [1])?.isDurable == false)
    #expect(note() == nil)
    #expect(driver.registry.catalog.totals.subscribers == 0)
    try driver.submit(.register(Registration(key: instanceKey())))
    #expect(driver.registry.catalog[key]?.subscribers == 2)
    #expect(driver.registry.catalog.totals.subscribers == 2)
    try driver.submit(.removeService(key))
    #expect(driver.registry.catalog.waitingSubscribers == [key: 2])
    _ = note(left: [2, 3])
    #expect(driver.registry.catalog.waitingSubscribers.isEmpty)
    _ = note(left: [2, 3])
    #expect(driver.registry.checkInvariants() == [])
  }

  @Test mutating func namespaces() throws {
    try driver.submit(.createNamespace(id: "dev", name: "Dev", about: "d"))
    #expect(throws: RegistryError.namespaceExists("dev")) {
      try driver.submit(.createNamespace(id: "dev", name: "again", about: ""))
    }
    #expect(throws: RegistryError.namespaceExists("public")) {
      try driver.submit(.createNamespace(id: "public", name: "again", about: ""))
    }
    for id in ["", "a b", "a/b", "é", String(repeating: "n", count: 129)] {
      #expect(throws: RegistryError.illegalNamespace(id)) { try driver.submit(.createNamespace(id: id, name: "n", about: "")) }
    }
    try driver.submit(.updateNamespace(id: "dev", name: "Development", about: "d2"))
    #expect(driver.registry.catalog.namespaces["dev"]?.name == "Development")
    #expect(try driver.submit(.updateNamespace(id: "dev", name: "Development", about: "d2")).didChange == false)
    #expect(throws: RegistryError.namespaceNotFound("x")) { try driver.submit(.updateNamespace(id: "x", name: "", about: "")) }
    try driver.submit(.register(Registration(key: instanceKey(namespace: "dev"))))
    try driver.submit(.removeNamespace(id: "dev"))
    #expect(driver.registry.catalog.namespaceIDs == ["dev", "public"])
    #expect(try driver.submit(.removeNamespace(id: "dev")).didChange == false)
    #expect(throws: RegistryError.self) {
      try driver.submit(.createNamespace(id: "n", name: String(repeating: "x", count: 2_000), about: ""))
    }
  }
}
