import RegistryModel

/// What changed in the last quarter of an hour, newest first.
enum ChangedPanel {
  private static let span: Int64 = 15 * 60_000

  static func draw(on frame: inout Frame, in rect: Rect, _ state: ConsoleState) {
    guard rect.rows >= 3 else { return }
    let inside = frame.box(rect, title: "What changed (15 min)")
    let since = WallTime(milliseconds: state.now.milliseconds - span)
    // A single instance that comes or goes is daily life; a dozen in one go is a deployment.
    let groups = state.mirror.journal.groups(since: since).filter { group in
      group.severity != .info || (group.count > 2 && group.verb != .subscribe && group.verb != .unsubscribe)
    }
    if groups.isEmpty { frame.put("nothing", row: 0, column: 0, style: Style(.dim), in: inside) }
    var row = 0
    for group in groups {
      guard row < inside.rows else { return }
      let at = Figures.clock(group.firstAt, utcOffset: state.utcOffset)
      let count = group.count > 1 ? " x\(group.count)" : ""
      frame.put(
        [
          Span("\(at) ", .dim), Span("\(group.who.padding(to: 7))", group.severity.role),
          Span("\(group.verb.title)\(count)", group.severity.role),
        ], row: row, column: 0, in: inside)
      row += 1
      guard row < inside.rows else { return }
      frame.put("         \(summary(group, state))", row: row, column: 0, in: inside)
      row += 1
    }
  }
}

extension ChangedPanel {
  /// `order-core 1.00 -> 0.20`, `4 services in 10.8.3.0/24`: what a narrow panel has room for.
  private static func summary(_ group: EventGroup, _ state: ConsoleState) -> String {
    let network = group.count > 2 ? group.network.map { "in \($0.description)" } ?? "" : ""
    let place: String
    if let subject = group.subject {
      place = subject
    } else if group.services.count > 1 {
      place = "\(group.services.count) services"
    } else {
      place = group.services.first?.name ?? ""
    }
    return [place, group.detail.isEmpty ? network : group.detail].filter { !$0.isEmpty }.joined(separator: " ")
  }
}

/// Healthy, unhealthy and taken out, over half an hour.
enum HealthPanel {
  static func draw(on frame: inout Frame, in rect: Rect, _ state: ConsoleState) {
    guard rect.rows >= 3 else { return }
    let samples = state.mirror.timeline.samples
    let columns = max(10, min(Timeline.capacity, rect.columns - 38))
    let per = (Timeline.capacity + columns - 1) / columns * Int(Timeline.span) / 1000
    let inside = frame.box(rect, title: "Health, 30 min (1 col = \(per) s)")
    let width = Timeline.capacity / ((Timeline.capacity + columns - 1) / columns)
    let healthy = samples.map { Double($0.healthy) }
    let lows = Buckets.lows(healthy, columns: columns)
    let counts = state.catalog.totals.instances
    // Of thousands a few dozen are not to be seen: the strip shows what lies between the lowest and the highest.
    let floor = (healthy.min() ?? 0) - max(1, ((healthy.max() ?? 0) - (healthy.min() ?? 0)) / 6)
    line(0, "healthy", counts.healthy, lows.map { $0 - floor }, "min \(Readable.count(Int(healthy.min() ?? 0)))", .stateOK)
    let unhealthy = samples.map { Double($0.unhealthy) }
    line(
      1, "unhealthy", counts.unhealthy, Buckets.peaks(unhealthy, columns: columns),
      "max \(Readable.count(Int(unhealthy.max() ?? 0)))", counts.unhealthy > 0 ? .stateDown : .dim)
    let disabled = samples.map { Double($0.disabled) }
    line(
      2, "offline", counts.disabled, Buckets.peaks(disabled, columns: columns),
      "max \(Readable.count(Int(disabled.max() ?? 0)))", .stateOff)
    rates(samples)

    func line(_ row: Int, _ name: String, _ count: Int, _ values: [Double], _ note: String, _ role: Role) {
      guard row < inside.rows else { return }
      let strip = Bars.strip(values, frame.glyphs)
      let gap = String(repeating: " ", count: max(0, width - values.count))
      let number = Readable.count(count)
      frame.put(
        [
          Span(" \(name.padding(to: 10))", .dim), Span(String(repeating: " ", count: max(0, 7 - number.count)) + number, role),
          Span("  \(gap)\(strip)", role), Span("  \(note)", .dim),
        ], row: row, column: 0, in: inside)
    }

    func rates(_ samples: [Timeline.Sample]) {
      guard inside.rows >= 4 else { return }
      let recent = samples.suffix(4)
      let seconds = Double(max(1, recent.count)) * Double(Timeline.span) / 1000
      func rate(_ value: (Timeline.Sample) -> Int) -> String {
        Readable.rate(Double(recent.reduce(0) { $0 + value($1) }) / seconds)
      }
      var pieces = LineOfPieces()
      pieces.add("reg \(rate(\.registered))", .dim, priority: 0)
      pieces.add("dereg \(rate(\.deregistered))", .dim, priority: 0)
      pieces.add("expired \(rate(\.expired))", .dim, priority: 0)
      pieces.add("turned down \(rate(\.turnedUnhealthy))", .dim, priority: 1)
      if let beats = state.hot.beatRate { pieces.add("beats \(Readable.rate(beats))", .dim, priority: 1) }
      pieces.draw(on: &frame, in: inside.line(3))
    }
  }
}

/// The registry itself.
enum RegistryPanel {
  static func draw(on frame: inout Frame, in rect: Rect, _ state: ConsoleState) {
    guard rect.rows >= 3, let capabilities = state.mirror.capabilities else { return }
    let inside = frame.box(rect, title: "Registry")
    var lines = [capabilities.server, "revision \(Readable.count(Int(clamping: state.catalog.revision)))"]
    if let metrics = state.hot.metrics {
      lines.insert(
        "up \(Figures.ago(state.now.age(since: metrics.startedAt)))  \(Readable.byteSize(Int(clamping: metrics.residentBytes)))",
        at: 1)
    }
    lines.append(capabilities.isEmbedded ? "in this process" : "remote")
    for (index, line) in lines.enumerated().prefix(inside.rows) {
      frame.put(" \(line)", row: index, column: 0, style: Style(.dim), in: inside)
    }
  }
}

extension HotFacts {
  /// Beats a second between the last two times that the registry was asked.
  var beatRate: Double? {
    guard let metrics, let metricsAt, let earlierMetrics, metrics.beats >= earlierMetrics.metrics.beats else { return nil }
    let milliseconds = metricsAt.age(since: earlierMetrics.at)
    guard milliseconds >= 500 else { return nil }
    return Double(metrics.beats - earlierMetrics.metrics.beats) * 1000 / Double(milliseconds)
  }
}
