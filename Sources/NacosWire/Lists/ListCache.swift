public import RegistryModel

/// Lists that have been written, as long as their services stand as they stood: an unchanged service is written once
/// per flavour. It belongs to one thread.
///
/// It is bounded by bytes: what was not asked for since half the bound was filled anew is let go.
public final class ListCache {
  private struct Key: Hashable {
    var service: ServiceKey
    var flavour: ListFlavour
  }

  private final class Entry {
    let revision: Revision
    var list: ServiceList

    init(revision: Revision, list: ServiceList) {
      self.revision = revision
      self.list = list
    }
  }

  /// What an entry costs beside its text, about.
  private static let overhead = 512

  private let limit: Int
  private var recent: [Key: Entry] = [:]
  private var recentBytes = 0
  private var older: [Key: Entry] = [:]
  private var checksum: (service: ServiceKey, revision: Revision, text: String)?
  /// How many lists had to be written.
  public private(set) var writes: UInt64 = 0

  /// `limit` in bytes.
  public init(limit: Int = 64 << 20) { self.limit = limit }

  /// The list of a service that stands at `revision`, saying `time`.
  /// - Parameters:
  ///   - revision: what the registry says of the service now; nil when it knows none.
  ///   - service: asked for when the list has to be written; nil when the service has gone meanwhile.
  public func list(
    _ key: ServiceKey, _ flavour: ListFlavour, revision: Revision?, at time: WallTime, service: () -> Service?
  ) -> [UInt8] {
    guard let revision else { return ServiceList(unknown: key, flavour).bytes }
    let place = Key(service: key, flavour: flavour)
    if let entry = entry(place), entry.revision == revision {
      entry.list.stamp(time)
      return entry.list.bytes
    }
    guard let service = service() else { return ServiceList(unknown: key, flavour).bytes }
    let list = ServiceList(service, flavour, checksum: checksum(of: service), at: time)
    writes += 1
    keep(Entry(revision: service.revision, list: list), at: place)
    return list.bytes
  }

  /// The checksum of a service as it stands; that of the last one is remembered, for its other flavours.
  public func checksum(of service: Service) -> String {
    if let checksum, checksum.revision == service.revision, checksum.service == service.key { return checksum.text }
    let text = ServiceChecksum.text(of: service)
    checksum = (service.key, service.revision, text)
    return text
  }

  private func entry(_ key: Key) -> Entry? {
    if let entry = recent[key] { return entry }
    guard let entry = older.removeValue(forKey: key) else { return nil }
    keep(entry, at: key)
    return entry
  }

  private func keep(_ entry: Entry, at key: Key) {
    let cost = entry.list.bytes.count + Self.overhead
    if cost > limit / 2 { return }
    if recentBytes + cost > limit / 2 {
      older = recent
      recent = [:]
      recentBytes = 0
    }
    if let replaced = recent.updateValue(entry, forKey: key) { recentBytes -= replaced.list.bytes.count + Self.overhead }
    recentBytes += cost
  }
}
