import RegistryModel

/// Who subscribes, what each was told, and whether it answered.
struct SubscribersScreen: ListScreen {
  /// Nil for those of all services.
  let service: ServiceKey?

  /// How many are asked for; beyond that the view says how many there are.
  static let limit = 2_000
  /// Seconds between questions, beside those that a push digest causes.
  private static let period: Int64 = 5

  var table: Table<SubscriberSubject> { SubscriberColumns.table }

  private func page(_ state: ConsoleState) -> SubscriberPage? {
    guard let hot = state.hot.subscribers, hot.service == service else { return nil }
    return hot.page
  }

  func keys(_ state: ConsoleState) -> [RowKey] { page(state)?.subscribers.map { .subscriber($0.subscriber) } ?? [] }

  func subject(_ key: RowKey, _ state: ConsoleState) -> SubscriberSubject? {
    guard case .subscriber(let subscriber) = key, let found = state.hot.subscriber(subscriber) else { return nil }
    return SubscriberSubject(state: found, current: state.hot.currentRevision(of: subscriber.service))
  }

  /// The list comes by answers, and is built anew with each.
  func affected(by changes: MirrorChanges, _ state: ConsoleState) -> [RowKey]? { changes.isEverything ? nil : [] }

  func hiddenColumns(_ state: ConsoleState) -> Set<String> { service == nil ? [] : ["service"] }

  func symbol(_ subject: SubscriberSubject, _ key: RowKey, _ state: ConsoleState) -> (symbol: Symbol, role: Role) {
    switch SubscriberColumns.rank(subject.state, current: subject.current) {
    case .failing: (.down, .stateDown)
    case .behind: (.degraded, .stateDegraded)
    case .waiting: (.pending, .statePending)
    case .idle: (.empty, .stateEmpty)
    case .acknowledged: (.ok, .stateOK)
    }
  }

  func isFault(_ subject: SubscriberSubject) -> Bool {
    SubscriberColumns.rank(subject.state, current: subject.current).rawValue <= SubscriberColumns.Rank.behind.rawValue
  }

  func texts(_ subject: SubscriberSubject, _ state: ConsoleState) -> [String] {
    let subscriber = subject.state.subscriber
    return [
      subscriber.hostAndPort, subscriber.app, subscriber.agent, subscriber.service.name,
      SubscriberColumns.result(subject.state, current: subject.current).text,
    ]
  }

  var filterSchema: FilterSchema {
    FilterSchema(fields: [
      "ip": .text, "app": .text, "client": .text, "service": .text, "ns": .text, "result": .text, "err": .number,
      "acked": .number, "told": .number, "push": .duration,
    ])
  }

  func value(of field: String, _ subject: SubscriberSubject, _ state: ConsoleState) -> FilterValue? {
    let subscriber = subject.state.subscriber
    switch field {
    case "ip": return .text(subscriber.ip)
    case "app": return .text(subscriber.app)
    case "client": return .text(subscriber.agent)
    case "service": return .texts([subscriber.service.name, subscriber.service.grouped])
    case "ns": return .text(subscriber.service.namespace)
    case "result": return .texts(words(subject))
    case "err": return .number(Double(subject.state.failures))
    case "acked": return .number(Double(subject.state.acknowledgedRevision))
    case "told": return .number(Double(subject.state.toldHosts))
    case "push": return subject.state.pushedAt.map { .number(ServiceFields.seconds($0, state)) }
    default: return nil
    }
  }

  private func words(_ subject: SubscriberSubject) -> [String] {
    switch SubscriberColumns.rank(subject.state, current: subject.current) {
    case .failing: ["failing", "noack", "timeout"]
    case .behind: ["behind"]
    case .waiting: ["waiting", "sent"]
    case .idle: ["idle"]
    case .acknowledged: ["ok"]
    }
  }

  func queries(_ state: ConsoleState, isOpening: Bool) -> [Query] {
    let query = Query.subscribers(service, offset: 0, limit: Self.limit)
    if isOpening { return [query] }
    let age = state.hot.subscribers.map { state.clock.age(since: $0.at) } ?? .max
    let isTouched = state.hot.isTouched(service)
    return isTouched || age >= Self.period * 1000 ? [query] : []
  }

  // Drawing.

  private func parts(_ body: Rect, _ state: ConsoleState) -> (summary: Rect, list: Rect, trace: Rect) {
    guard state.layout.isBoxed else {
      let (summary, list) = body.split(top: body.rows >= 8 ? 1 : 0)
      return (summary, list, body.split(top: 0).top)
    }
    let (summary, rest) = body.split(top: 2)
    let (list, trace) = rest.split(bottom: body.rows >= 22 ? 7 : body.rows >= 16 ? 4 : 0)
    return (summary, list, trace)
  }

