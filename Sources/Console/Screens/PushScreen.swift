import RegistryModel

/// Push as a whole, or of one service: how many datagrams, how fast, who does not answer; and for a service, revision by
/// revision, how many have acknowledged it.
struct PushScreen: TextScreen {
  let service: ServiceKey?

  var title: String { service.map { "Push of \($0.name)" } ?? "Push" }

  func queries(_ state: ConsoleState, isOpening: Bool) -> [Query] {
    SubscribersScreen(service: service).queries(state, isOpening: isOpening)
  }

  func page(_ state: ConsoleState) -> TextPage {
    var page = TextPage()
    if let refusal = state.mirror.capabilities?.refusals[.pushState] {
      page.add("this registry does not tell: \(refusal)", .stateUnknown)
      return page
    }
    PushFigures(state).write(to: &page, columns: min(90, max(20, state.size.columns - 26)), state)
    if let service { revisions(of: service, state, &page) }
    failing(state, &page)
    return page
  }

  private func failing(_ state: ConsoleState, _ page: inout TextPage) {
    page.head(service == nil ? "Subscribers that do not answer" : "Its subscribers that do not answer")
    let hot = state.hot.subscribers.flatMap { $0.service == service ? $0.page.subscribers : nil } ?? []
    let known = hot.filter { $0.outcome == .failed }
    let digest = state.mirror.push.failing.filter { service == nil || $0.subscriber.service == service }
    let all = (known.isEmpty ? digest : known).sorted { ($1.failuresInARow, $0.subscriber) < ($0.failuresInARow, $1.subscriber) }
    if all.isEmpty { page.add("none", .stateOK) }
    for subscriber in all.prefix(40) {
      let since = subscriber.acknowledgedAt.map { "last answer \(Figures.ago(state.now.age(since: $0))) ago" } ?? "never answered"
      page.add([
        Span(subscriber.subscriber.hostAndPort.padding(to: 22), .address),
        Span(subscriber.subscriber.app.padding(to: 14)),
        Span(SubscriberColumns.agent(subscriber.subscriber.agent).padding(to: 22), .dim),
        Span("NO ACK x\(subscriber.failuresInARow)  ", .stateDown),
        Span("\(since), believes revision \(subscriber.acknowledgedRevision)"),
        Span(service == nil ? "  \(subscriber.subscriber.service.name)" : "", .dim),
      ])
    }
    if all.count > 40 { page.add("and \(all.count - 40) more: s lists them", .dim) }
  }

  /// The last revisions that subscribers had to be told, newest first.
  private func revisions(of service: ServiceKey, _ state: ConsoleState, _ page: inout TextPage) {
    page.head("Who has acknowledged what")
    guard let hot = state.hot.subscribers, hot.service == service else {
      page.add("asking", .dim)
      return
    }
    let subscribers = hot.page.subscribers
    var count = 0
    for commit in state.mirror.journal.commits.reversed() {
      guard commit.changes.contains(where: { $0.pushedService == service }) else { continue }
      let at = Figures.moment(commit.at, now: state.now, utcOffset: state.utcOffset)
      let acknowledged = subscribers.count { $0.acknowledgedRevision >= commit.revision }
      let sent = subscribers.count { $0.acknowledgedRevision < commit.revision && $0.pushedRevision >= commit.revision }
      let fact = commit.facts.first { $0.service == service }
      let what = fact.map { "\($0.verb.title) \($0.address?.hostAndPort ?? "") \($0.detail)" } ?? ""
      page.add([
        Span("\(at.padding(to: 11))rev \(String(commit.revision).padding(to: 8))", .dim),
        Span(
          "acked \(acknowledged)/\(subscribers.count)".padding(to: 16),
          acknowledged == subscribers.count ? .stateOK : .stateDegraded),
        Span(sent > 0 ? "sent \(sent)".padding(to: 10) : String(repeating: " ", count: 10), .statePending),
        Span("\(commit.who) \(what)"),
      ])
      count += 1
      if count == 12 { break }
    }
    if count == 0 { page.add("it has not changed within what is remembered", .dim) }
  }
}

/// Push in numbers, from the digest and the timeline.
struct PushFigures {
  var digest: PushDigest
  /// A second, over the last minute.
  var pushedRate: Double
  var failedRate: Double
  var pushed: [Double]
  var failed: [Double]

