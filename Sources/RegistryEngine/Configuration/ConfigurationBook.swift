public import RegistryModel

/// All configurations, what was done to them, and who waits for a change: decided here, without a clock or a store.
///
/// A wish is first planned, then stored by whoever asked, and applied once it is on disk: what others see is durable.
/// Between the two no other wish for the same place may be planned.
public struct ConfigurationBook: Sendable {
  struct Entry: Sendable {
    var main: Configuration?
    var beta: Configuration?
    var tags: [String: Configuration] = [:]

    var isEmpty: Bool { main == nil && beta == nil && tags.isEmpty }
    var all: [Configuration] { [main, beta].compactMap { $0 } + tags.values }
  }

  var entries: [ConfigurationKey: Entry] = [:]
  var history = ConfigurationHistory()
  var listeners = ConfigurationListeners()
  let limits: Limits
  private(set) var bytes = 0
  private(set) var count = 0
  /// How many main contents each tenant has that has any.
  public private(set) var countByTenant: [String: Int] = [:]
  var nextID: Int64 = 1

  /// Begins with what was stored; `events` in any order.
  public init(limits: Limits = Limits(), configurations: [Configuration] = [], events: [ConfigurationEvent] = []) {
    self.limits = limits
    for configuration in configurations { put(configuration) }
    for event in events.sorted(by: { $0.id < $1.id }) { history.add(event) }
    let ids = configurations.map(\.id) + events.flatMap { [$0.id, $0.configurationID] }
    nextID = max(1, (ids.max() ?? 0) &+ 1)
  }

  public subscript(place: ConfigurationPlace) -> Configuration? {
    guard let entry = entries[place.key] else { return nil }
    switch place.variant {
    case .main: return entry.main
    case .beta: return entry.beta
    case .tag(let tag): return entry.tags[tag]
    }
  }

  /// What a client of this address and tag is to get: a beta that is for it, else what is tagged so, else the rest.
  public func configuration(_ key: ConfigurationKey, for reader: ConfigurationReader) -> Configuration? {
    guard let entry = entries[key] else { return nil }
    if let beta = entry.beta, beta.betaAddresses.contains(reader.address) { return beta }
    if let tag = reader.tag, let tagged = entry.tags[tag] { return tagged }
    return entry.main
  }

  mutating func put(_ configuration: Configuration) {
    let place = configuration.place
    take(place)
    switch place.variant {
    case .main:
      entries[place.key, default: Entry()].main = configuration
      countByTenant[place.key.tenant, default: 0] += 1
    case .beta: entries[place.key, default: Entry()].beta = configuration
    case .tag(let tag): entries[place.key, default: Entry()].tags[tag] = configuration
    }
    bytes += configuration.content.text.utf8.count
    count += 1
  }

  mutating func take(_ place: ConfigurationPlace) {
    guard let old = self[place] else { return }
    bytes -= old.content.text.utf8.count
    count -= 1
    switch place.variant {
    case .main:
      entries[place.key]?.main = nil
      let left = countByTenant[place.key.tenant, default: 1] - 1
      countByTenant[place.key.tenant] = left > 0 ? left : nil
    case .beta: entries[place.key]?.beta = nil
    case .tag(let tag): entries[place.key]?.tags[tag] = nil
    }
    if entries[place.key]?.isEmpty == true { entries[place.key] = nil }
  }
}

/// Who reads: what decides between a key's contents.
public struct ConfigurationReader: Sendable, Hashable {
  public var address: String
  public var tag: String?

  public init(address: String, tag: String? = nil) {
    self.address = address
    self.tag = tag
  }
}
