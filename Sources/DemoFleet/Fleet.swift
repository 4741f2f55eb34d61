public import RegistryModel

/// One thing that the fleet does.
public enum FleetAction: Sendable {
  case command(Command)
  /// A light beat of `FleetPlan.members[index]`.
  case beat(Int)
  /// A light beat of every member of `FleetPlan.services[index]`.
  case beats(Int)
}

/// The fleet's life as a pure machine: time in, actions out; the same seed lives the same life. Time is milliseconds
/// since the life began; the console usually opens when `history` of them are over.
public struct Fleet: Sendable {
  /// Milliseconds of life before the console opens.
  public static let history: Int64 = 12 * 60_000
  /// Milliseconds between a member's beats. In the past, which is lived fast, whole services beat, and just often enough
  /// that nobody is called silent until its own beats begin.
  private static let interval = InstanceTiming.defaultBeatInterval
  private static let pastInterval: Int64 = 9_500

  public let plan: FleetPlan
  var random: SeededRandom
  var agenda = Agenda()
  /// By member: whether its process runs and its network carries.
  var isBeating: [Bool]
  var version: [String]
  private let beats: BeatSchedule
  private let pastBeats: BeatSchedule
  private var now: Int64 = -1

  public init(seed: UInt64) {
    plan = FleetPlan(seed: seed)
    random = SeededRandom(seed: seed ^ 0x6d75_7374_6572)
    isBeating = plan.members.map(\.address.isEphemeral)
    version = plan.members.map { $0.metadata["version"] ?? "" }
    beats = BeatSchedule(phases: plan.members.map(\.phase), interval: Self.interval)
    pastBeats = BeatSchedule(
      phases: plan.services.indices.map { Int64($0) * BeatSchedule.slot }, interval: Self.pastInterval)
    writeScript()
  }

  /// Lives until `time`, handing every action to `act` in order.
  public mutating func advance(to time: Int64, _ act: (FleetAction) -> Void) {
    if now < 0 { beginLife(act) }
    while now < time {
      let next = min(time, (now / BeatSchedule.slot + 1) * BeatSchedule.slot)
      while let item = agenda.popDue(at: next) { perform(item.event, at: item.at, act) }
      if next <= Self.history {
        pastBeats.forEachDue(from: now, to: next) { beat(service: $0, act) }
      } else {
        beats.forEachDue(from: now, to: next) { if isBeating[$0] { act(.beat($0)) } }
      }
      now = next
    }
  }

  private func beat(service: Int, _ act: (FleetAction) -> Void) {
    let members = plan.services[service].members
    if !members.isEmpty, isBeating[members].allSatisfy({ $0 }) { return act(.beats(service)) }
    for member in members where isBeating[member] { act(.beat(member)) }
  }

  private mutating func beginLife(_ act: (FleetAction) -> Void) {
    now = 0
    for namespace in plan.namespaces {
      act(.command(by: "admin", .createNamespace(id: namespace.id, name: namespace.name, about: namespace.about)))
    }
    for (index, service) in plan.services.enumerated() {
      if service.settings.isDeclared { act(.command(by: "admin", .createService(service.key, service.settings))) }
      for member in plan.services[index].members { register(member, act) }
    }
  }

  /// Leaves a service to others: its members act no more. They are given back.
  mutating func handOver(_ service: Int) -> [FleetPlan.Member] {
    for member in plan.services[service].members { isBeating[member] = false }
    return Array(plan.members[plan.services[service].members])
  }

  func register(_ member: Int, _ act: (FleetAction) -> Void) {
    let planned = plan.members[member]
    let metadata = planned.metadata.applying(["version": version[member]])
    let key = InstanceKey(service: plan.services[planned.service].key, address: planned.address)
    act(
      .command(
        Command(
          .register(Registration(key: key, metadata: metadata, app: "DEFAULT")),
          by: .client(address: planned.address.ip, agent: "Nacos-Java-Client:v1.4.8"))))
  }
}

extension FleetAction {
  static func command(by name: String, _ action: Action, reason: String? = nil) -> FleetAction {
    .command(Command(action, by: .operator(name: name), reason: reason))
  }
}

/// Whose turn it is to beat: members, or services, by the slot of the interval that their phase falls in.
struct BeatSchedule: Sendable {
  /// Milliseconds.
  static let slot: Int64 = 50

  private var slots: [[Int]]

  init(phases: [Int64], interval: Int64) {
    slots = Array(repeating: [], count: Int(interval / Self.slot))
    for (member, phase) in phases.enumerated() { slots[Int(phase / Self.slot) % slots.count].append(member) }
  }

  /// The members whose slot begins after `from` and not after `to`.
  func forEachDue(from: Int64, to: Int64, _ body: (Int) -> Void) {
    var slot = from / Self.slot + 1
    while slot * Self.slot <= to {
      for member in slots[Int(slot) % slots.count] { body(member) }
      slot += 1
    }
  }
}

/// What is to happen, in order of time and, at the same time, of planning.
struct Agenda: Sendable {
  struct Item: Sendable {
    var at: Int64
    var event: FleetEvent
  }

  private var items: [Item] = []

  mutating func plan(_ event: FleetEvent, at time: Int64) {
    let index = items.firstIndex { $0.at > time } ?? items.count
    items.insert(Item(at: time, event: event), at: index)
  }

  mutating func popDue(at time: Int64) -> Item? {
    guard let first = items.first, first.at <= time else { return nil }
    return items.removeFirst()
  }
}
