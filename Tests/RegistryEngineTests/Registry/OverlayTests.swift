import RegistryModel
import Testing

@testable import RegistryEngine

@Suite struct OverlayTests {
  private let key = instanceKey()
  private var driver = Driver()

  init() throws {
    driver.origin = .operator(name: "li")
    try driver.submit(.register(Registration(key: key, weight: 2, metadata: ["a": "1", "b": "2"])))
  }

  @Test mutating func anEditIsOnTopOfWhatTheClientSays() throws {
    try driver.submit(.operate(key, .setWeight(0.5)))
    try driver.submit(.operate(key, .setEnabled(false)))
    try driver.submit(.operate(key, .setMetadata(["a": nil, "c": "3"])))
    let instance = try #require(driver.instance(key))
    #expect(instance.weight == 0.5 && !instance.isEnabled && instance.metadata == ["b": "2", "c": "3"])
    #expect(instance.registeredWeight == 2 && instance.registeredMetadata == ["a": "1", "b": "2"])
    #expect(instance.overlay?.by == "li")
    #expect(driver.registry.catalog.totals.instances.overlaid == 1)
    #expect(driver.commits.last?.isDurable == true)
    try driver.submit(.operate(key, .clear))
    #expect(driver.instance(key)?.overlay == nil)
    #expect(driver.instance(key)?.weight == 2)
  }

  @Test mutating func theOppositeOfAnEditLeavesNothing() throws {
    try driver.submit(.operate(key, .setEnabled(false)))
    try driver.submit(.operate(key, .setEnabled(true)))
    #expect(driver.instance(key)?.overlay == nil)
    try driver.submit(.operate(key, .setMetadata(["a": "9"])))
    try driver.submit(.operate(key, .setMetadata(["a": "1"])))
    #expect(driver.instance(key)?.overlay == nil)
    let count = driver.commits.count
    try driver.submit(.operate(key, .setWeight(2)))
    try driver.submit(.operate(key, .clear))
    try driver.submit(.operate(key, .setMetadata(["none": nil])))
    #expect(driver.commits.count == count)
  }

