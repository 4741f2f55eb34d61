import RegistryModel

/// The first view: what is broken, worst and oldest first; what changed; how it has been going; push; and what the failures
/// have in common.
struct PulseScreen: ListScreen {
  var table: Table<Service> { Self.table }

  func keys(_ state: ConsoleState) -> [RowKey] { state.mirror.faults.faults.keys.map(RowKey.service) }

  func subject(_ key: RowKey, _ state: ConsoleState) -> Service? {
    guard case .service(let service) = key else { return nil }
    return state.catalog[service]
  }

  func belongs(_ subject: Service, _ state: ConsoleState) -> Bool { subject.state.isFault }

  func affected(by changes: MirrorChanges, _ state: ConsoleState) -> [RowKey]? {
    changes.isEverything ? nil : changes.services.map(RowKey.service)
  }

  func exists(_ key: RowKey, _ state: ConsoleState) -> Bool { key.service.map { state.mirror.faults.faults[$0] != nil } ?? false }

  func hiddenColumns(_ state: ConsoleState) -> Set<String> { state.catalog.namespaceIDs.count > 1 ? [] : ["namespace"] }

  func symbol(_ subject: Service, _ key: RowKey, _ state: ConsoleState) -> (symbol: Symbol, role: Role) {
    (subject.state.symbol, subject.state.role)
  }

  func hasNote(_ subject: Service) -> Bool { subject.counts.marked > 0 }
  func isFault(_ subject: Service) -> Bool { true }

  func texts(_ subject: Service, _ state: ConsoleState) -> [String] {
    ServicesScreen(namespace: nil).texts(subject, state)
  }

  var filterSchema: FilterSchema { ServiceFields.schema }

  func value(of field: String, _ subject: Service, _ state: ConsoleState) -> FilterValue? {
    ServiceFields.value(of: field, subject, state)
  }

  func queries(_ state: ConsoleState, isOpening: Bool) -> [Query] {
    let age = state.hot.metricsAt.map { state.clock.age(since: $0) } ?? .max
    // A registry that has just begun has nothing to show of its own; what was before it may be kept.
    let older = state.mirror.journal.news == nil ? state.olderEvents : []
    return (isOpening || age >= 5_000 ? [.metrics] : []) + older
  }

  func listHeight(in body: Rect, _ state: ConsoleState) -> Int {
    let layout = PulseLayout(body, state)
    return layout.broken.rows - (layout.isBoxed ? 3 : 1)
  }

  func draw(_ visit: Visit, on frame: inout Frame, in body: Rect, _ state: ConsoleState) {
    let layout = PulseLayout(body, state)
    drawBroken(visit, layout, on: &frame, state)
    ChangedPanel.draw(on: &frame, in: layout.changed, state)
    HealthPanel.draw(on: &frame, in: layout.health, state)
    RegistryPanel.draw(on: &frame, in: layout.registry, state)
    drawPush(on: &frame, in: layout.push, state)
    drawFoot(on: &frame, in: layout.foot, state)
  }

  private func drawBroken(_ visit: Visit, _ layout: PulseLayout, on frame: inout Frame, _ state: ConsoleState) {
    var inside = layout.broken
    if layout.isBoxed {
      inside = frame.box(
        layout.broken, title: "What is broken", note: visit.list.position(height: layout.broken.rows - 3),
        style: Style(.borderFocus))
    }
    guard visit.list.rows.isEmpty, state.mirror.hasSnapshot, visit.list.filter == nil else {
      drawTable(visit.list, on: &frame, in: inside, state)
      return
    }
    let services = Readable.count(state.catalog.totals.services)
    frame.put(
      "nothing is broken: all \(services) services are as they should be", row: 1, column: 2, style: Style(.stateOK), in: inside)
  }

