import RegistryModel
import Testing

@testable import RegistryEngine

/// What could not be stored is taken back, and nothing else with it: the world went on meanwhile.
@Suite struct RevertTests {
  private let clock = FakeClock()
  private let store = FakeStore(answersAtOnce: false)
  private let engine: Engine
  private let key = instanceKey()

  init() {
    engine = Engine(store: store, clock: { [clock] in clock.now })
    engine.submit(.register(Registration(key: key, metadata: ["a": "1"])))
  }

  /// Lets what waits fail.
  private func fail() {
    store.fail(.storeFailed("disk full"))
    store.answer()
    store.fail(nil)
  }

  @Test("G5: who left while an edit of it was on its way stays away")
  func whoLeftStaysAway() {
    engine.submit(.operate(key, .setWeight(5)))
    engine.submit(.deregister(key))
    fail()
    #expect(engine.catalog[key] == nil)
    #expect(engine.checkInvariants() == [])
  }

  @Test("G1: what a client said while an edit was on its way stays said")
  func whatWasSaidStays() {
    engine.submit(.operate(key, .setEnabled(false)))
    engine.submit(.register(Registration(key: key, weight: 7, metadata: ["a": "2"])))
    fail()
    let instance = engine.catalog[key]
    #expect(instance?.registeredWeight == 7 && instance?.registeredMetadata == ["a": "2"])
    #expect(instance?.overlay == nil)
    #expect(engine.checkInvariants() == [])
  }

  @Test func aServiceThatCouldNotBeRemovedHasItsInstancesAndTheirNotes() {
    engine.submit(.createService(ServiceKey(grouped: "g@@declared"), ServiceSettings()))
    let noted = instanceKey(service: "g@@declared")
    engine.submit(.register(Registration(key: noted)))
    engine.submit(.mark(noted, text: "m"))
    store.answer()
    engine.submit(.removeService(noted.service))
    fail()
    #expect(engine.catalog[noted]?.mark?.text == "m")
    #expect(engine.checkInvariants() == [])
  }

  @Test func aNoteThatWasNotStoredIsNotHandedToAnInstanceThatReturns() {
    engine.submit(.operate(key, .setWeight(5)))
    engine.submit(.deregister(key))
    fail()
    engine.submit(.register(Registration(key: key)))
    #expect(engine.catalog[key]?.overlay == nil)
    #expect(engine.checkInvariants() == [])
  }

  @Test func aNoteThatCouldNotBeTakenOffWaitsForTheInstance() {
    engine.submit(.operate(key, .setWeight(5)))
    store.answer()
    engine.submit(.operate(key, .clear))
    engine.submit(.deregister(key))
    fail()
    engine.submit(.register(Registration(key: key)))
    #expect(engine.catalog[key]?.overlay?.weight == 5)
    #expect(engine.checkInvariants() == [])
  }

  @Test("What the disk could not forget is not forgotten in memory either, or a restart would bring it up")
  func aNoteThatTheDiskStillHasIsRemembered() {
    engine.submit(.operate(key, .setWeight(5)))
    store.answer()
    engine.submit(.deregister(key))
    clock.pass(61_000)
    engine.advance()
    fail()
    engine.submit(.register(Registration(key: key)))
    #expect(engine.catalog[key]?.overlay?.weight == 5)
    engine.submit(.deregister(key))
    // And then it works.
    clock.pass(61_000)
    engine.advance()
    store.answer()
    engine.submit(.register(Registration(key: key)))
    #expect(engine.catalog[key]?.overlay == nil)
    #expect(engine.checkInvariants() == [])
  }

  @Test func whatLeftAndCameBackHasTheNoteThatTheDiskHas() {
    engine.submit(.mark(key, text: "m"))
    engine.submit(.createService(ServiceKey(grouped: "g@@other"), ServiceSettings()))
    store.answer()
    engine.submit(.updateService(key.service, ServiceSettings(protectThreshold: 0.5)))
    store.answer()
    engine.submit(.mark(key, text: "n"))
    engine.submit(.removeService(key.service))
    engine.submit(.register(Registration(key: key)))
    fail()
    #expect(engine.catalog[key]?.mark?.text == "m")
    #expect(engine.checkInvariants() == [])
  }
}
