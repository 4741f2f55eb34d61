import RegistryModel

/// The registry as polling has shown it so far: pages go in, and what is new in them comes out as commits. Revisions are
/// counted here; the server knows none.
///
/// What is seen for the first time is no news: until the first look round has ended, and where a service was only known
/// from a page that shows less, the catalogue changes without a commit, and readers need a new snapshot.
struct StockMirror: Sendable {
  /// An edit that the server has taken, and that no page has shown yet.
  private struct Expectation {
    var origin: Origin
    var reason: String?
    var until: WallTime
  }

  /// How many commits are remembered for readers that come later.
  static let memory = 1_024
  /// Milliseconds for which a change is taken for the consequence of an edit.
  static let patience: Int64 = 10_000

  private(set) var catalog = Catalog()
  private(set) var switches = Switches()
  private(set) var timeline = Timeline()
  /// Oldest first, without gaps after the newest snapshot that was needed.
  private(set) var recent: [Commit] = []
  /// How often the catalogue changed without a commit.
  private(set) var silentChanges = 0
  private(set) var isLoaded = false
  /// Services of which everything has been read that a page can tell.
  private var known: Set<ServiceKey> = []
  private var expected: [InstanceKey: Expectation] = [:]
  /// Taken out while it is in use: two references to it would mean a copy of it.
  private var pool: SharingPool? = SharingPool()

  init() {}

  var revision: Revision { catalog.revision }

  func isKnown(_ key: ServiceKey) -> Bool { known.contains(key) }
  func isExpecting(_ key: InstanceKey) -> Bool { expected[key] != nil }

  func snapshot(at now: WallTime) -> Snapshot {
    var timeline = timeline
    timeline.advance(to: now, totals: catalog.totals)
    return Snapshot(
      catalog: catalog, switches: switches, recent: recent, timeline: timeline, push: PushDigest(), at: now)
  }

  /// The first look round has ended: what changes from now on is news.
  mutating func finishLoading() {
    isLoaded = true
    silentChanges += 1
  }

  /// What changes at `key` soon was asked for by `command`.
  mutating func expect(_ key: InstanceKey, by command: Command, at now: WallTime) {
    expected = expected.filter { $0.value.until > now }
    let until = WallTime(milliseconds: now.milliseconds + Self.patience)
    expected[key] = Expectation(origin: command.origin, reason: command.reason, until: until)
  }

  mutating func forget(_ key: InstanceKey) { expected[key] = nil }
}

extension StockMirror {
  /// Everything that the server tells of one service. Returns what is new.
  mutating func take(_ page: StockService, hosts: [StockHost], of key: ServiceKey, at now: WallTime) -> [Commit] {
    let isNews = isLoaded && (known.contains(key) || catalog[key] == nil)
    known.insert(key)
    return take(key, at: now, isNews: isNews) { $0.compare($1, with: page, hosts: hosts) }
  }

  /// The server says that there is no such service.
  mutating func takeAbsence(of key: ServiceKey, at now: WallTime) -> [Commit] {
    known.remove(key)
    guard catalog[key] != nil else { return [] }
    return take(key, at: now, isNews: isLoaded) { difference, service in service.map { difference.remove($0) } }
  }

  /// A page of services with their instances. Once the first look round has ended only what is known is brought up to
  /// date by it: kinds of new instances are not told. Returns the services that have others.
  mutating func take(_ page: [StockBulk], at now: WallTime) -> [ServiceKey] {
    var suspects: [ServiceKey] = []
    for row in page {
      guard isLoaded else {
        _ = take(row.key, at: now, isNews: false) { $0.compare($1, with: nil, hosts: row.hosts) }
        continue
      }
      var isOther = catalog[row.key] == nil
      if !isOther { _ = take(row.key, at: now, isNews: true) { isOther = !$0.update($1, from: row.hosts) } }
      if isOther { suspects.append(row.key) }
    }
    return suspects
  }

