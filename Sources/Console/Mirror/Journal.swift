import RegistryModel

/// What happened lately: the commits themselves, and the bursts they make. Both are bounded; the oldest go first.
struct Journal: Sendable {
  static let commitLimit = 8_192
  static let groupLimit = 4_096

  /// Oldest first.
  private(set) var commits: [Commit] = []
  /// By the beginning of each burst, oldest first.
  private(set) var groups: [EventGroup] = []
  /// How many groups have been dropped from the front, so that a place in `open` stays right.
  private var dropped = 0
  private var open: [GroupKey: Int] = [:]
  /// The newest burst that is more than clients coming and going.
  private var latestNews: EventID?

  private struct GroupKey: Hashable {
    var verb: EventVerb
    var who: String
    var service: ServiceKey?
    var subject: String?
  }

  init() {}

  /// The newest burst of what operators, faults and the configuration did.
  var news: EventGroup? { latestNews.flatMap(group) }

  var oldestRevision: Revision? { commits.first?.revision }

  /// The registry has nothing older.
  private(set) var isComplete = false

  /// Whether there is room for what is older.
  var hasRoom: Bool { commits.count < Self.commitLimit && groups.count < Self.groupLimit }

  /// Takes commits from before the oldest, newest first as the registry gives them; none means that there are none.
  mutating func recordOlder(_ older: [Commit]) {
    let missing = older.filter { commit in oldestRevision.map { commit.revision < $0 } ?? true }
    isComplete = missing.isEmpty
    guard !isComplete else { return }
    var past = Journal()
    for commit in missing.reversed() { past.record(commit) }
    commits = past.commits + commits
    groups = past.groups + groups
    // Bursts that are still open stand that much further back now.
    dropped -= past.groups.count
    latestNews = latestNews ?? past.latestNews
  }

  /// Takes a commit and what it made of services' states. Returns the bursts that it began or added to.
  @discardableResult
  mutating func record(_ commit: Commit, turns: [EventFact] = []) -> [EventID] {
    commits.append(commit)
    if commits.count > Self.commitLimit + Self.commitLimit / 4 { commits.removeFirst(commits.count - Self.commitLimit) }
    var begun: UInt16 = 0
    var touched: [EventID] = []
    for fact in commit.facts { touched.append(add(fact, of: commit, origin: commit.origin, begun: &begun)) }
    for fact in turns { touched.append(add(fact, of: commit, origin: .system, begun: &begun)) }
    trimGroups()
    return touched
  }

  /// `begun` counts the bursts that the commit has begun.
  private mutating func add(_ fact: EventFact, of commit: Commit, origin: Origin, begun: inout UInt16) -> EventID {
    let key = GroupKey(
      verb: fact.verb, who: origin.who, service: fact.verb.gathersAcrossServices ? nil : fact.service, subject: fact.subject)
    if let place = open[key], groups.indices.contains(place - dropped) {
      let index = place - dropped
      if commit.at.age(since: groups[index].lastAt) <= EventGroup.pause {
        groups[index].add(fact, at: commit.at, revision: commit.revision)
        noteNews(groups[index])
        return groups[index].id
      }
    }
    var group = EventGroup(
      id: EventID(revision: commit.revision, part: begun), verb: fact.verb, origin: origin, at: commit.at,
      reason: commit.reason)
    begun &+= 1
    group.add(fact, at: commit.at, revision: commit.revision)
    open[key] = dropped + groups.count
    groups.append(group)
    noteNews(group)
    return group.id
  }

  private mutating func noteNews(_ group: EventGroup) {
    if group.severity != .info { latestNews = group.id }
  }

  private mutating func trimGroups() {
    guard groups.count > Self.groupLimit + Self.groupLimit / 4 else { return }
    let surplus = groups.count - Self.groupLimit
    groups.removeFirst(surplus)
    dropped += surplus
    open = open.filter { $0.value >= dropped }
  }

  /// The burst that began with `id`.
  func group(_ id: EventID) -> EventGroup? {
    let index = groups.partitioningIndex { $0.id >= id }
    return index < groups.count && groups[index].id == id ? groups[index] : nil
  }

  /// The bursts that were still going on after `time`, newest first.
  func groups(since time: WallTime) -> [EventGroup] {
    var result: [EventGroup] = []
    for group in groups.reversed() {
      if group.lastAt >= time { result.append(group) }
      // Bursts last seconds to minutes; one this old has none after it that is younger.
      if group.firstAt.milliseconds < time.milliseconds - 600_000 { break }
    }
    return result
  }
}

extension RandomAccessCollection {
  /// The first index whose element fulfils `belongs`; the elements that do must all stand behind those that do not.
  func partitioningIndex(where belongs: (Element) -> Bool) -> Index {
    var low = startIndex
    var length = count
    while length > 0 {
      let half = length / 2
      let middle = index(low, offsetBy: half)
      if belongs(self[middle]) {
        length = half
      } else {
        low = index(after: middle)
        length -= half + 1
      }
    }
    return low
  }
}