  func listHeight(in body: Rect, _ state: ConsoleState) -> Int {
    parts(body, state).list.rows - (state.layout.isBoxed ? 3 : 1)
  }

  func draw(_ visit: Visit, on frame: inout Frame, in body: Rect, _ state: ConsoleState) {
    let parts = parts(body, state)
    drawSummary(on: &frame, in: parts.summary, state)
    var inside = parts.list
    if state.layout.isBoxed {
      inside = frame.box(
        parts.list, title: "Subscribers", note: visit.list.position(height: listHeight(in: body, state)),
        style: Style(.borderFocus))
    }
    drawTable(visit.list, on: &frame, in: inside, state)
    if parts.trace.rows >= 3 { PushTrace.draw(state.detail, on: &frame, in: parts.trace, state) }
  }

  private func drawSummary(on frame: inout Frame, in rect: Rect, _ state: ConsoleState) {
    guard !rect.isEmpty else { return }
    if let (_, error) = state.hot.refusals.first(where: { if case .subscribers = $0.key { true } else { false } }) {
      frame.put("not answered: \(error)", row: 0, column: 1, style: Style(.error), in: rect)
      return
    }
    guard let page = page(state) else {
      frame.put("asking who subscribes", row: 0, column: 1, style: Style(.dim), in: rect)
      return
    }
    if let key = service, let found = state.catalog[key] {
      let digest = SubscriberDigest(page, current: state.hot.currentRevision(of: key))
      frame.put(digest.sentence, row: 0, column: 1, style: Style(digest.failing > 0 ? .stateDegraded : .base), in: rect)
      let told = found.isProtected && found.seen > found.counts.serving ? " (protection: the dead are told of as well)" : ""
      frame.put(
        "newest list: \(found.seen) healthy of \(found.counts.total)\(told)", row: 1, column: 1, style: Style(.dim), in: rect)
    } else {
      frame.put("\(Readable.count(page.total)) subscriptions in all", row: 0, column: 1, in: rect)
      if page.total > page.subscribers.count {
        frame.put("the first \(page.subscribers.count) are shown", row: 1, column: 1, style: Style(.dim), in: rect)
      }
    }
  }
}

/// What one subscriber was told of the last changes of its service.
enum PushTrace {
  static func draw(_ key: RowKey?, on frame: inout Frame, in rect: Rect, _ state: ConsoleState) {
    guard case .subscriber(let subscriber)? = key, let found = state.hot.subscriber(subscriber) else {
      let inside = frame.box(rect, title: "Told")
      frame.put("what the subscriber under the cursor was told stands here", row: 0, column: 1, style: Style(.dim), in: inside)
      return
    }
    let inside = frame.box(
      rect, title: "What \(subscriber.hostAndPort) was told", note: SubscriberColumns.agent(subscriber.agent))
    let lines = lines(found, state)
    for (index, spans) in lines.enumerated().prefix(inside.rows) { frame.put(spans, row: index, column: 1, in: inside) }
  }

  private static func lines(_ subscriber: SubscriberState, _ state: ConsoleState) -> [[Span]] {
    var lines: [[Span]] = []
    for commit in state.mirror.journal.commits.reversed() {
      guard commit.changes.contains(where: { $0.pushedService == subscriber.subscriber.service }) else { continue }
      let at = Figures.moment(commit.at, now: state.now, utcOffset: state.utcOffset)
      let facts = commit.facts.filter { $0.service == subscriber.subscriber.service }
      let what = facts.first.map { "\($0.verb.title) \($0.address?.hostAndPort ?? "") \($0.detail)" } ?? ""
      lines.append([
        Span("\(at) rev \(commit.revision)  ", .dim), outcome(of: commit.revision, subscriber),
        Span("\(commit.who) \(what)"),
      ])
      if lines.count == 12 { break }
    }
    return lines.isEmpty ? [[Span("its service has not changed since what is remembered", .dim)]] : lines
  }

  private static func outcome(of revision: Revision, _ subscriber: SubscriberState) -> Span {
    if revision <= subscriber.acknowledgedRevision { return Span("acknowledged  ", .stateOK) }
    guard revision <= subscriber.pushedRevision else { return Span("not sent      ", .dim) }
    return subscriber.outcome == .failed ? Span("NO ACK        ", .stateDown) : Span("sent          ", .statePending)
  }
}
