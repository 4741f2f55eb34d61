import RegistryModel

/// The columns of subscribers, and what their push state means.
enum SubscriberColumns {
  /// How the last push went, worst first.
  enum Rank: Int { case failing, waiting, behind, idle, acknowledged }

  static func rank(_ subscriber: SubscriberState, current: Revision) -> Rank {
    switch subscriber.outcome {
    case .failed: .failing
    case .waiting, .retrying: .waiting
    case .idle: .idle
    case .acknowledged: subscriber.acknowledgedRevision < current && subscriber.acknowledgedRevision > 0 ? .behind : .acknowledged
    }
  }

  static func result(_ subscriber: SubscriberState, current: Revision) -> CellText {
    switch rank(subscriber, current: current) {
    case .failing: CellText("NO ACK x\(max(1, subscriber.failuresInARow))", .stateDown)
    case .waiting: CellText(subscriber.outcome == .retrying ? "sent again" : "sent", .statePending)
    case .behind: CellText("behind", .stateDegraded)
    case .idle: CellText("nothing sent", .dim)
    case .acknowledged:
      CellText("ok" + (subscriber.roundTrip.map { " \(Readable.latency(.microseconds($0)))" } ?? ""), .stateOK)
    }
  }

  static let table = Table<SubscriberSubject>(
    columns: [
      Column(
        id: "address", title: "SUBSCRIBER", width: 15...21, priority: 0, isAnchored: true, isStretchy: true, cut: .middle,
        letter: "N", cell: { subject, _ in CellText(subject.state.subscriber.hostAndPort, .address) },
        order: { SortKey(text: $0.state.subscriber.hostAndPort) }),
      Column(
        id: "result", title: "RESULT", width: 12...14, priority: 0, letter: "R",
        cell: { subject, _ in result(subject.state, current: subject.current) },
        order: { SortKey(Double(rank($0.state, current: $0.current).rawValue), -Double($0.state.failuresInARow)) }),
      Column(
        id: "service", title: "SERVICE", width: 10...24, priority: 1, cut: .middle, letter: "S",
        cell: { subject, _ in CellText(subject.state.subscriber.service.name) },
        order: { SortKey(text: $0.state.subscriber.service.grouped) }),
      Column(
        id: "revision", title: "ACKED", width: 7...9, priority: 2, alignment: .right, letter: "V", startsDescending: true,
        cell: { subject, _ in revision(subject) }, order: { SortKey(Double($0.state.acknowledgedRevision)) }),
      Column(
        id: "sent", title: "SENT", width: 7...9, priority: 6, isWide: true, alignment: .right,
        cell: { subject, _ in
          subject.state.pushedRevision == 0 ? .none : CellText(String(subject.state.pushedRevision), .dim)
        }, order: { SortKey(Double($0.state.pushedRevision)) }),
      Column(
        id: "told", title: "TOLD", width: 5...5, priority: 4, alignment: .right,
        cell: { subject, _ in subject.state.pushedRevision == 0 ? .none : CellText(String(subject.state.toldHosts), .number) },
        order: { SortKey($0.state.toldHosts) }),
      Column(
        id: "push", title: "LAST PUSH", width: 9...9, priority: 3, alignment: .right, letter: "L", startsDescending: true,
        cell: { subject, state in
          subject.state.pushedAt.map { CellText(Figures.ago(state.now.age(since: $0)), .dim) } ?? .none
        }, order: { SortKey(Double($0.state.pushedAt?.milliseconds ?? 0)) }),
      Column(
        id: "failures", title: "LOST", width: 4...6, priority: 5, alignment: .right, letter: "F", startsDescending: true,
        cell: { subject, _ in Cells.count(subject.state.failures, .stateDown) }, order: { SortKey($0.state.failures) }),
      Column(
        id: "app", title: "APP", width: 8...14, priority: 5, letter: "A",
        cell: { subject, _ in CellText(subject.state.subscriber.app) }, order: { SortKey(text: $0.state.subscriber.app) }),
      Column(
        id: "agent", title: "CLIENT", width: 12...26, priority: 7, cut: .middle,
        cell: { subject, _ in CellText(agent(subject.state.subscriber.agent), .dim) },
        order: { SortKey(text: $0.state.subscriber.agent) }),
      Column(
        id: "polled", title: "POLLED", width: 6...6, priority: 8, alignment: .right,
        cell: { subject, state in CellText(Figures.ago(state.now.age(since: subject.state.refreshedAt)), .dim) },
        order: { SortKey(Double($0.state.refreshedAt.milliseconds)) }),
      Column(
        id: "clusters", title: "CLUSTERS", width: 8...14, priority: 10, isWide: true,
        cell: { subject, _ in CellText(subject.state.subscriber.clusters, .dim) },
        order: { SortKey(text: $0.state.subscriber.clusters) }),
    ], defaultSort: SortChoice(column: "result"))

  private static func revision(_ subject: SubscriberSubject) -> CellText {
    let state = subject.state
    guard state.acknowledgedRevision > 0 else { return .none }
    let isBehind = state.acknowledgedRevision < subject.current
    return CellText(String(state.acknowledgedRevision), isBehind ? .stateDegraded : .number)
  }

  /// `Nacos-Java-Client:v1.4.8` without what all of them begin with.
  static func agent(_ agent: String) -> String {
    agent.hasPrefix("Nacos-") ? String(agent.dropFirst("Nacos-".count)) : agent
  }
}

struct SubscriberSubject: Sendable {
  var state: SubscriberState
  /// The revision that it should have been told.
  var current: Revision
}

/// Subscribers in numbers.
struct SubscriberDigest: Hashable, Sendable {
  var total: Int
  var known: Int
  var acknowledged = 0
  var behind = 0
  var waiting = 0
  var failing = 0
  var idle = 0

  init(_ page: SubscriberPage, current: Revision) {
    total = page.total
    known = page.subscribers.count
    for subscriber in page.subscribers {
      switch SubscriberColumns.rank(subscriber, current: current) {
      case .failing: failing += 1
      case .waiting: waiting += 1
      case .behind: behind += 1
      case .idle: idle += 1
      case .acknowledged: acknowledged += 1
      }
    }
  }

  var sentence: String {
    var parts = ["\(Readable.count(total)) subscribe"]
    parts.append("\(acknowledged) acknowledged the newest list")
    if behind > 0 { parts.append("\(behind) acknowledged an older one only") }
    if waiting > 0 { parts.append("\(waiting) have not answered yet") }
    if failing > 0 { parts.append("\(failing) did not answer at all") }
    if idle > 0 { parts.append("\(idle) were sent nothing since they subscribed") }
    if known < total { parts.append("of the first \(known)") }
    return parts.joined(separator: ", ")
  }
}
