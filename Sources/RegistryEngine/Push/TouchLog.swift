import RegistryModel

/// Which services' subscribers changed lately, for readers that come by with the version up to which they have seen.
struct TouchLog: Sendable {
  private static let capacity = 256

  private(set) var version: UInt64 = 0
  /// The newest version that a reader has taken: what is in the log since need not be put in again.
  private var taken: UInt64 = 0
  private var entries: [(version: UInt64, service: ServiceKey)] = []

  /// Whether there is an entry that no reader has taken.
  var hasNews: Bool { version > taken }

  /// Whether the log's entry of `version` will still be seen by every reader.
  func isFresh(_ version: UInt64) -> Bool { version > taken }

  /// Puts `service` in; the version of the entry.
  mutating func add(_ service: ServiceKey) -> UInt64 {
    version += 1
    if entries.count == Self.capacity { entries.removeFirst(Self.capacity / 2) }
    entries.append((version, service))
    return version
  }

  /// The services touched after `seen`, each once; nil when they are more than `most` or more than the log remembers.
  mutating func take(since seen: UInt64, most: Int) -> [ServiceKey]? {
    taken = version
    guard seen < version else { return [] }
    guard let oldest = entries.first, oldest.version <= seen + 1 else { return nil }
    let services = Set(entries.lazy.filter { $0.version > seen }.map(\.service))
    return services.count > most ? nil : services.sorted()
  }
}
