import RegistryModel
import Testing

@testable import RegistryEngine

@Suite struct RegisterTests {
  private let key = instanceKey()
  private var driver = Driver()

  @Test mutating func aFirstRegistrationMakesServiceAndCluster() throws {
    let receipt = try driver.submit(.register(Registration(key: key, weight: 2, metadata: ["a": "1"], app: "shop")))
    #expect(receipt == Receipt(revision: 1, didChange: true))
    let commit = try #require(driver.commits.first)
    #expect(commit.origin == driver.origin)
    #expect(commit.changes.count == 3)
    let service = try #require(driver.registry.catalog[key.service])
    #expect(service.settings == ServiceSettings())
    #expect(service.clusters.map(\.name) == ["DEFAULT"])
    let instance = try #require(driver.instance(key))
    #expect(instance.weight == 2 && instance.metadata == ["a": "1"] && instance.app == "shop" && instance.isServing)
    #expect(!commit.isDurable)
  }

  @Test mutating func anIdenticalRegistrationIsABeatAndNoCommit() throws {
    try driver.submit(.register(Registration(key: key, metadata: ["a": "1"])))
    driver.run(until: 14_000)
    let receipt = try driver.submit(.register(Registration(key: key, metadata: ["a": "1"])))
    #expect(receipt == Receipt(revision: 1, didChange: false))
    driver.run(until: 28_000)
    #expect(driver.instance(key)?.isHealthy == true)
    #expect(driver.commits.count == 1)
  }

  @Test("A registration does not change the health of an instance that is there (quirk 8)")
  mutating func healthStays() throws {
    try driver.submit(.register(Registration(key: key, isHealthy: false)))
    #expect(driver.instance(key)?.isHealthy == false)
    try driver.submit(.register(Registration(key: key, weight: 3, isHealthy: true)))
    #expect(driver.instance(key)?.isHealthy == false)
    try driver.beat(key)
    try driver.submit(.register(Registration(key: key, weight: 4, isHealthy: false)))
    #expect(driver.instance(key)?.isHealthy == true)
    #expect(driver.instance(key)?.weight == 4)
    #expect(driver.causes == [.registered, .reregistered, .turnedHealthy, .reregistered])
  }

