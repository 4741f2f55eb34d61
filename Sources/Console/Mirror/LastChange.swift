import RegistryModel

/// What happened last to one service, with like things shortly before it counted in.
struct LastChange: Hashable, Sendable {
  var verb: EventVerb
  var who: String
  var at: WallTime
  var count: Int

  /// Takes the next fact; one that is nobody's concern later on (a subscription) leaves this as it is.
  static func following(_ previous: LastChange?, _ fact: EventFact, who: String, at time: WallTime) -> LastChange? {
    if fact.verb == .subscribe || fact.verb == .unsubscribe { return previous }
    // A registration makes its service and cluster; the registration is the news.
    if fact.verb == .serviceCreated || fact.verb == .clusterChanged, let previous, previous.at == time { return previous }
    let isSame =
      previous.map { $0.verb == fact.verb && $0.who == who && time.age(since: $0.at) <= EventGroup.pause } ?? false
    return LastChange(verb: fact.verb, who: who, at: time, count: isSame ? (previous?.count ?? 0) + 1 : 1)
  }

  /// `off x4`.
  var text: String { count > 1 ? "\(verb.short) x\(count)" : verb.short }
}