  private func drawPush(on frame: inout Frame, in rect: Rect, _ state: ConsoleState) {
    guard !rect.isEmpty else { return }
    let figures = PushFigures(state)
    guard rect.rows >= 3 else {
      figures.line().draw(on: &frame, in: rect.line(0))
      return
    }
    let inside = frame.box(rect, title: "Push")
    if let refusal = state.mirror.capabilities?.refusals[.pushState] {
      frame.put("not known: \(refusal)", row: 0, column: 1, style: Style(.dim), in: inside)
      return
    }
    figures.line().draw(on: &frame, in: inside.line(0))
    guard inside.rows >= 3 else { return }
    let columns = max(10, inside.columns - 30)
    let strip = Bars.strip(Buckets.sums(figures.failed, columns: columns), frame.glyphs)
    frame.put([Span("fail ", .dim), Span(strip, .graphHigh), Span("  30m", .dim)], row: 1, column: 1, in: inside)
    if let worst = figures.digest.failing.first {
      let subscriber = worst.subscriber
      let text =
        "worst \(subscriber.hostAndPort) \(SubscriberColumns.agent(subscriber.agent)) for \(subscriber.service.name): "
        + "no answer x\(worst.failuresInARow)"
      frame.put(text, row: 2, column: 1, style: Style(.stateDegraded), in: inside)
    } else {
      frame.put("every subscriber answers", row: 2, column: 1, style: Style(.dim), in: inside)
    }
  }

  private func drawFoot(on frame: inout Frame, in rect: Rect, _ state: ConsoleState) {
    guard !rect.isEmpty else { return }
    let inner = rect.columns > 50 ? rect.inset(rows: 0, columns: 1) : rect
    var lines: [(String, Role)] = []
    if let cause = state.commonCause {
      lines.append((rect.columns >= 70 ? cause.sentence(utcOffset: state.utcOffset) : cause.short, .emphasis))
    } else if !state.mirror.faults.faults.isEmpty {
      lines.append(("the failures have nothing in common that stands out", .dim))
    }
    if rect.rows >= 2 {
      let totals = state.catalog.totals
      lines.append(
        (
          "\(Readable.count(totals.services)) services  \(Readable.count(totals.instances.total)) instances  "
            + "\(Readable.count(totals.subscribers)) subscribers  \(Readable.count(state.catalog.namespaceIDs.count)) namespaces",
          .dim
        ))
    }
    for (index, line) in lines.enumerated().prefix(rect.rows) {
      frame.put(line.0, row: index, column: 0, style: Style(line.1), in: inner)
    }
  }

  static let table = Table<Service>(
    columns: ServicesScreen.table.columns.filter {
      ["state", "namespace", "name", "up", "seen", "since", "subscribers"].contains($0.id)
    },
    defaultSort: SortChoice(column: "state"))
}

/// Where the panels of the pulse stand; small screens have the first one only.
struct PulseLayout {
  var broken: Rect
  var changed: Rect
  var health: Rect
  var registry: Rect
  var push: Rect
  var foot: Rect
  var isBoxed: Bool

  init(_ body: Rect, _ state: ConsoleState) {
    isBoxed = state.layout.isBoxed
    let none = body.split(top: 0).top
    (changed, health, registry, push) = (none, none, none, none)
    guard isBoxed else {
      (broken, foot) = body.split(bottom: body.rows >= 7 ? 1 : 0)
      return
    }
    var rest = body
    (rest, foot) = rest.split(bottom: body.rows >= 20 ? 2 : 1)
    if body.rows >= 24 { (rest, push) = rest.split(bottom: 5) } else { (rest, push) = rest.split(bottom: 1) }
    if body.rows >= 18 {
      let health = body.rows >= 24 ? 6 : 5
      (rest, self.health) = rest.split(bottom: health)
      if body.columns >= 96 { (self.health, registry) = self.health.split(right: body.columns / 4) }
    }
    broken = rest
    if body.columns >= 96 { (broken, changed) = rest.split(right: body.columns * 36 / 100) }
  }
}