  @Test(
    "R37: weights",
    arguments: [
      (0.0, 0.0), (0.001, 0.01), (0.01, 0.01), (10_000, 10_000), (-1, nil), (10_001, nil), (.nan, nil), (.infinity, nil),
    ]
      as [(Double, Double?)])
  func weights(given: Double, kept: Double?) throws {
    var driver = Driver()
    if let kept {
      try driver.submit(.register(Registration(key: key, weight: given)))
      #expect(driver.instance(key)?.weight == kept)
    } else {
      #expect { try driver.submit(.register(Registration(key: key, weight: given))) } throws: { error in
        if case .illegalWeight = error as? RegistryError { true } else { false }
      }
      #expect(driver.registry.catalog.services.isEmpty)
    }
  }

  @Test(
    "R37-R43: what is refused, and nothing comes into being by it",
    arguments: [
      (instanceKey(port: -1), RegistryError.illegalPort(-1)),
      (instanceKey(port: 65_536), .illegalPort(65_536)),
      (instanceKey(service: "DEFAULT_GROUP@@a b"), .illegalServiceName("DEFAULT_GROUP@@a b")),
      (instanceKey(service: ""), .illegalServiceName("")),
      (instanceKey(service: "g@@é"), .illegalServiceName("g@@é")),
      (instanceKey(service: "g@@a\u{0}"), .illegalServiceName("g@@a\u{0}")),
      (instanceKey(service: String(repeating: "a", count: 513)), .limit(what: "bytes in a service name", most: 512)),
      (instanceKey(cluster: "bad name"), .illegalClusterName("bad name")),
      (instanceKey(cluster: "a,b"), .illegalClusterName("a,b")),
      (instanceKey(cluster: "good-name_1"), .illegalClusterName("good-name_1")),
      (instanceKey(cluster: ""), .illegalClusterName("")),
      (instanceKey(namespace: "../../etc"), .illegalNamespace("../../etc")),
      (instanceKey(namespace: "..invalid-namespace"), .illegalNamespace("..invalid-namespace")),
      (instanceKey(namespace: "/x"), .illegalNamespace("/x")),
      (instanceKey(namespace: "a\\b"), .illegalNamespace("a\\b")),
      (instanceKey(namespace: "a\nb"), .illegalNamespace("a\nb")),
      (instanceKey(namespace: String(repeating: "n", count: 300)), .limit(what: "bytes in a namespace id", most: 128)),
      (instanceKey(""), .illegalHost("")),
      (instanceKey("10.0.0.1\u{1b}[2J"), .illegalHost("10.0.0.1\u{1b}[2J")),
      (instanceKey(String(repeating: "1", count: 300)), .illegalHost(String(repeating: "1", count: 300))),
    ])
  func refusals(key: InstanceKey, error: RegistryError) {
    var driver = Driver()
    #expect(throws: error) { try driver.submit(.register(Registration(key: key))) }
    #expect(driver.registry.catalog.services.isEmpty)
    #expect(driver.registry.catalog.revision == 0)
    #expect(driver.registry.checkInvariants() == [])
  }

  @Test("R39: odd hosts that the wire takes are taken", arguments: ["not-an-ip", "300.1.1.1", "::1", "fe80::1%eth0", "1.1.1"])
  func oddHosts(ip: String) throws {
    var driver = Driver()
    try driver.submit(.register(Registration(key: instanceKey(ip, port: 0))))
    #expect(driver.instance(instanceKey(ip, port: 0)) != nil)
  }

  @Test("R31: every bound refuses, and memory stays where it is")
  func bounds() throws {
    var limits = Limits()
    limits.services = 2
    limits.instances = 4
    limits.instancesPerService = 2
    limits.clustersPerService = 2
    limits.namespaces = 2
    limits.metadataKeys = 2
    limits.metadataBytes = 10
    limits.appBytes = 3
    var driver = Driver(limits: limits)
    func refused(_ registration: Registration, _ what: String, _ most: Int) {
      #expect(throws: RegistryError.limit(what: what, most: most)) { try driver.submit(.register(registration)) }
    }
    refused(Registration(key: key, metadata: ["a": "", "b": "", "c": ""]), "metadata keys", 2)
    refused(Registration(key: key, metadata: ["a": "0123456789"]), "bytes of metadata", 10)
    refused(Registration(key: key, app: "four"), "bytes in app", 3)
    for number in 1...2 { try driver.submit(.register(Registration(key: instanceKey("10.0.0.\(number)"), app: nil))) }
    refused(Registration(key: instanceKey("10.0.0.3"), app: nil), "instances in a service", 2)
    let other = instanceKey("10.0.0.3", service: "g@@b", namespace: "n2")
    try driver.submit(.register(Registration(key: other, app: nil)))
    refused(Registration(key: instanceKey(service: "g@@c"), app: nil), "services", 2)
    try driver.submit(
      .register(Registration(key: instanceKey(service: "g@@b", namespace: "n2", cluster: "c2"), app: nil)))
    refused(
      Registration(key: instanceKey(service: "g@@b", namespace: "n2", cluster: "c3"), app: nil), "clusters in a service", 2)
    #expect(driver.registry.catalog.totals.instances.total == 4)
    // What is there may still say anew what it is.
    try driver.submit(.register(Registration(key: key, weight: 5, app: nil)))
    #expect(driver.registry.checkInvariants() == [])
  }

  @Test func namespacesThatAreUsedAreBoundedAndForgotten() throws {
    var limits = Limits()
    limits.namespaces = 1
    var driver = Driver(limits: limits)
    try driver.submit(.register(Registration(key: instanceKey(namespace: "n1"))))
    #expect(throws: RegistryError.limit(what: "namespaces", most: 1)) {
      try driver.submit(.register(Registration(key: instanceKey(namespace: "n2"))))
    }
    try driver.submit(.removeService(instanceKey(namespace: "n1").service))
    #expect(driver.registry.catalog.totalsByNamespace.isEmpty)
    try driver.submit(.register(Registration(key: instanceKey(namespace: "n2"))))
  }

  @Test("Numbered ids: the smallest that is free, by kind")
  mutating func numberedIDs() throws {
    let metadata: Metadata = [PreservedKey.idGenerator: "SnowFlake"]
    func number(_ port: Int, isEphemeral: Bool = true) -> Int? {
      driver.instance(instanceKey(port: port, isEphemeral: isEphemeral))?.numberedID
    }
    for port in 1...4 { try driver.submit(.register(Registration(key: instanceKey(port: port), metadata: metadata))) }
    #expect((1...4).map { number($0) } == [0, 1, 2, 3])
    try driver.submit(.register(Registration(key: instanceKey(port: 1, isEphemeral: false), metadata: metadata)))
    #expect(number(1, isEphemeral: false) == 0)
    try driver.submit(.deregister(instanceKey(port: 3)))
    try driver.submit(.deregister(instanceKey(port: 2)))
    for port in 5...7 { try driver.submit(.register(Registration(key: instanceKey(port: port), metadata: metadata))) }
    #expect((5...7).map { number($0) } == [1, 2, 4])
    // One that registers again keeps its number.
    try driver.submit(.register(Registration(key: instanceKey(port: 4), weight: 3, metadata: metadata)))
    #expect(number(4) == 3)
    #expect(driver.registry.checkInvariants() == [])
  }

  @Test("E14: an ephemeral and a persistent instance may stand side by side")
  mutating func bothKinds() throws {
    let persistent = instanceKey(isEphemeral: false)
    try driver.submit(.register(Registration(key: key)))
    try driver.submit(.register(Registration(key: persistent)))
    #expect(driver.registry.catalog[key.service]?.counts.total == 2)
    #expect(driver.commits.map(\.isDurable) == [false, true])
    try driver.submit(.deregister(key))
    #expect(driver.instance(persistent) != nil)
    driver.run(until: 3_600_000)
    #expect(driver.instance(persistent)?.isHealthy == true)
  }

  @Test mutating func removingWhatIsNotThereIsNoError() throws {
    #expect(try driver.submit(.deregister(key)) == Receipt(revision: 0, didChange: false))
    try driver.submit(.register(Registration(key: key)))
    try driver.submit(.deregister(instanceKey(cluster: "other")))
    try driver.submit(.deregister(instanceKey(isEphemeral: false)))
    #expect(driver.instance(key) != nil)
    #expect(driver.commits.count == 1)
    try driver.submit(.deregister(key))
    #expect(driver.registry.catalog[key.service]?.state == .empty)
  }
}
