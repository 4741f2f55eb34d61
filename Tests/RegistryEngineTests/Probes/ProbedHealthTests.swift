import RegistryModel
import Testing

@testable import RegistryEngine

/// What the registry makes of probes' findings.
@Suite struct ProbedHealthTests {
  private let key = instanceKey(isEphemeral: false)

  private func driver(_ registration: Registration? = nil) throws -> Driver {
    var driver = Driver()
    try driver.submit(.register(registration ?? Registration(key: key)))
    driver.origin = .probe
    return driver
  }

  @Test func aFindingTurnsHealthAndIsNotStored() throws {
    var driver = try driver()
    #expect(try driver.submit(.probed(key, isHealthy: false)).didChange)
    #expect(driver.instance(key)?.isHealthy == false)
    #expect(driver.causes.last == .turnedUnhealthy)
    #expect(driver.commits.last?.isDurable == false)
    #expect(try driver.submit(.probed(key, isHealthy: false)).didChange == false)
    #expect(try driver.submit(.probed(key, isHealthy: true)).didChange)
    #expect(driver.causes.last == .turnedHealthy)
  }

  @Test func nobodyElseSpeaksForProbes() throws {
    var driver = try driver()
    for origin in [Origin.operator(name: "li"), .client(address: "10.0.0.1:1", agent: "curl"), .system] {
      driver.origin = origin
      #expect(throws: RegistryError.self) { try driver.submit(.probed(key, isHealthy: false)) }
    }
    #expect(driver.instance(key)?.isHealthy == true)
  }

  @Test func aFindingThatComesTooLateIsDropped() throws {
    var driver = try driver()
    let gone = instanceKey("10.0.0.77", isEphemeral: false)
    #expect(try driver.submit(.probed(gone, isHealthy: false)).didChange == false)
    let elsewhere = instanceKey(service: "DEFAULT_GROUP@@nobody", isEphemeral: false)
    #expect(try driver.submit(.probed(elsewhere, isHealthy: false)).didChange == false)
    try driver.submit(.setCluster(key.service, name: "DEFAULT", ClusterSettings(checker: .none)))
    #expect(try driver.submit(.probed(key, isHealthy: false)).didChange == false)
    #expect(driver.instance(key)?.isHealthy == true)
  }

  @Test func anEphemeralInstanceIsNotTheProbesBusiness() throws {
    let ephemeral = instanceKey()
    var driver = try driver(Registration(key: ephemeral))
    #expect(try driver.submit(.probed(ephemeral, isHealthy: false)).didChange == false)
    #expect(driver.instance(ephemeral)?.isHealthy == true)
  }

  @Test func nothingTurnsWhileChecksAreSwitchedOff() throws {
    var driver = try driver()
    try driver.submit(.setSwitch(entry: "check", value: "false"))
    #expect(try driver.submit(.probed(key, isHealthy: false)).didChange == false)
    try driver.submit(.setSwitch(entry: "check", value: "true"))
    #expect(try driver.submit(.probed(key, isHealthy: false)).didChange)
  }

  @Test func healthByHandIsForClustersThatNobodyProbes() throws {
    var driver = try driver()
    let byHand = Action.setHealth(key.service, cluster: "DEFAULT", ip: key.address.ip, port: 80, isHealthy: false)
    #expect(throws: RegistryError.checkerStillWorking(key.service)) { try driver.submit(byHand) }
    try driver.submit(.setCluster(key.service, name: "DEFAULT", ClusterSettings(checker: .none)))
    #expect(try driver.submit(byHand).didChange)
    #expect(driver.instance(key)?.isHealthy == false)
  }
}
