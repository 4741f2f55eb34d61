import RegistryModel

/// The registry's hot half: when each ephemeral instance last beat, and when its silence will have lasted too long.
/// Slots are packed and reused; a beat is one store.
///
/// Times are milliseconds of the registry's own clock (`PatientClock`), which stands still while the process does.
struct Vitals: Sendable {
  /// What silence has come to.
  enum Verdict: Hashable, Sendable {
    case unhealthy
    case expired
  }

  /// Enough to find the instance again: the last 32 bits of the hashes of its service and address. With the slot, which
  /// no other instance has, that is exact.
  struct Owner: Hashable, Sendable {
    var service: UInt32
    var address: UInt32
  }

  /// The slot of instances that do not beat.
  static let none = UInt32.max
  /// Milliseconds of a tick; a verdict comes at most that much late.
  static let tick: Int64 = 50
  /// A timeout shorter than this is taken as this: between two beats of the quickest client nothing should happen.
  static let shortestTimeout: Int64 = 1_000
  private static let usualTiming = InstanceTiming(Metadata())

  private struct Flags: OptionSet {
    let rawValue: UInt8
    static let used = Flags(rawValue: 1)
    static let healthy = Flags(rawValue: 2)
    static let custom = Flags(rawValue: 4)
  }

  private var lastBeats: [Int64] = []
  private var owners: [Owner] = []
  private var flags: [Flags] = []
  private var free: [UInt32] = []
  /// Timeouts of the instances whose metadata gives other than the default ones.
  private var customTimings: [UInt32: InstanceTiming] = [:]
  private(set) var wheel = TimingWheel()

  var count: Int { lastBeats.count - free.count }

  func owner(of slot: UInt32) -> Owner { owners[Int(slot)] }
  func lastBeat(of slot: UInt32) -> Int64 { lastBeats[Int(slot)] }
  func isUsed(_ slot: UInt32) -> Bool { Int(slot) < flags.count && flags[Int(slot)].contains(.used) }
  func isHealthy(_ slot: UInt32) -> Bool { flags[Int(slot)].contains(.healthy) }

  /// Milliseconds between beats that the instance's metadata asks for, if it does.
  func beatInterval(of slot: UInt32) -> Int64? {
    flags[Int(slot)].contains(.custom) ? customTimings[slot]?.beatInterval : nil
  }

  mutating func add(_ owner: Owner, isHealthy: Bool, timing: InstanceTiming, now: Int64) -> UInt32 {
    if count == 0 { wheel.jump(to: now / Self.tick) }
    let slot = free.popLast() ?? grow()
    owners[Int(slot)] = owner
    lastBeats[Int(slot)] = now
    flags[Int(slot)] = isHealthy ? [.used, .healthy] : .used
    keep(timing, for: slot)
    file(slot)
    return slot
  }

  mutating func remove(_ slot: UInt32) {
    guard isUsed(slot) else { return }
    wheel.takeOut(slot)
    flags[Int(slot)] = []
    customTimings[slot] = nil
    free.append(slot)
  }

  /// The deadline that follows is met when the wheel turns to the one before it.
  mutating func beat(_ slot: UInt32, at now: Int64) { lastBeats[Int(slot)] = now }

  mutating func setHealthy(_ isHealthy: Bool, _ slot: UInt32) {
    if isHealthy { flags[Int(slot)].insert(.healthy) } else { flags[Int(slot)].remove(.healthy) }
    refile(slot)
  }

  mutating func setTiming(_ timing: InstanceTiming, _ slot: UInt32) {
    keep(timing, for: slot)
    refile(slot)
  }

  private mutating func grow() -> UInt32 {
    lastBeats.append(0)
    owners.append(Owner(service: 0, address: 0))
    flags.append([])
    return UInt32(lastBeats.count - 1)
  }

  private mutating func keep(_ timing: InstanceTiming, for slot: UInt32) {
    if timing != Self.usualTiming {
      customTimings[slot] = timing
      flags[Int(slot)].insert(.custom)
    } else if flags[Int(slot)].contains(.custom) {
      customTimings[slot] = nil
      flags[Int(slot)].remove(.custom)
    }
  }

  private mutating func refile(_ slot: UInt32) {
    wheel.takeOut(slot)
    file(slot)
  }

  private mutating func file(_ slot: UInt32) {
    let deadline = deadline(of: slot)
    // Rounded up: the tick must not come before the deadline.
    wheel.file(slot, at: (deadline + Self.tick - 1) / Self.tick)
  }
}

extension Vitals {
  func timing(of slot: UInt32) -> InstanceTiming {
    let custom = flags[Int(slot)].contains(.custom) ? customTimings[slot] : nil
    return custom ?? Self.usualTiming
  }

  /// When something happens to a silent instance.
  func deadline(of slot: UInt32) -> Int64 {
    let timing = timing(of: slot)
    let removal = max(Self.shortestTimeout, timing.deleteTimeout)
    let silence = isHealthy(slot) ? min(removal, max(Self.shortestTimeout, timing.beatTimeout)) : removal
    return lastBeats[Int(slot)] + silence
  }

  /// What silence has come to by `now`.
  private func verdict(on slot: UInt32, at now: Int64) -> Verdict? {
    let timing = timing(of: slot)
    let silence = now - lastBeats[Int(slot)]
    if silence >= max(Self.shortestTimeout, timing.deleteTimeout) { return .expired }
    return isHealthy(slot) && silence >= max(Self.shortestTimeout, timing.beatTimeout) ? .unhealthy : nil
  }

  /// Moves on to `now` and gives the slots whose silence has lasted too long, looking at `budget` of those whose turn it
  /// is; `hasMore` says that some are left. A slot that was given stands in no list until `setHealthy` or `remove`.
  /// With `isHeld` nobody is judged and everybody's turn comes again a second later.
  mutating func turn(to now: Int64, budget: Int, isHeld: Bool) -> [(slot: UInt32, verdict: Verdict)] {
    wheel.advance(to: now / Self.tick)
    var verdicts: [(slot: UInt32, verdict: Verdict)] = []
    for _ in 0..<budget {
      guard let slot = wheel.popDue() else { break }
      if let verdict = verdict(on: slot, at: now) {
        if isHeld {
          wheel.file(slot, at: now / Self.tick + 1_000 / Self.tick)
        } else {
          verdicts.append((slot, verdict))
        }
      } else {
        file(slot)
      }
    }
    return verdicts
  }

  var hasMore: Bool { wheel.hasDue }

  /// The time to which the wheel has turned.
  var turned: Int64 { wheel.now * Self.tick }

  /// The next time at which a slot's turn comes, looking `distance` milliseconds ahead of `turned`.
  func nextTurn(within distance: Int64) -> Int64? {
    wheel.nextTick(within: distance / Self.tick).map { $0 * Self.tick }
  }
}
