import RegistryModel

/// What is remembered of ephemeral instances that are not there, for the case that they come back.
///
/// - What the client had said, for a minute after it fell silent (reliability E2).
/// - The operator's overlay, for a minute (E5: whoever comes to the address later is somebody else), or for an hour after
///   a restart of the registry, until its clients have found it again (E4).
/// - The mark, for a day: a note on a machine is meant to outlast its reboot.
///
/// Bounded: what does not fit is forgotten at once.
struct Departures: Sendable {
  static let memory: Int64 = 60_000
  static let memoryAfterRestart: Int64 = 3_600_000
  static let markMemory: Int64 = 86_400_000

  /// What a client said of an instance that fell silent.
  struct Client: Hashable, Sendable {
    var weight: Double
    var isEnabled: Bool
    var metadata: Metadata
    var app: String?
  }

  struct Departure: Hashable, Sendable {
    var client: Client?
    var note: InstanceNote?
    fileprivate var markUntil: Int64
  }

  /// That a note is not, or not wholly, remembered any longer.
  struct Loss: Hashable, Sendable {
    var key: InstanceKey
    var before: InstanceNote
    var after: InstanceNote?
  }

  private var departures: [InstanceKey: Departure] = [:]
  private var queue = DelayQueue<InstanceKey>()
  private let most: Int

  init(most: Int) { self.most = most }

  var count: Int { departures.count }

  func contains(_ key: InstanceKey) -> Bool { departures[key] != nil }

  /// Remembers; the loss of the note when there is no room for it.
  mutating func remember(_ key: InstanceKey, client: Client?, note: InstanceNote?, now: Int64) -> Loss? {
    if client == nil, note == nil { return nil }
    return keep(
      key, Departure(client: client, note: note, markUntil: now + Self.markMemory), until: now + Self.memory)
  }

  /// Remembers a note that the store kept over a restart.
  mutating func restore(_ key: InstanceKey, note: InstanceNote, now: Int64) -> Loss? {
    keep(
      key, Departure(client: nil, note: note, markUntil: now + Self.markMemory), until: now + Self.memoryAfterRestart)
  }

  /// What the client of an instance that fell silent had said.
  func client(of key: InstanceKey) -> Client? { departures.isEmpty ? nil : departures[key]?.client }

  /// Takes back what is remembered of an instance that returns.
  mutating func recall(_ key: InstanceKey) -> Departure? {
    if departures.isEmpty { return nil }
    guard let departure = departures.removeValue(forKey: key) else { return nil }
    queue.cancel(key)
    return departure
  }

  /// Changes the note of an instance that is away, where it is `old`; with nil whatever it is.
  mutating func give(_ note: InstanceNote, to key: InstanceKey, inPlaceOf old: InstanceNote?) {
    guard let known = departures[key] else { return }
    if let old, known.note ?? InstanceNote(overlay: nil, mark: nil) != old { return }
    departures[key]?.note = note.isEmpty ? nil : note
  }

  func nextTime() -> Int64? { queue.nextTime() }

  /// Forgets what has been remembered long enough.
  mutating func forget(by now: Int64) -> [Loss] {
    var losses: [Loss] = []
    while let key = queue.popDue(by: now) {
      guard let departure = departures.removeValue(forKey: key), let before = departure.note else { continue }
      let rest = InstanceNote(overlay: nil, mark: before.mark)
      if !rest.isEmpty, departure.markUntil > now {
        departures[key] = Departure(client: nil, note: rest, markUntil: departure.markUntil)
        queue.set(key, at: departure.markUntil)
        if before.overlay != nil { losses.append(Loss(key: key, before: before, after: rest)) }
      } else {
        losses.append(Loss(key: key, before: before, after: nil))
      }
    }
    return losses
  }

  private mutating func keep(_ key: InstanceKey, _ departure: Departure, until time: Int64) -> Loss? {
    if departures[key] == nil, departures.count >= most {
      return departure.note.map { Loss(key: key, before: $0, after: nil) }
    }
    departures[key] = departure
    queue.set(key, at: time)
    return nil
  }
}
