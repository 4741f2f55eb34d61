public import RegistryModel

/// What somebody wants of the book.
public enum ConfigurationWish: Sendable, Hashable {
  case publish(Publication)
  /// That there is none is no error.
  case remove([ConfigurationPlace], ConfigurationAuthor)
  case adopt(ConfigurationAdoption)

  public var places: [ConfigurationPlace] {
    switch self {
    case .publish(let publication): [publication.place]
    case .remove(let places, _): places
    case .adopt(let adoption): adoption.publications.map(\.place)
    }
  }
}

/// One step of a plan, to be stored and then applied.
public enum ConfigurationChange: Sendable, Hashable {
  case put(Configuration)
  case remove(ConfigurationPlace)
  /// With the content it tells of.
  case note(ConfigurationEvent, content: String)
  case forget(event: Int64)
}

extension ConfigurationBook {
  /// Events that one plan may forget.
  private static let mostForgotten = 64

  /// What a wish comes to.
  public mutating func plan(
    _ wish: ConfigurationWish, at now: WallTime
  ) throws(RegistryError) -> [ConfigurationChange] {
    var changes: [ConfigurationChange] = []
    switch wish {
    case .publish(let publication): changes = try plan([publication], at: now)
    case .adopt(let adoption): changes = try plan(verdict(on: adoption).taken, at: now)
    case .remove(let places, let author):
      for place in places {
        guard let old = self[place] else { continue }
        changes.append(.remove(place))
        if place.variant == .main {
          changes.append(note(.deletion, of: old, id: old.id, by: author, at: now))
        }
      }
    }
    return changes.isEmpty ? [] : changes + surplus(at: now)
  }

  /// Publications of different places.
  private mutating func plan(
    _ publications: [Publication], at now: WallTime
  ) throws(RegistryError) -> [ConfigurationChange] {
    try check(publications)
    return publications.flatMap { plan($0, at: now) }
  }

  private mutating func plan(_ publication: Publication, at now: WallTime) -> [ConfigurationChange] {
    let old = self[publication.place]
    let configuration = Configuration(
      id: old?.id ?? takeID(), place: publication.place, content: publication.content, details: publication.details,
      app: publication.app ?? old?.app ?? "", betaAddresses: publication.betaAddresses, createdAt: old?.createdAt ?? now,
      modifiedAt: now, user: publication.author.user, address: publication.author.address)
    var changes = [ConfigurationChange.put(configuration)]
    if publication.place.variant == .main {
      let event =
        old.map { note(.update, of: $0, id: $0.id, by: publication.author, at: now) }
        ?? note(.insertion, of: configuration, id: 0, by: publication.author, at: now)
      changes.append(event)
    }
    return changes
  }

  /// Whether there is room for all of them.
  private func check(_ publications: [Publication]) throws(RegistryError) {
    let olds = publications.map { self[$0.place] }
    let new = olds.count { $0 == nil }
    if new > 0, new > limits.configurations - count {
      throw .limit(what: "configurations", most: limits.configurations)
    }
    let added = zip(publications, olds).reduce(0) { sum, pair in
      sum + pair.0.content.text.utf8.count - (pair.1?.content.text.utf8.count ?? 0)
    }
    if added > 0, added > limits.configurationBytes - bytes {
      throw .limit(what: "bytes of configuration", most: limits.configurationBytes)
    }
  }

  private mutating func note(
    _ operation: ConfigurationEvent.Operation, of configuration: Configuration, id: Int64, by author: ConfigurationAuthor,
    at now: WallTime
  ) -> ConfigurationChange {
    let event = ConfigurationEvent(
      id: takeID(), configurationID: id, key: configuration.place.key, app: configuration.app,
      md5: configuration.content.md5, address: author.address, user: author.user, operation: operation, at: now,
      bytes: configuration.content.text.utf8.count)
    return .note(event, content: configuration.content.text)
  }

  private mutating func takeID() -> Int64 {
    defer { nextID &+= 1 }
    return nextID
  }

  /// The oldest events, as far as they are over a bound or too old. Asked for again with the next plan before this one
  /// was applied, it names the same ones again, which does no harm.
  private func surplus(at now: WallTime) -> [ConfigurationChange] {
    var changes: [ConfigurationChange] = []
    var (count, bytes) = (history.count, history.bytes)
    for event in history.oldest.prefix(Self.mostForgotten) {
      let isOver = count >= limits.configurationEvents || bytes > limits.configurationEventBytes
      guard isOver || now.age(since: event.at) > limits.configurationEventAge else { break }
      changes.append(.forget(event: event.id))
      count -= 1
      bytes -= event.bytes
    }
    return changes
  }

  /// Makes planned changes, in their order; who is to be told of them now.
  public mutating func apply(_ changes: [ConfigurationChange]) -> [ConfigurationCall] {
    var calls: [ConfigurationCall] = []
    for change in changes {
      switch change {
      case .put(let configuration):
        put(configuration)
        calls += call(configuration.place.key)
      case .remove(let place):
        take(place)
        calls += call(place.key)
      case .note(let event, _): history.add(event)
      case .forget(let id): history.remove(id)
      }
    }
    return calls
  }
}
