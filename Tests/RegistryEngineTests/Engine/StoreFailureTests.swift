import RegistryModel
import Testing

@testable import RegistryEngine

/// R04: what cannot be stored is taken back, and memory is what the disk has.
@Suite struct StoreFailureTests {
  private let clock = FakeClock()
  private let store = FakeStore(answersAtOnce: false)
  private let engine: Engine
  private let full = RegistryError.storeFailed("disk full")

  init() {
    engine = Engine(store: store, clock: { [clock] in clock.now })
  }

  private func settled(_ actions: Action...) {
    for action in actions { engine.submit(action) }
    store.answer()
  }

  /// Submits, lets the store fail, and gives the answers.
  private func refused(_ actions: Action...) -> Answers {
    let answers = Answers()
    for action in actions { engine.submit(action, answers) }
    store.fail(full)
    store.answer()
    store.fail(nil)
    return answers
  }

  private func expectSame(as before: Catalog, _ comment: Comment? = nil) {
    let now = engine.catalog
    #expect(now.totals.services == before.totals.services, comment)
    #expect(now.totals.instances == before.totals.instances, comment)
    #expect(now.totals.states == before.totals.states, comment)
    #expect(now.namespaces == before.namespaces, comment)
    for service in before.services {
      #expect(now[service.key]?.settings == service.settings, comment)
      #expect(now[service.key]?.clusters.map { "\($0)" } == service.clusters.map { "\($0)" }, comment)
      #expect(
        now[service.key]?.instances.sorted { $0.address < $1.address } == service.instances.sorted { $0.address < $1.address },
        comment)
    }
    #expect(engine.checkInvariants() == [], comment)
  }

  @Test func anInstanceWhoseRemovalFailsComesBackWithItsService() {
    let persistent = instanceKey("10.0.0.2", isEphemeral: false)
    settled(
      .createService(persistent.service, ServiceSettings(protectThreshold: 0.5)), .register(Registration(key: persistent)),
      .register(Registration(key: instanceKey("10.0.0.3", isEphemeral: false))))
    let before = engine.catalog
    #expect(refused(.deregister(persistent), .removeService(persistent.service)).errors == [full, full])
    expectSame(as: before)
  }

  @Test func whoCameBackAndLeftWhileARemovalFailedStaysAway() {
    let ephemeral = instanceKey("10.0.0.3")
    settled(.createService(ephemeral.service, ServiceSettings()), .register(Registration(key: ephemeral)))
    _ = refused(.removeService(ephemeral.service), .register(Registration(key: ephemeral)), .deregister(ephemeral))
    #expect(engine.catalog[ephemeral.service] != nil)
    #expect(engine.catalog[ephemeral] == nil)
  }

  @Test func theNoteOfWhoLeftWhileARemovalFailedIsAsTheDiskHasIt() {
    let ephemeral = instanceKey("10.0.0.3")
    settled(
      .createService(ephemeral.service, ServiceSettings()), .register(Registration(key: ephemeral)),
      .operate(ephemeral, .setMetadata(["zone": "z1"])))
    let overlay = engine.catalog[ephemeral]?.overlay
    #expect(overlay != nil)
    _ = refused(
      .operate(ephemeral, .clear), .removeService(ephemeral.service), .register(Registration(key: ephemeral)),
      .deregister(ephemeral))
    engine.submit(.register(Registration(key: ephemeral)))
    store.answer()
    #expect(engine.catalog[ephemeral]?.overlay == overlay)
  }

  @Test func everyKindOfCommandIsTakenBack() {
    let persistent = instanceKey("10.0.0.2", isEphemeral: false)
    let key = persistent.service
    settled(
      .createService(key, ServiceSettings(protectThreshold: 0.5)),
      .register(Registration(key: persistent, weight: 3, metadata: ["a": "1"])),
      .setCluster(key, name: "web", ClusterSettings(checker: .none, checkPort: 81)),
      .createNamespace(id: "dev", name: "Dev", about: ""), .operate(persistent, .setEnabled(false)),
      .mark(persistent, text: "m"), .register(Registration(key: instanceKey())))
    let before = engine.catalog
    let switches = engine.switches
    let other = instanceKey("10.0.0.3", service: "g@@new", cluster: "c", isEphemeral: false)
    let actions: [Action] = [
      .register(Registration(key: other)), .register(Registration(key: persistent, weight: 9)), .deregister(persistent),
      .update(Registration(key: persistent), isStrict: true),
      .patch(key, cluster: "DEFAULT", ip: "10.0.0.2", port: 80, InstancePatch(weight: 5, metadata: ["x": "y"])),
      .patchMetadata(key, .allPersistent, ["z": "1"], isRemoval: false),
      .createService(ServiceKey(grouped: "g@@created"), ServiceSettings()), .updateService(key, ServiceSettings()),
      .removeService(key), .setCluster(key, name: "web", ClusterSettings()),
      .setCluster(key, name: "new", ClusterSettings(checker: .none)), .createNamespace(id: "qa", name: "", about: ""),
      .updateNamespace(id: "dev", name: "x", about: "y"), .removeNamespace(id: "dev"),
      .setSwitch(entry: "check", value: "false"), .replaceSwitches(Switches(checkTimes: 9)),
      .operate(persistent, .setWeight(1)), .operate(instanceKey(), .setWeight(5)), .mark(persistent, text: nil),
      .mark(instanceKey(), text: "n"),
    ]
    for action in actions {
      let answers = refused(action)
      #expect(answers.errors == [full], "\(action)")
      // What came into being by itself goes by itself.
      if case .register(let registration) = action, registration.key == other {
        #expect(engine.catalog[other] == nil)
        engine.submit(.removeService(other.service))
        store.answer()
      }
      expectSame(as: before, "\(action)")
      #expect(engine.switches == switches, "\(action)")
    }
  }

  @Test func readersSeeItComeAndGo() throws {
    let key = instanceKey(isEphemeral: false)
    _ = refused(.register(Registration(key: key)))
    let commits = try RegistryEngineTests.commits(engine.read(after: 0))
    #expect(commits.map(\.revision) == [1, 2])
    #expect(commits[1].origin == .system && commits[1].reason == "not stored: disk full")
    var reader = Catalog()
    for commit in commits { reader.apply(commit) }
    #expect(reader.totals.instances == engine.catalog.totals.instances)
    #expect(store.waiting == 0)
  }

  @Test("Of commits one after the other about the same thing, what remains is what the store has")
  func chains() {
    let key = instanceKey(isEphemeral: false)
    settled(.register(Registration(key: key, weight: 1)))
    for (first, second, weight) in [(true, false, 2.0), (false, true, 3), (false, false, 1), (true, true, 3)] {
      settled(.register(Registration(key: key, weight: 1)))
      let answers = Answers()
      engine.submit(.register(Registration(key: key, weight: 2)), answers)
      engine.submit(.register(Registration(key: key, weight: 3)), answers)
      for succeeds in [first, second] {
        store.fail(succeeds ? nil : full)
        store.answer(1)
      }
      store.fail(nil)
      #expect(engine.catalog[key]?.weight == weight, "\(first), \(second)")
      #expect(answers.errors.count == [first, second].filter { !$0 }.count)
      #expect(engine.checkInvariants() == [])
    }
  }

  @Test func whatHappenedMeanwhileStays() {
    let key = instanceKey(isEphemeral: false)
    settled(.register(Registration(key: key)), .setCluster(key.service, name: "DEFAULT", ClusterSettings(checker: .none)))
    engine.submit(.operate(key, .setWeight(7)))
    engine.submit(.setHealth(key.service, cluster: "DEFAULT", ip: "10.0.0.1", port: 80, isHealthy: false))
    engine.submit(.register(Registration(key: instanceKey("10.0.0.8"))))
    store.fail(full)
    store.answer()
    #expect(engine.catalog[key]?.weight == 1)
    #expect(engine.catalog[key]?.isHealthy == false)
    #expect(engine.catalog[instanceKey("10.0.0.8")] != nil)
    // A service that got instances while its creation was under way stays, undeclared.
    store.fail(full)
    let created = instanceKey(service: "g@@c")
    engine.submit(.createService(created.service, ServiceSettings(protectThreshold: 0.7)))
    engine.submit(.register(Registration(key: created)))
    store.answer()
    #expect(engine.catalog[created.service]?.settings == ServiceSettings())
    #expect(engine.catalog[created] != nil)
    #expect(engine.checkInvariants() == [])
  }

  @Test func answersThatWaitedForItFailToo() {
    let key = instanceKey(isEphemeral: false)
    let answers = refused(.register(Registration(key: key)), .register(Registration(key: key)))
    #expect(answers.errors == [full, full])
    // And then it works again.
    let later = Answers()
    engine.submit(.register(Registration(key: key)), later)
    store.answer()
    #expect(later.errors.isEmpty && later.count == 1)
    #expect(engine.catalog[key] != nil)
  }

  @Test func answersFromWithinTheStoreDoNotDeadlock() {
    let eager = FakeStore()
    let engine = Engine(store: eager, clock: { [clock] in clock.now })
    let answers = Answers()
    engine.submit(Command(.register(Registration(key: instanceKey(isEphemeral: false))), by: .system)) { result in
      answers.done(result)
      // Who is answered may go on at once.
      engine.submit(.register(Registration(key: instanceKey("10.0.0.2", isEphemeral: false))), answers)
    }
    #expect(answers.count == 2)
    #expect(eager.kept.map(\.revision) == [1, 2])
  }
}

extension Switches {
  fileprivate init(checkTimes: Int) {
    self.init()
    self.checkTimes = checkTimes
  }
}
