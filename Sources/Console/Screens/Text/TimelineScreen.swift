import RegistryModel

/// What happened to one object, newest first: commit by commit, with what was and what became.
struct TimelineScreen: TextScreen {
  let key: RowKey

  var title: String { "\(key.name): what happened" }

  private static let limit = 400

  func page(_ state: ConsoleState) -> TextPage {
    var page = TextPage()
    guard let service = key.service else {
      page.add("only services, instances and subscribers have a timeline", .dim)
      return page
    }
    history(of: service, state, &page)
    page.head("Commits, newest first")
    var count = 0
    for commit in state.mirror.journal.commits.reversed() {
      let facts = zip(commit.changes, commit.changes.map { EventFact($0, origin: commit.origin) })
      for (change, fact) in facts where fact.map({ concerns($0, change) }) ?? false {
        if let fact { line(fact, of: commit, state, &page) }
        count += 1
      }
      if count >= Self.limit { break }
    }
    if count == 0 { page.add("nothing is remembered of it", .dim) }
    if let oldest = state.mirror.journal.commits.first {
      page.head("Remembered since \(Figures.dateTime(oldest.at, utcOffset: state.utcOffset)) (revision \(oldest.revision))")
    }
    return page
  }

  private func history(of service: ServiceKey, _ state: ConsoleState, _ page: inout TextPage) {
    guard state.catalog[service] != nil else { return }
    let columns = min(60, max(20, state.size.columns - 30))
    let strip = ServiceHistory(service, state.mirror, now: state.now, columns: columns).strip(state.glyphs)
    page.head("Up, 30 minutes (x none, blank not remembered)")
    page.add([Span("-30m |", .dim), Span(strip, .graphHigh), Span("| now", .dim)])
  }

  private func concerns(_ fact: EventFact, _ change: Change) -> Bool {
    switch key {
    case .instance(let instance): fact.service == instance.service && fact.address == instance.address
    case .subscriber(let subscriber):
      if case .subscriber(subscriber, _) = change { true } else { fact.service == subscriber.service && fact.address != nil }
    default: fact.service == key.service
    }
  }

  private func line(_ fact: EventFact, of commit: Commit, _ state: ConsoleState, _ page: inout TextPage) {
    let at = Figures.moment(commit.at, now: state.now, utcOffset: state.utcOffset)
    let verb = fact.verb.title.padding(to: 13)
    let place = (fact.address?.hostAndPort ?? "").padding(to: 22)
    let reason = commit.reason.map { "  reason: \($0)" } ?? ""
    page.add([
      Span("\(at.padding(to: 10)) ", .dim), Span("\(commit.who.padding(to: 9)) ", fact.verb.severity.role),
      Span(verb, fact.verb.severity.role), Span(place, .address), Span("\(fact.detail)\(reason)"),
    ])
  }
}

extension String {
  /// With blanks at its end up to a width in columns, and one at least.
  func padding(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - TextWidth.of(self))) }
}