  @Test mutating func editsAreChecked() throws {
    #expect(throws: RegistryError.illegalWeight(10_001)) { try driver.submit(.operate(key, .setWeight(10_001))) }
    let stranger = instanceKey("10.0.0.2")
    #expect(throws: RegistryError.instanceNotFound(stranger.service, stranger.address)) {
      try driver.submit(.operate(stranger, .setWeight(1)))
    }
    let many = Dictionary(uniqueKeysWithValues: (0..<65).map { ("k\($0)", String?.some("v")) })
    #expect(throws: RegistryError.limit(what: "keys in an overlay", most: 64)) {
      try driver.submit(.operate(key, .setMetadata(many)))
    }
    #expect(throws: RegistryError.self) {
      try driver.submit(.operate(key, .setMetadata(["k": String(repeating: "v", count: 70_000)])))
    }
    #expect(driver.instance(key)?.overlay == nil)
  }

  @Test("E2-E5: a client that registers again or beats leaves the edit alone")
  mutating func registeringAgainKeepsTheEdit() throws {
    try driver.submit(.operate(key, .setEnabled(false)))
    try driver.submit(.operate(key, .setWeight(7)))
    try driver.submit(.register(Registration(key: key, weight: 3, isEnabled: true, metadata: ["z": "1"])))
    try driver.beat(key, Beat.Body(weight: 4, metadata: ["y": "1"]))
    let instance = try #require(driver.instance(key))
    #expect(instance.weight == 7 && !instance.isEnabled && instance.registeredWeight == 3)
    #expect(instance.metadata == ["z": "1"])
  }

  @Test("E2, E4: what fell silent or left and comes back within a minute is as it was left")
  mutating func comingBackSoon() throws {
    try driver.submit(.operate(key, .setEnabled(false)))
    try driver.submit(.mark(key, text: "disk"))
    driver.run(until: 31_000)
    #expect(driver.instance(key) == nil)
    driver.run(until: 89_000)
    // The client beats without saying what it was: that is remembered too.
    try driver.beat(key, Beat.Body())
    var instance = try #require(driver.instance(key))
    #expect(instance.registeredWeight == 2 && instance.registeredMetadata == ["a": "1", "b": "2"] && instance.app == "DEFAULT")
    #expect(!instance.isEnabled && instance.mark?.text == "disk")
    #expect(driver.commits.last?.isDurable == false)
    try driver.submit(.deregister(key))
    driver.run(until: 140_000)
    try driver.submit(.register(Registration(key: key, weight: 5)))
    instance = try #require(driver.instance(key))
    #expect(!instance.isEnabled && instance.weight == 5 && instance.mark?.text == "disk")
    #expect(driver.registry.departures.count == 0)
    #expect(driver.registry.checkInvariants() == [])
  }

  @Test("E5: whoever comes to the address later is somebody else; a mark stays for a day")
  mutating func comingBackLate() throws {
    try driver.submit(.operate(key, .setEnabled(false)))
    try driver.submit(.mark(key, text: "disk"))
    try driver.submit(.deregister(key))
    driver.run(until: 61_000)
    let note = try #require(driver.commits.last)
    #expect(note.isDurable && note.origin == .system)
    guard case .note(key, let before?, let after?) = note.changes.first else { throw Unexpected() }
    #expect(before.overlay?.isEnabled == false && before.mark != nil)
    #expect(after.overlay == nil && after.mark?.text == "disk")
    try driver.submit(.register(Registration(key: key)))
    #expect(driver.instance(key)?.isEnabled == true)
    #expect(driver.instance(key)?.mark?.text == "disk")
    try driver.submit(.deregister(key))
    driver.run(until: 61_000 + 86_400_000 + 1_000)
    guard case .note(key, _, nil)? = driver.commits.last(where: { $0.changes.first?.isNote == true })?.changes.first else {
      throw Unexpected()
    }
    #expect(driver.registry.departures.count == 0)
    #expect(driver.registry.nextDeadline == nil)
  }

  @Test mutating func persistentInstancesThatAreRemovedAreForgotten() throws {
    let persistent = instanceKey(isEphemeral: false)
    try driver.submit(.register(Registration(key: persistent)))
    try driver.submit(.operate(persistent, .setEnabled(false)))
    try driver.submit(.deregister(persistent))
    try driver.submit(.register(Registration(key: persistent)))
    #expect(driver.instance(persistent)?.isEnabled == true)
  }

  @Test func whatDoesNotFitIsForgottenAndSaidToBe() throws {
    var limits = Limits()
    limits.departures = 1
    var driver = Driver(limits: limits)
    for port in 1...2 {
      try driver.submit(.register(Registration(key: instanceKey(port: port))))
      try driver.submit(.mark(instanceKey(port: port), text: "m"))
      try driver.submit(.deregister(instanceKey(port: port)))
    }
    #expect(driver.registry.departures.count == 1)
    #expect(driver.commits.last?.changes.last?.isNote == true)
    #expect(driver.commits.last?.isDurable == true)
  }

  @Test mutating func marksAreNobodysBusinessButTheOperators() throws {
    let revision = driver.registry.catalog[key.service]?.revision
    try driver.submit(.mark(key, text: "disk"))
    #expect(driver.instance(key)?.mark == Mark(text: "disk", by: "li", at: driver.now.wall))
    #expect(driver.registry.catalog[key.service]?.revision == revision)
    #expect(driver.commits.last?.changes.first?.pushedService == nil)
    #expect(try driver.submit(.mark(key, text: "disk")).didChange == false)
    #expect(throws: RegistryError.limit(what: "bytes in a mark", most: 1_024)) {
      try driver.submit(.mark(key, text: String(repeating: "x", count: 1_025)))
    }
    try driver.submit(.mark(key, text: "  "))
    #expect(driver.instance(key)?.mark == nil)
    #expect(try driver.submit(.mark(key, text: nil)).didChange == false)
    #expect(driver.registry.catalog.totals.instances.marked == 0)
  }
}

private struct Unexpected: Error {}

extension Change {
  fileprivate var isNote: Bool { if case .note = self { true } else { false } }
}