  init(_ state: ConsoleState) {
    digest = state.mirror.push
    let samples = state.mirror.timeline.samples
    let recent = samples.suffix(4)
    let seconds = Double(max(1, recent.count)) * Double(Timeline.span) / 1000
    pushedRate = Double(recent.reduce(0) { $0 + $1.pushed }) / seconds
    failedRate = Double(recent.reduce(0) { $0 + $1.pushFailed }) / seconds
    pushed = samples.map { Double($0.pushed) }
    failed = samples.map { Double($0.pushFailed) }
  }

  var failedShare: Double? {
    let all = digest.acknowledged + digest.failed
    return all > 0 ? Double(digest.failed) / Double(all) : nil
  }

  static func latency(_ microseconds: Int64?) -> String {
    microseconds.map { Readable.latency(.microseconds($0)) } ?? "-"
  }

  /// `pushed 412/s  fail 9/s (2.1%)  pending 37  p50 4ms  p99 61ms  max 5.0s`.
  func line() -> LineOfPieces {
    var line = LineOfPieces()
    line.add("pushed \(Readable.rate(pushedRate))", .base, priority: 0)
    let share = failedShare.map { " (\(Figures.share($0)) of all)" } ?? ""
    line.add(
      "fail \(Readable.rate(failedRate))\(share)", failedRate > 0 ? .stateDown : .dim, priority: 0,
      short: "fail \(Readable.rate(failedRate))")
    line.add("pending \(Readable.count(digest.pending))", .base, priority: 1)
    line.add("p50 \(Self.latency(digest.roundTripMedian))", .number, priority: 2)
    line.add("p99 \(Self.latency(digest.roundTrip99))", .number, priority: 2)
    line.add("max \(Self.latency(digest.roundTripMax))", .number, priority: 3)
    line.addRight("\(Readable.count(digest.subscribers)) subscribers", .dim, priority: 4)
    return line
  }

  func write(to page: inout TextPage, columns: Int, _ state: ConsoleState) {
    page.head("Now")
    page.field("pushed", "\(Readable.rate(pushedRate))   \(Readable.count(Int(clamping: digest.pushed))) since the start")
    page.field("acknowledged", Readable.count(Int(clamping: digest.acknowledged)))
    page.field("sent again", Readable.count(Int(clamping: digest.retried)))
    let share = failedShare.map { "   \(Figures.share($0)) of all" } ?? ""
    page.field(
      "given up", "\(Readable.rate(failedRate))   \(Readable.count(Int(clamping: digest.failed))) since the start\(share)",
      digest.failed > 0 ? .stateDegraded : .base)
    page.field("on their way", Readable.count(digest.pending))
    page.field(
      "round trip",
      "p50 \(Self.latency(digest.roundTripMedian))  p99 \(Self.latency(digest.roundTrip99))  max \(Self.latency(digest.roundTripMax))"
    )
    page.head("30 minutes")
    let acknowledged = Bars.strip(Buckets.sums(pushed, columns: columns), state.glyphs)
    let lost = Bars.strip(Buckets.sums(failed, columns: columns), state.glyphs)
    page.add([Span("acknowledged".padding(to: 18), .metadataKey), Span(acknowledged, .graphLow)])
    page.add([Span("given up".padding(to: 18), .metadataKey), Span(lost, .graphHigh)])
  }
}

/// Brings samples to as many columns as there are.
enum Buckets {
  /// Sums; the newest at the right. With fewer samples than columns the left stays empty.
  static func sums(_ values: [Double], columns: Int) -> [Double] {
    reduce(values, columns: columns) { $0.reduce(0, +) }
  }

  /// The largest of each.
  static func peaks(_ values: [Double], columns: Int) -> [Double] {
    reduce(values, columns: columns) { $0.max() ?? 0 }
  }

  /// The smallest of each.
  static func lows(_ values: [Double], columns: Int) -> [Double] {
    reduce(values, columns: columns) { $0.min() ?? 0 }
  }

  private static func reduce(_ values: [Double], columns: Int, _ body: (ArraySlice<Double>) -> Double) -> [Double] {
    guard columns > 0, !values.isEmpty else { return [] }
    let per = (Timeline.capacity + columns - 1) / columns
    var result: [Double] = []
    var end = values.count
    while end > 0, result.count < columns {
      result.append(body(values[max(0, end - per)..<end]))
      end -= per
    }
    return result.reversed()
  }
}
