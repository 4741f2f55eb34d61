import RegistryModel
import Testing

@testable import RegistryEngine

@Suite struct UpdateTests {
  private let key = instanceKey()
  private var driver = Driver()

  private mutating func patch(_ patch: InstancePatch, ip: String = "10.0.0.1") throws {
    try driver.submit(.patch(key.service, cluster: "DEFAULT", ip: ip, port: 80, patch))
  }

  @Test mutating func aStrictUpdateNeedsServiceAndInstance() throws {
    let registration = Registration(key: key, weight: 20)
    #expect(throws: RegistryError.serviceNotFound(key.service)) { try driver.submit(.update(registration, isStrict: true)) }
    let stranger = Registration(key: instanceKey("10.0.0.2"), weight: 20)
    try driver.submit(.register(Registration(key: key)))
    #expect(throws: RegistryError.instanceNotFound(key.service, stranger.key.address)) {
      try driver.submit(.update(stranger, isStrict: true))
    }
    try driver.submit(.update(registration, isStrict: true))
    #expect(driver.instance(key)?.weight == 20)
    #expect(driver.causes == [.registered, .updated])
    try driver.submit(.update(stranger, isStrict: false))
    #expect(driver.instance(stranger.key)?.weight == 20)
  }

  @Test("As the wire has it: any cluster will do, and port 0 stands for any")
  mutating func strictnessIsLoose() throws {
    try driver.submit(.register(Registration(key: key)))
    try driver.submit(.update(Registration(key: instanceKey(cluster: "other")), isStrict: true))
    try driver.submit(.update(Registration(key: instanceKey(port: 0)), isStrict: true))
    #expect(throws: RegistryError.self) {
      try driver.submit(.update(Registration(key: instanceKey(isEphemeral: false)), isStrict: true))
    }
  }

  @Test mutating func anUpdateReplacesEverythingAndSettlesTheOverlay() throws {
    try driver.submit(.register(Registration(key: key, weight: 2, isEnabled: false, metadata: ["a": "1"], app: "shop")))
    try driver.submit(.operate(key, .setWeight(7)))
    try driver.submit(.mark(key, text: "disk"))
    try driver.submit(.update(Registration(key: key), isStrict: false))
    let instance = try #require(driver.instance(key))
    #expect(instance.weight == 1 && instance.isEnabled && instance.metadata.isEmpty && instance.app == "DEFAULT")
    #expect(instance.overlay == nil)
    #expect(instance.mark?.text == "disk")
  }

  @Test("E3: a patch changes the fields that it names, and no other")
  mutating func patches() throws {
    try driver.submit(.register(Registration(key: key, weight: 2, metadata: ["a": "1"], app: "shop")))
    try patch(InstancePatch(weight: 4))
    #expect(driver.instance(key)?.weight == 4)
    try patch(InstancePatch(isEnabled: false))
    try patch(InstancePatch(metadata: ["b": "2"]))
    try patch(InstancePatch(app: "mall"))
    try patch(InstancePatch(isHealthy: false))
    let instance = try #require(driver.instance(key))
    #expect(instance.weight == 4 && !instance.isEnabled && instance.metadata == ["b": "2"])
    #expect(instance.app == "mall" && !instance.isHealthy)
    let count = driver.commits.count
    try patch(InstancePatch(weight: 4))
    try patch(InstancePatch())
    #expect(driver.commits.count == count)
    #expect(driver.registry.checkInvariants() == [])
  }

  @Test mutating func aPatchThatIsRefusedChangesNothing() throws {
    try driver.submit(.register(Registration(key: key, weight: 2)))
    #expect(throws: RegistryError.illegalWeight(-1)) { try patch(InstancePatch(weight: -1, isEnabled: false)) }
    #expect(driver.instance(key)?.isEnabled == true)
    #expect(throws: RegistryError.instanceNotFound(key.service, instanceKey("10.0.0.99").address)) {
      try patch(InstancePatch(weight: 4), ip: "10.0.0.99")
    }
    #expect(throws: RegistryError.self) {
      try driver.submit(.patch(key.service, cluster: "DEFAULT", ip: "10.0.0.1", port: 1 << 40, InstancePatch(weight: 4)))
    }
  }

  @Test mutating func aPatchIsAlsoABeat() throws {
    try driver.submit(.register(Registration(key: key)))
    driver.run(until: 14_000)
    try patch(InstancePatch(weight: 4))
    driver.run(until: 28_000)
    #expect(driver.instance(key)?.isHealthy == true)
  }

  @Test mutating func aPatchSettlesTheFieldsOfAnOverlayThatItNames() throws {
    try driver.submit(.register(Registration(key: key)))
    try driver.submit(.operate(key, .setWeight(7)))
    try driver.submit(.operate(key, .setEnabled(false)))
    try patch(InstancePatch(weight: 3))
    #expect(driver.instance(key)?.weight == 3)
    #expect(driver.instance(key)?.isEnabled == false)
    try patch(InstancePatch(isEnabled: true))
    #expect(driver.instance(key)?.overlay == nil)
    #expect(driver.instance(key)?.isEnabled == true)
  }

  @Test("C94-C96, E26: a batch sets and removes keys, names what it was for, and never fails")
  mutating func batches() throws {
    for port in [81, 80] {
      try driver.submit(.register(Registration(key: instanceKey(port: port), metadata: port == 80 ? ["a": "1"] : [:])))
    }
    try driver.submit(.register(Registration(key: instanceKey(isEphemeral: false), metadata: ["p": "1"])))
    let service = key.service
    let all = try driver.submit(.patchMetadata(service, .allEphemeral, ["zone": "b"], isRemoval: false))
    #expect(all.touched == [key.address, instanceKey(port: 81).address])
    #expect(driver.instance(key)?.metadata == ["a": "1", "zone": "b"])
    #expect(driver.instance(instanceKey(isEphemeral: false))?.metadata == ["p": "1"])
    let one = try driver.submit(
      .patchMetadata(
        service, .these([key.address, key.address, instanceKey("9.9.9.9").address]), ["only": "me"], isRemoval: false))
    #expect(one.touched == [key.address])
    let again = try driver.submit(.patchMetadata(service, .allEphemeral, ["zone": "b"], isRemoval: false))
    #expect(again.touched.count == 2 && !again.didChange)
    try driver.submit(.patchMetadata(service, .allEphemeral, ["zone": "", "none": ""], isRemoval: true))
    #expect(driver.instance(key)?.metadata == ["a": "1", "only": "me"])
    try driver.submit(.patchMetadata(service, .allPersistent, ["p": "2"], isRemoval: false))
    #expect(driver.instance(instanceKey(isEphemeral: false))?.metadata == ["p": "2"])
    let nowhere = try driver.submit(
      .patchMetadata(instanceKey(service: "g@@none").service, .allEphemeral, ["a": "b"], isRemoval: false))
    #expect(nowhere.touched.isEmpty && !nowhere.didChange)
    let large: Metadata = ["big": String(repeating: "x", count: 70_000)]
    #expect(try driver.submit(.patchMetadata(service, .allEphemeral, large, isRemoval: false)).touched.isEmpty)
    #expect(driver.registry.catalog.totals.instances.total == 3)
    #expect(driver.registry.checkInvariants() == [])
  }

  @Test func anInstanceWithoutAPortIsMeantByAnyPort() throws {
    var driver = Driver()
    let address = InstanceAddress(cluster: "DEFAULT", ip: "10.0.0.1", port: 0, isEphemeral: true)
    let service = instanceKey().service
    try driver.submit(.register(Registration(key: InstanceKey(service: service, address: address))))
    var asked = address
    asked.port = 99
    let batch = try driver.submit(.patchMetadata(service, .these([asked, address]), ["a": "b"], isRemoval: false))
    #expect(batch.touched == [address])
  }

  @Test func healthByHandIsForClustersThatNobodyProbes() throws {
    var driver = Driver()
    let key = instanceKey(isEphemeral: false)
    func set(_ isHealthy: Bool, cluster: String = "DEFAULT", ip: String = "10.0.0.1") -> Action {
      .setHealth(key.service, cluster: cluster, ip: ip, port: 80, isHealthy: isHealthy)
    }
    #expect(throws: RegistryError.serviceNotFound(key.service)) { try driver.submit(set(false)) }
    try driver.submit(.register(Registration(key: key)))
    #expect(throws: RegistryError.checkerStillWorking(key.service)) { try driver.submit(set(false)) }
    #expect(throws: RegistryError.clusterNotFound(key.service, cluster: "c2")) { try driver.submit(set(false, cluster: "c2")) }
    driver.origin = .probe
    try driver.submit(.probed(key, isHealthy: false))
    #expect(driver.causes.last == .turnedUnhealthy)
    driver.origin = .operator(name: "li")
    try driver.submit(.setCluster(key.service, name: "DEFAULT", ClusterSettings(checker: .none)))
    try driver.submit(set(true))
    #expect(driver.causes.last == .turnedHealthy)
    #expect(try driver.submit(set(true)).didChange == false)
    #expect(try driver.submit(set(false, ip: "9.9.9.9")).didChange == false)
    #expect(driver.registry.checkInvariants() == [])
  }
}
