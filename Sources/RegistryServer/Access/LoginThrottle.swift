import RegistryModel

/// Makes guessing slow: after some wrong passwords for one user from one address, or for any users from one address, the
/// next try has to wait, twice as long after each further one. It locks nobody out who comes from elsewhere, as a stranger
/// could then lock out everybody. A value; time comes in.
struct LoginThrottle: Sendable {
  struct Rules: Sendable {
    /// Tries that cost nothing, for one user from one address.
    var freeForUser = 5
    /// And for all users from one address, which may stand for many people.
    var freeForAddress = 30
    /// Milliseconds that the first try beyond them waits.
    var firstDelay: Int64 = 1_000
    var longestDelay: Int64 = 900_000
    /// Milliseconds after which an address is forgotten.
    var memory: Int64 = 1_800_000
    /// Addresses, alone and with users, that are remembered.
    var most = 20_000
  }

  private struct Key: Hashable {
    var address: String
    /// Nil for all of them.
    var user: String?
  }

  private struct Record {
    var failures = 0
    var lockedUntil: Int64 = 0
    var last: Int64
  }

  private let rules: Rules
  private var records: [Key: Record] = [:]

  init(rules: Rules = Rules()) { self.rules = rules }

  /// How much is remembered.
  var count: Int { records.count }

  /// Counts a try as failed until it is known not to be, so that many at once are many. Milliseconds to wait where it may
  /// not be made now.
  mutating func admit(user: String, address: String, at now: MonotonicTime) -> Int64? {
    let keys = [Key(address: address, user: Self.kept(user)), Key(address: address)]
    let wait = keys.compactMap { records[$0]?.lockedUntil }.max().map { $0 - now.milliseconds } ?? 0
    if wait > 0 { return wait }
    makeRoom(at: now)
    for key in keys {
      var record = records[key] ?? Record(last: 0)
      if now.milliseconds - record.last >= rules.memory { record = Record(last: 0) }
      record.failures += 1
      record.last = now.milliseconds
      let free = key.user == nil ? rules.freeForAddress : rules.freeForUser
      record.lockedUntil = now.milliseconds + delay(beyond: record.failures - free)
      records[key] = record
    }
    return nil
  }

  /// Whether the last try, which was wrong, used up what is free.
  func beganToWait(user: String, address: String) -> Bool {
    records[Key(address: address, user: Self.kept(user))]?.failures == rules.freeForUser
      || records[Key(address: address)]?.failures == rules.freeForAddress
  }

  /// The try was the right one.
  mutating func succeeded(user: String, address: String) {
    records[Key(address: address, user: Self.kept(user))] = nil
    let whole = Key(address: address)
    guard var record = records[whole] else { return }
    record.failures -= 1
    record.lockedUntil = record.failures < rules.freeForAddress ? 0 : record.lockedUntil
    records[whole] = record.failures > 0 ? record : nil
  }

  /// What the next try waits after so many beyond the free ones.
  private func delay(beyond excess: Int) -> Int64 {
    guard excess >= 0 else { return 0 }
    let doubled = excess < 32 ? rules.firstDelay << Int64(excess) : .max
    return min(doubled, rules.longestDelay)
  }

  /// Forgets what is old, and where that is not enough what is least recent.
  private mutating func makeRoom(at now: MonotonicTime) {
    guard records.count + 2 > rules.most else { return }
    records = records.filter { now.milliseconds - $0.value.last < rules.memory }
    guard records.count + 2 > rules.most else { return }
    let oldest = records.sorted { $0.value.last < $1.value.last }.prefix(max(2, rules.most / 4))
    for (key, _) in oldest { records[key] = nil }
  }

  /// Longer names are nobody's; what is kept of them need not be whole.
  private static func kept(_ user: String) -> String { String(user.prefix(128)) }
}
