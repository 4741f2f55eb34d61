import RegistryModel

/// What most of the present failures have in common, by fixed rules: where to look first when many things broke at once.
struct CommonCause: Sendable, Hashable {
  enum Rule: Int, Hashable, Sendable, CaseIterable {
    // In the order in which they are tried: the more a cause explains at once, the earlier.
    case network, zone, version, cluster, service
  }

  var rule: Rule
  /// The network, zone, version, cluster or service.
  var value: String
  /// How many of the failures share it, of how many.
  var failures: Int
  var all: Int
  /// How many healthy instances of the same services share it: none makes the cause likely.
  var healthy: Int
  /// When the first and the last of these failures came.
  var first: WallTime
  var last: WallTime

  /// Below this many failures nothing is said to be common.
  static let fewest = 5
  /// Of a hundred failures, how many must share it.
  static let share = 80
  /// How many instances are looked at.
  static let limit = 50_000

  /// `Suspect 10.8.3.0/24: 37 of 41 failures are there, nothing there is healthy, since 02:14:19-02:14:22`.
  func sentence(utcOffset: Int) -> String {
    let begin = Figures.clock(first, utcOffset: utcOffset)
    let end = Figures.clock(last, utcOffset: utcOffset)
    let since = begin == end ? begin : "\(begin)-\(end)"
    let others = healthy == 0 ? "none healthy there" : "\(healthy) healthy there"
    return "Suspect \(place): \(failures) of \(all) failures are there, \(others), since \(since)"
  }

  private var place: String {
    switch rule {
    case .network, .service: value
    case .zone: "zone \(value)"
    case .version: "version \(value)"
    case .cluster: "cluster \(value)"
    }
  }

  /// For line 2 and narrow places: `37/41 in 10.8.3.0/24`.
  var short: String { "Suspect \(place): \(failures) of \(all)" }
}

/// Every instance that fails now, and the healthy ones beside them.
struct FailureCensus: Sendable {
  struct Member: Sendable {
    var service: ServiceKey
    var instance: Instance
    var since: WallTime
  }

  private(set) var failed: [Member] = []
  private(set) var healthy: [Member] = []

  init(_ mirror: RegistryMirror) {
    var looked = 0
    for key in mirror.faults.faults.keys.sorted() {
      guard let service = mirror.catalog[key] else { continue }
      looked += service.counts.total
      if looked > CommonCause.limit { break }
      for instance in service.instances {
        let member = Member(service: key, instance: instance, since: instance.healthChangedAt)
        if instance.isHealthy { healthy.append(member) } else if instance.isEnabled { failed.append(member) }
      }
    }
    for (key, loss) in mirror.losses.losses {
      failed.append(Member(service: key.service, instance: loss.instance, since: loss.at))
    }
  }

  init(failed: [Member], healthy: [Member]) {
    self.failed = failed
    self.healthy = healthy
  }
}

extension CommonCause {
  /// The first rule that holds; nil when the failures have nothing in common, or are few.
  init?(_ census: FailureCensus) {
    guard census.failed.count >= Self.fewest else { return nil }
    let causes = Rule.allCases.compactMap { CommonCause($0, census) }
    // What nothing healthy shares explains more than what many healthy ones share as well.
    guard let best = causes.first(where: { $0.healthy == 0 }) ?? causes.first(where: { $0.healthy < $0.failures }) else {
      return nil
    }
    self = best
  }

  private init?(_ rule: Rule, _ census: FailureCensus) {
    var groups: [String: (count: Int, first: WallTime, last: WallTime)] = [:]
    for member in census.failed {
      guard let value = Self.value(rule, member) else { continue }
      let group = groups[value] ?? (0, member.since, member.since)
      groups[value] = (group.count + 1, min(group.first, member.since), max(group.last, member.since))
    }
    guard let largest = groups.max(by: { ($0.value.count, $1.key) < ($1.value.count, $0.key) }),
      largest.value.count * 100 > census.failed.count * Self.share
    else { return nil }
    self.init(
      rule: rule, value: largest.key, failures: largest.value.count, all: census.failed.count,
      healthy: census.healthy.count { Self.value(rule, $0) == largest.key }, first: largest.value.first,
      last: largest.value.last)
  }

  private static func value(_ rule: Rule, _ member: FailureCensus.Member) -> String? {
    switch rule {
    case .network: Subnet(of: member.instance.address.ip)?.description
    case .zone: member.instance.metadata["zone"]
    case .version: member.instance.metadata["version"]
    case .cluster: member.instance.address.cluster == InstanceAddress.defaultCluster ? nil : member.instance.address.cluster
    case .service: member.service.name
    }
  }
}
