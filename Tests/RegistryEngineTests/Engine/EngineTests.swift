import Foundation
import RegistryModel
import Synchronization
import Testing

@testable import RegistryEngine
import TestSupport

@Suite struct EngineTests {
  private let clock = FakeClock()

  private func engine(store: FakeStore? = nil, limits: Limits = Limits()) -> Engine {
    Engine(limits: limits, store: store, clock: { [clock] in clock.now })
  }

  @Test func whatNeedNotBeStoredIsAnsweredAtOnce() {
    let store = FakeStore(answersAtOnce: false)
    let engine = engine(store: store)
    let answers = Answers()
    engine.submit(.register(Registration(key: instanceKey())), answers)
    engine.submit(.deregister(instanceKey("10.0.0.9")), answers)
    engine.submit(.register(Registration(key: instanceKey(port: -1))), answers)
    #expect(
      answers.all == [
        .success(Receipt(revision: 1, didChange: true)), .success(Receipt(revision: 1, didChange: false)),
        .failure(.illegalPort(-1)),
      ])
    #expect(store.waiting == 0)
    #expect(engine.revision == 1)
    #expect(engine.service(instanceKey().service)?.counts.total == 1)
    #expect(engine.revision(of: instanceKey().service) == 1)
    #expect(engine.revision(of: ServiceKey(grouped: "g@@none")) == nil)
  }

  @Test("G2: what must be stored is answered after the store has it")
  func durableAnswersWait() {
    let store = FakeStore(answersAtOnce: false)
    let engine = engine(store: store)
    let answers = Answers()
    let key = instanceKey(isEphemeral: false)
    engine.submit(.register(Registration(key: key)), answers)
    #expect(answers.count == 0 && store.waiting == 1)
    // The same again is as wanted already, but not on disk: it waits too.
    engine.submit(.register(Registration(key: key)), answers)
    // Ephemeral traffic goes on.
    let others = Answers()
    engine.submit(.register(Registration(key: instanceKey())), others)
    #expect(others.count == 1 && answers.count == 0)
    store.answer()
    #expect(
      answers.all == [.success(Receipt(revision: 1, didChange: true)), .success(Receipt(revision: 1, didChange: false))])
    engine.submit(.register(Registration(key: key)), answers)
    #expect(answers.count == 3)
  }

  @Test func wakesComeAfterEachChangeAndNotForBeats() throws {
    let engine = engine()
    let wakes = Mutex(0)
    // A hook may look at the engine: it is called outside the lock.
    engine.onChange { wakes.withLock { $0 += engine.revision > 0 ? 1 : 100 } }
    engine.submit(.register(Registration(key: instanceKey())))
    #expect(wakes.withLock { $0 } == 1)
    let beat = Beat(service: instanceKey().service, ip: "10.0.0.1", port: 80)
    for _ in 0..<10 { _ = try engine.beat(beat, by: .system) }
    engine.submit(.register(Registration(key: instanceKey())))
    #expect(wakes.withLock { $0 } == 1)
    engine.noteSubscribers()
    #expect(wakes.withLock { $0 } == 1)
    engine.endFeeds()
  }

  @Test func aChangeOfTheSwitchesWakesWhoKeepsThem() {
    let engine = engine()
    let seen = Mutex<[Bool]>([])
    engine.onSwitches { seen.withLock { $0.append(engine.switches.pushEnabled) } }
    engine.submit(.register(Registration(key: instanceKey())))
    #expect(seen.withLock { $0 } == [])
    engine.submit(.setSwitch(entry: "pushEnabled", value: "false"))
    engine.submit(.deregister(instanceKey()))
    engine.submit(.setSwitch(entry: "pushEnabled", value: "true"))
    #expect(seen.withLock { $0 } == [false, true])
  }

  @Test func timePassesByAdvancing() {
    let engine = engine()
    #expect(engine.nextDeadline == nil)
    engine.submit(.register(Registration(key: instanceKey())))
    var wakes = 0
    while let next = engine.nextDeadline, next.milliseconds <= 30_000 {
      clock.pass(next.milliseconds - clock.now.monotonic.milliseconds)
      #expect(engine.advance() == engine.nextDeadline)
      wakes += 1
    }
    #expect(engine.catalog.totals.instances.total == 0)
    #expect(engine.metrics.expiries == 1 && engine.metrics.registers == 1)
    #expect(engine.events(before: nil, limit: 10).map(\.origin) == [.silence, .silence, .operator(name: "li")])
    #expect(wakes < 100)
    #expect(engine.checkInvariants() == [])
  }

  @Test func vitalsTellWhenEachInstanceLastBeat() throws {
    let engine = engine()
    let key = instanceKey()
    engine.submit(.register(Registration(key: key)))
    clock.pass(400)
    engine.submit(.register(Registration(key: instanceKey("10.0.0.2", isEphemeral: false))))
    engine.submit(.register(Registration(key: instanceKey("10.0.0.0"))))
    clock.pass(300)
    #expect(
      try engine.vitals(of: key.service) == [
        InstanceVital(address: instanceKey("10.0.0.0").address, beatAge: 300),
        InstanceVital(address: key.address, beatAge: 700),
        InstanceVital(address: instanceKey("10.0.0.2", isEphemeral: false).address, beatAge: nil),
      ])
    #expect(throws: RegistryError.self) { try engine.vitals(of: ServiceKey(grouped: "g@@none")) }
    #expect(engine.metrics.residentBytes > 1_000_000)
  }

  @Test("The store gets commits in the order of their revisions, whoever made them", .timeLimit(.minutes(2)))
  func eightThreads() async throws {
    let store = FakeStore()
    let engine = engine(store: store)
    let answers = Answers()
    let threads = 8
    let each = 300
    try await inThreads(threads) { thread in
      var random = SeededRandom(seed: UInt64(thread))
      for number in 0..<each {
        let key = instanceKey(
          "10.0.\(thread).\(Int.random(in: 0..<20, using: &random))", service: "g@@s\(Int.random(in: 0..<5, using: &random))",
          isEphemeral: number % 2 == 0)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: engine.submit(.deregister(key), answers)
        case 1: engine.submit(.operate(key, .setWeight(Double(number % 9 + 1))), answers)
        default: engine.submit(.register(Registration(key: key, weight: Double(number % 7))), answers)
        }
        _ = try engine.beat(Beat(service: key.service, ip: key.address.ip, port: 80), by: .system)
      }
    }
    #expect(answers.count == threads * each)
    let revisions = store.kept.map(\.revision)
    #expect(revisions == revisions.sorted() && Set(revisions).count == revisions.count)
    let commits = try RegistryEngineTests.commits(engine.read(after: 0, limit: .max))
    #expect(commits.map(\.revision) == Array(1...engine.revision))
    #expect(commits.filter(\.isDurable).map(\.revision) == revisions)
    var reader = Catalog()
    for commit in commits { reader.apply(commit) }
    #expect(reader.totals == engine.catalog.totals)
    #expect(engine.checkInvariants() == [])
  }
}

/// Runs `body` on so many threads of their own and waits for all.
func inThreads(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Void) async throws {
  try await withThrowingTaskGroup(of: Void.self) { group in
    for number in 0..<count {
      group.addTask {
        try await withCheckedThrowingContinuation { continuation in
          Thread.detachNewThread { continuation.resume(with: Result { try body(number) }) }
        }
      }
    }
    try await group.waitForAll()
  }
}
