/// Entries waiting for a tick, in two circles of lists: the next 1,024 ticks each have one, and each 1,024 ticks after
/// those share one. Filing, taking out and moving on cost the same however many entries there are.
///
/// The wheel is lazy: it does not remember when an entry is due, it hands out what was filed and the owner files anew
/// what is not due yet. So postponing an entry is the owner's own business and costs the wheel nothing; an entry that
/// becomes due sooner must be filed again.
struct TimingWheel: Sendable {
  typealias Entry = UInt32

  static let span = 1_024
  private static let none = UInt32.max
  /// Marks a `previous` that names a list instead of an entry.
  private static let listMark: UInt32 = 0x8000_0000
  private static let dueList = UInt32(2 * span)
  /// What `file` is given beyond this waits in the farthest list and comes out early.
  private static let farthest = Int64(span * (span - 1))

  private(set) var now: Int64
  private(set) var count = 0
  private var heads = [UInt32](repeating: none, count: 2 * span + 1)
  private var next: [UInt32] = []
  private var previous: [UInt32] = []

  init(now: Int64 = 0) { self.now = now }

  /// Sets the clock of a wheel in which nothing waits.
  mutating func jump(to tick: Int64) {
    if count == 0 { now = max(now, tick) }
  }

  func isFiled(_ entry: Entry) -> Bool { Int(entry) < previous.count && previous[Int(entry)] != Self.none }

  /// Puts an entry that is not filed where it comes out at `tick`, or sooner when that is very far; at once when it has
  /// passed.
  mutating func file(_ entry: Entry, at tick: Int64) {
    while next.count <= Int(entry) {
      next.append(Self.none)
      previous.append(Self.none)
    }
    push(entry, on: list(for: tick))
    count += 1
  }

  mutating func takeOut(_ entry: Entry) {
    guard isFiled(entry) else { return }
    let after = next[Int(entry)]
    let before = previous[Int(entry)]
    if before & Self.listMark != 0 {
      heads[Int(before & ~Self.listMark)] = after
    } else {
      next[Int(before)] = after
    }
    if after != Self.none { previous[Int(after)] = before }
    next[Int(entry)] = Self.none
    previous[Int(entry)] = Self.none
    count -= 1
  }

  /// Moves on to `tick`; what was filed until then waits for `popDue`.
  mutating func advance(to tick: Int64) {
    if count == 0 { now = max(now, tick) }
    while now < tick {
      now += 1
      if now % Int64(Self.span) == 0 { makeDue(far(now / Int64(Self.span))) }
      makeDue(near(now))
    }
  }

  var hasDue: Bool { heads[Int(Self.dueList)] != Self.none }

  /// Takes out one of the entries whose turn has come.
  mutating func popDue() -> Entry? {
    let entry = heads[Int(Self.dueList)]
    if entry == Self.none { return nil }
    takeOut(entry)
    return entry
  }

  /// The first tick after `now`, within `distance`, at which something comes out; nil when none does.
  func nextTick(within distance: Int64) -> Int64? {
    if hasDue { return now }
    if count == 0 || distance < 1 { return nil }
    for tick in (now + 1)...(now + distance) {
      if heads[Int(near(tick))] != Self.none { return tick }
      if tick % Int64(Self.span) == 0, heads[Int(far(tick / Int64(Self.span)))] != Self.none { return tick }
    }
    return nil
  }

  private func list(for tick: Int64) -> UInt32 {
    let distance = tick - now
    if distance <= 0 { return Self.dueList }
    if distance < Int64(Self.span) { return near(tick) }
    return far((now + min(distance, Self.farthest)) / Int64(Self.span))
  }

  private func near(_ tick: Int64) -> UInt32 { UInt32(tick % Int64(Self.span)) }
  private func far(_ turn: Int64) -> UInt32 { UInt32(Self.span) + UInt32(turn % Int64(Self.span)) }

  private mutating func makeDue(_ list: UInt32) {
    var entry = heads[Int(list)]
    heads[Int(list)] = Self.none
    while entry != Self.none {
      let following = next[Int(entry)]
      push(entry, on: Self.dueList)
      entry = following
    }
  }

  private mutating func push(_ entry: Entry, on list: UInt32) {
    let first = heads[Int(list)]
    next[Int(entry)] = first
    previous[Int(entry)] = list | Self.listMark
    if first != Self.none { previous[Int(first)] = entry }
    heads[Int(list)] = entry
  }

  /// At which tick each entry comes out, found by walking all lists: for checks.
  func turns() -> [Entry: Int64] {
    var turns: [Entry: Int64] = [:]
    for list in heads.indices {
      var entry = heads[list]
      while entry != Self.none {
        turns[entry] = turn(of: list)
        entry = next[Int(entry)]
      }
    }
    return turns
  }

  private func turn(of list: Int) -> Int64 {
    if list == Int(Self.dueList) { return now }
    let span = Int64(Self.span)
    if list < Self.span { return now + 1 + (Int64(list) - now - 1).modulo(span) }
    let block = now / span
    return (block + 1 + (Int64(list) - span - block - 1).modulo(span)) * span
  }
}

extension Int64 {
  /// The rest of a division that rounds down.
  fileprivate func modulo(_ divisor: Int64) -> Int64 { (self % divisor + divisor) % divisor }
}
