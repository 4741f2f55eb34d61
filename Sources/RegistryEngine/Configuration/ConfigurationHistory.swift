public import RegistryModel

/// What was done to a configuration. Its content is a document of its own: an insertion tells of the new one, an update
/// and a deletion of the old one (naming-client-v1 3.2).
public struct ConfigurationEvent: Sendable, Hashable, Codable {
  public enum Operation: String, Sendable, Codable {
    case insertion = "I"
    case update = "U"
    case deletion = "D"
  }

  public var id: Int64
  /// Of the configuration as it was before; 0 for an insertion.
  public var configurationID: Int64
  public var key: ConfigurationKey
  public var app: String
  public var md5: String
  public var address: String
  public var user: String?
  public var operation: Operation
  public var at: WallTime
  /// Of its content.
  public var bytes: Int
}

/// What was done, oldest first, and by key.
struct ConfigurationHistory: Sendable {
  private var events: [Int64: ConfigurationEvent] = [:]
  /// Ids grow; those before `start` have been forgotten.
  private var order: [Int64] = []
  private var start = 0
  private var byKey: [ConfigurationKey: [Int64]] = [:]
  private(set) var bytes = 0

  var count: Int { events.count }

  subscript(id: Int64) -> ConfigurationEvent? { events[id] }

  /// Events come in the order of their ids.
  mutating func add(_ event: ConfigurationEvent) {
    guard events.updateValue(event, forKey: event.id) == nil else { return }
    order.append(event.id)
    byKey[event.key, default: []].append(event.id)
    bytes += event.bytes
  }

  mutating func remove(_ id: Int64) {
    guard let event = events.removeValue(forKey: id) else { return }
    bytes -= event.bytes
    byKey[event.key]?.removeAll { $0 == id }
    if byKey[event.key]?.isEmpty == true { byKey[event.key] = nil }
    while start < order.count, events[order[start]] == nil { start += 1 }
    if start > 1_024, start * 2 > order.count {
      order.removeFirst(start)
      start = 0
    }
  }

  /// The oldest, oldest first.
  var oldest: some Sequence<ConfigurationEvent> { order[start...].lazy.compactMap { events[$0] } }

  /// The ids of a key's events, oldest first.
  func ids(of key: ConfigurationKey) -> [Int64] { byKey[key] ?? [] }

  /// The newest event that tells of the configuration with this id as it was before.
  func newest(of configurationID: Int64, _ key: ConfigurationKey) -> ConfigurationEvent? {
    ids(of: key).lazy.reversed().compactMap { events[$0] }.first { $0.configurationID == configurationID }
  }
}
