import RegistryModel
import Testing

@testable import RegistryEngine
import TestSupport

/// A seeded world of clients that register, beat, fall silent, lose datagrams, leave and come back, and of a process that
/// now and then stands still. It judges every verdict on silence by what it delivered itself.
struct World {
  private struct Client {
    var key: InstanceKey
    var interval: Int64
    var timing: InstanceTiming
    var metadata: Metadata
    var weight = 1.0
    var isRegistered = false
    /// When the registry last heard of it, in the time in which the process was awake.
    var heard: Int64 = 0
  }

  /// Quick ones, those with the defaults, and calm ones.
  private static let habits: [(interval: Int64, metadata: [String: String])] = [
    (
      1_000,
      [PreservedKey.beatInterval: "1000", PreservedKey.beatTimeout: "3000", PreservedKey.deleteTimeout: "9000"]
    ),
    (5_000, [:]),
    (
      30_000,
      [PreservedKey.beatInterval: "30000", PreservedKey.beatTimeout: "70000", PreservedKey.deleteTimeout: "150000"]
    ),
  ]

  private(set) var driver: Driver
  private var random: SeededRandom
  private var clients: [Client] = []
  private var places: [InstanceKey: Int] = [:]
  private var agenda = DelayQueue<Int>()
  private var frozen: Int64 = 0
  private var judged = 0
  private(set) var beats = 0
  /// What the world found wrong.
  private(set) var faults: [String] = []
  private var transcript = StableHasher()

  init(seed: UInt64, clients count: Int) {
    driver = Driver()
    random = SeededRandom(seed: seed)
    for number in 0..<count {
      let habit = Self.habits[number % 50 == 0 ? 0 : number % 5 == 1 ? 1 : 2]
      var metadata = habit.metadata
      metadata["zone"] = "z\(number % 3)"
      let key = instanceKey("10.1.\(number / 250).\(number % 250)", service: "g\(number % 5)@@s\(number % 100)")
      let client = Client(
        key: key, interval: habit.interval, timing: InstanceTiming(Metadata(metadata)), metadata: Metadata(metadata))
      clients.append(client)
      places[key] = number
      agenda.set(number, at: Int64.random(in: 0..<5_000, using: &random))
    }
  }

  /// Lets the world go on until `milliseconds`; the process sleeps through `sleeps`.
  mutating func run(until milliseconds: Int64, sleeps: [Range<Int64>] = []) {
    var sleeps = sleeps[...]
    while let time = agenda.nextTime(), time <= milliseconds {
      if let sleep = sleeps.first, sleep.lowerBound <= time {
        sleeps.removeFirst()
        driver.run(until: sleep.lowerBound)
        judge()
        driver.freeze(until: sleep.upperBound)
        frozen += Int64(sleep.count)
      }
      // What came while the process slept is read when it wakes.
      driver.run(until: max(time, driver.time))
      judge()
      if let number = agenda.popDue(by: time) { act(number) }
      judge()
    }
    driver.run(until: milliseconds)
    judge()
  }

  var fingerprint: UInt64 { transcript.finish() }

  private mutating func act(_ number: Int) {
    var next = clients[number].interval + Int64.random(in: 0..<50, using: &random)
    do {
      switch Int.random(in: 0..<1_000, using: &random) {
      case 0..<4: try leave(number, next: &next)
      case 4..<8: next *= Int64.random(in: 3...8, using: &random)
      case 8..<14:
        clients[number].weight = Double(Int.random(in: 1...9, using: &random))
        try register(number)
      case 14..<16: try operate(number)
      case 16..<36: break  // The beat is lost.
      case let dice: try beat(number, isFull: dice % 3 == 0)
      }
    } catch {
      faults.append("\(clients[number].key.address.hostAndPort): \(error)")
    }
    agenda.set(number, at: driver.time + next)
  }

  private mutating func leave(_ number: Int, next: inout Int64) throws {
    try driver.submit(.deregister(clients[number].key))
    clients[number].isRegistered = false
    next = Int64.random(in: 11_000..<90_000, using: &random)
  }

  private mutating func register(_ number: Int) throws {
    let client = clients[number]
    try driver.submit(
      .register(Registration(key: client.key, weight: client.weight, metadata: client.metadata)))
    hear(number)
  }

  private mutating func operate(_ number: Int) throws {
    let key = clients[number].key
    guard driver.instance(key) != nil else { return }
    let change: OverlayChange = Bool.random(using: &random) ? .setEnabled(Bool.random(using: &random)) : .setWeight(0.5)
    try driver.submit(.operate(key, change))
  }

  private mutating func beat(_ number: Int, isFull: Bool) throws {
    let client = clients[number]
    beats += 1
    let body = isFull ? Beat.Body(weight: client.weight, metadata: client.metadata) : nil
    if case .alive = try driver.beat(client.key, body) { hear(number) } else { try register(number) }
  }

  private mutating func hear(_ number: Int) {
    clients[number].isRegistered = true
    clients[number].heard = driver.time - frozen
  }

  /// Looks at what the registry did since the last time.
  private mutating func judge() {
    while judged < driver.commits.count {
      let commit = driver.commits[judged]
      judged += 1
      transcript.combine(number: commit.revision)
      transcript.combine(number: UInt64(bitPattern: commit.at.milliseconds))
      for change in commit.changes { judge(change, at: commit.at.milliseconds - driver.wallOffset) }
    }
  }

  private mutating func judge(_ change: Change, at time: Int64) {
    guard case .instance(let service, let before, let after, let cause) = change, let instance = after ?? before else { return }
    let key = InstanceKey(service: service, address: instance.address)
    transcript.combine(cause.rawValue)
    transcript.combine(instance.address.ip)
    guard let number = places[key] else { return }
    let silence = time - frozen - clients[number].heard
    let timing = clients[number].timing
    switch cause {
    case .turnedUnhealthy: check(silence, against: timing.beatTimeout, key)
    case .expired:
      check(silence, against: timing.deleteTimeout, key)
      clients[number].isRegistered = false
    default: break
    }
  }

  /// Never early, and within 100 ms (G3).
  private mutating func check(_ silence: Int64, against timeout: Int64, _ key: InstanceKey) {
    if silence < timeout { faults.append("\(key.address.hostAndPort) judged \(timeout - silence) ms early") }
    if silence > timeout + 100 { faults.append("\(key.address.hostAndPort) judged \(silence - timeout) ms late") }
  }
}
