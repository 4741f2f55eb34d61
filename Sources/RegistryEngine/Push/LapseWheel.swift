/// When subscriptions lapse, in slots of a second. A renewal only stores its time in the subscription; a slot's turn
/// files what is not due again.
struct LapseWheel: Sendable {
  struct Entry: Sendable {
    var subscription: Int32
    /// Tells a slot's present owner from one that left and whose place was taken.
    var generation: UInt32
  }

  private static let tick: Int64 = 1_000_000
  private static let slotCount: Int64 = 128

  private var slots = [[Entry]](repeating: [], count: Int(Self.slotCount))
  /// Every tick up to this one has had its turn.
  private var turned: Int64 = 0
  private(set) var count = 0

  private static func slot(_ tick: Int64) -> Int { Int(tick % slotCount) }

  /// Files an entry to come up at `time` or up to a tick later; one too far ahead for the slots comes up early.
  mutating func insert(_ entry: Entry, due time: Int64, at now: Int64) {
    if count == 0 { turned = now / Self.tick }
    let tick = max(turned + 1, min(time / Self.tick + 1, turned + Self.slotCount - 1))
    slots[Self.slot(tick)].append(entry)
    count += 1
  }

  /// Takes out what came up until `now`.
  mutating func turn(to now: Int64) -> [Entry] {
    let target = now / Self.tick
    guard count > 0, target > turned else { return [] }
    var due: [Entry] = []
    for tick in (turned + 1)...min(target, turned + Self.slotCount) {
      let slot = Self.slot(tick)
      due += slots[slot]
      slots[slot].removeAll(keepingCapacity: slots[slot].capacity <= 64)
    }
    turned = target
    count -= due.count
    return due
  }

  /// When the next slot with anything in it has its turn.
  var next: Int64? {
    guard count > 0 else { return nil }
    for tick in (turned + 1)...(turned + Self.slotCount) where !slots[Self.slot(tick)].isEmpty {
      return tick * Self.tick
    }
    return nil
  }
}