  /// All services of some namespaces, as the pages of one round listed them. Returns those that must be looked at: new
  /// ones, such as are counted otherwise than here, and such as are missing, which may be the paging's fault.
  mutating func take(_ summaries: [StockSummary], namespaces: Set<String>, at now: WallTime) -> [ServiceKey] {
    var suspects: [ServiceKey] = []
    for row in summaries {
      let counts = catalog.services.read(row.key) { $0.counts }
      if counts == nil, !isLoaded { _ = take(row.key, at: now, isNews: false) { $0.compare($1, with: nil, hosts: []) } }
      if counts?.total != row.instances || counts?.healthy != row.healthy { suspects.append(row.key) }
    }
    let listed = Set(summaries.lazy.map(\.key))
    for service in catalog.services where namespaces.contains(service.key.namespace) && !listed.contains(service.key) {
      suspects.append(service.key)
    }
    return suspects
  }

  mutating func take(_ namespaces: [Namespace], at now: WallTime) -> [Commit] {
    var changes: [Change] = []
    for namespace in namespaces {
      let before = catalog.namespaces[namespace.id]
      var after = namespace
      after.createdAt = before?.createdAt ?? namespace.createdAt
      // Nacos 1 lists no descriptions.
      if after.about.isEmpty, let about = before?.about { after.about = about }
      if before != after { changes.append(.namespace(id: namespace.id, before: before, after: after)) }
    }
    for id in Set(catalog.namespaces.keys).subtracting(namespaces.map(\.id)).sorted() {
      changes.append(.namespace(id: id, before: catalog.namespaces[id], after: nil))
    }
    return commit(changes, at: now, isNews: isLoaded)
  }

  mutating func take(_ fresh: Switches, at now: WallTime) -> [Commit] {
    let changes = switches.differences(to: fresh).map {
      Change.switches(entry: $0.entry, before: $0.before, after: $0.after, all: fresh)
    }
    switches = fresh
    return commit(changes, at: now, isNews: isLoaded)
  }
}

extension StockMirror {
  private mutating func take(
    _ key: ServiceKey, at now: WallTime, isNews: Bool, _ compare: (inout StockDifference, Service?) -> Void
  ) -> [Commit] {
    var difference = StockDifference(key, pool: pool.take() ?? SharingPool(), at: now)
    compare(&difference, catalog[key])
    pool = difference.pool
    return commit(difference.changes, at: now, isNews: isNews)
  }

  private mutating func commit(_ changes: [Change], at now: WallTime, isNews: Bool) -> [Commit] {
    if changes.isEmpty { return [] }
    guard isNews else {
      catalog.apply(Commit(revision: revision + 1, at: now, origin: .polled, changes: changes))
      silentChanges += 1
      return []
    }
    return bySource(changes, at: now).map { origin, reason, changes in
      let commit = Commit(revision: revision + 1, at: now, origin: origin, reason: reason, changes: changes)
      catalog.apply(commit)
      timeline.record(commit, totals: catalog.totals)
      recent.append(commit)
      if recent.count > 2 * Self.memory { recent.removeFirst(recent.count - Self.memory) }
      return commit
    }
  }

  /// What operators asked for apart from the rest, in the order of the changes.
  private mutating func bySource(
    _ changes: [Change], at now: WallTime
  ) -> [(origin: Origin, reason: String?, changes: [Change])] {
    var groups: [(origin: Origin, reason: String?, changes: [Change])] = []
    for change in changes {
      var (origin, reason, change) = (Origin.polled, String?.none, change)
      if case .instance(let service, let before, let after, let cause) = change, let address = (after ?? before)?.address {
        let key = InstanceKey(service: service, address: address)
        if let expectation = expected.removeValue(forKey: key), expectation.until > now {
          (origin, reason) = (expectation.origin, expectation.reason)
          // The registration and the health of an instance are no overlay, whoever asked for them.
          if cause == .updated { change = .instance(service, before: before, after: after, cause: .operated) }
          if cause == .expired { change = .instance(service, before: before, after: after, cause: .deregistered) }
        }
      }
      if let last = groups.last, last.origin == origin, last.reason == reason {
        groups[groups.count - 1].changes.append(change)
      } else {
        groups.append((origin, reason, [change]))
      }
    }
    return groups
  }
}
