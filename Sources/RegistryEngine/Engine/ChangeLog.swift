public import RegistryModel

/// The newest commits, in order and without gaps. Readers keep the revision they have seen and ask for what came after;
/// nobody waits for them, and one that fell too far behind takes a snapshot.
struct ChangeLog: Sendable {
  /// Grows to `capacity` and then goes round.
  private var ring: [Commit] = []
  private let capacity: Int
  /// The newest revision, and the oldest that is still here.
  private(set) var last: Revision
  private(set) var first: Revision
  private let origin: Revision

  init(capacity: Int, after revision: Revision) {
    self.capacity = max(1, capacity)
    last = revision
    first = revision + 1
    origin = revision + 1
  }

  var count: Int { Int(last + 1 - first) }

  mutating func append(_ commit: Commit) {
    if ring.count < capacity { ring.append(commit) } else { ring[place(commit.revision)] = commit }
    last = commit.revision
    if count > capacity { first += 1 }
  }

  /// At most `limit` commits after `revision`; nil when some of them are gone.
  func commits(after revision: Revision, limit: Int) -> [Commit]? {
    if revision >= last { return [] }
    if revision + 1 < first { return nil }
    return commits(revision + 1, upTo: min(last, revision + Revision(limit)))
  }

  /// The newest `limit` commits, oldest first. At most half of them do no more than let subscribers come and go: thousands
  /// that come at once, as after a restart, would leave nothing else.
  func newest(_ limit: Int) -> [Commit] {
    var found: [Commit] = []
    var subscriptions = 0
    var revision = last
    while revision >= first, found.count < limit {
      let commit = ring[place(revision)]
      revision -= 1
      if commit.isSubscriptionsOnly {
        if subscriptions >= limit / 2 { continue }
        subscriptions += 1
      }
      found.append(commit)
    }
    return found.reversed()
  }

  /// At most `limit` commits before `revision`, newest first.
  func backwards(before revision: Revision?, limit: Int) -> [Commit] {
    let end = min(last, (revision ?? .max) - min(1, revision ?? 1))
    if limit < 1 || count == 0 || end < first { return [] }
    let start = end + 1 - Revision(min(Revision(limit), end + 1 - first))
    return commits(start, upTo: end).reversed()
  }

  private func commits(_ start: Revision, upTo end: Revision) -> [Commit] {
    (start...end).map { ring[place($0)] }
  }

  private func place(_ revision: Revision) -> Int { Int((revision - origin) % Revision(capacity)) }
}

/// What a reader of the log gets.
public enum LogReading: Hashable, Sendable {
  /// In order, without gaps; empty when the reader has seen everything.
  case commits([Commit])
  /// The reader fell so far behind that commits after its revision are gone: it must take a snapshot.
  case behind
}

extension Commit {
  /// Whether nothing changed but who subscribes.
  fileprivate var isSubscriptionsOnly: Bool {
    !changes.isEmpty && changes.allSatisfy { if case .subscriber = $0 { true } else { false } }
  }
}
