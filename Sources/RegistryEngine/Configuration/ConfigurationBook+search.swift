public import RegistryModel

/// Part of a list.
public struct ConfigurationPage<Item: Sendable>: Sendable {
  public var total: Int
  public var number: Int
  public var pages: Int
  public var items: [Item]

  /// The page `number`, counted from 1, of lists of `size`; one past the end is empty.
  init(_ all: [Item], number: Int, size: Int) {
    total = all.count
    self.number = number
    pages = all.count / size + (all.count % size == 0 ? 0 : 1)
    let start = number > pages ? all.count : (number - 1) * size
    items = Array(all[start...].prefix(size))
  }
}

/// What is looked for; nil is anything.
public struct ConfigurationSearch: Sendable {
  public var tenant: String
  public var group: ConfigurationPattern?
  public var dataID: ConfigurationPattern?
  public var app: String?
  /// Any of them.
  public var tags: [String]

  public init(
    tenant: String, group: ConfigurationPattern? = nil, dataID: ConfigurationPattern? = nil, app: String? = nil,
    tags: [String] = []
  ) {
    self.tenant = tenant
    self.group = group
    self.dataID = dataID
    self.app = app
    self.tags = tags
  }
}

/// A name, or many.
public enum ConfigurationPattern: Sendable {
  case exactly(String)
  case stars(StarPattern)

  func matches(_ name: String) -> Bool {
    switch self {
    case .exactly(let text): name.utf8.elementsEqual(text.utf8)
    case .stars(let pattern): pattern.matches(Array(name.utf8))
    }
  }
}

extension ConfigurationBook {
  /// Main contents that fit, oldest first. `number` and `size` are at least 1.
  public func page(_ search: ConfigurationSearch, number: Int, size: Int) -> ConfigurationPage<Configuration> {
    let found = entries.values.compactMap(\.main).filter { search.matches($0) }.sorted { $0.id < $1.id }
    return ConfigurationPage(found, number: number, size: size)
  }

  /// The main contents with these ids, oldest first.
  public func configurations(_ ids: Set<Int64>) -> [Configuration] {
    entries.values.compactMap(\.main).filter { ids.contains($0.id) }.sorted { $0.id < $1.id }
  }

  /// What was done to a key, newest first.
  public func page(of key: ConfigurationKey, number: Int, size: Int) -> ConfigurationPage<ConfigurationEvent> {
    let page = ConfigurationPage(Array(history.ids(of: key).reversed()), number: number, size: size)
    return page.map { history[$0] }
  }

  public func event(_ id: Int64) -> ConfigurationEvent? { history[id] }

  /// The newest event that tells of the configuration with this id as it was before.
  public func event(before configurationID: Int64, of key: ConfigurationKey) -> ConfigurationEvent? {
    history.newest(of: configurationID, key)
  }
}

extension ConfigurationPage {
  fileprivate func map<Other: Sendable>(_ body: (Item) -> Other?) -> ConfigurationPage<Other> {
    var other = ConfigurationPage<Other>([], number: number, size: 1)
    other.total = total
    other.pages = pages
    other.items = items.compactMap(body)
    return other
  }
}

extension ConfigurationSearch {
  fileprivate func matches(_ configuration: Configuration) -> Bool {
    let key = configuration.place.key
    return key.tenant == tenant && dataID?.matches(key.dataID) ?? true && group?.matches(key.group) ?? true
      && (app.map { $0 == configuration.app } ?? true)
      && (tags.isEmpty || configuration.details.tags.contains { tags.contains($0) })
  }
}
