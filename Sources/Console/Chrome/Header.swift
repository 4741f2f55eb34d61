import RegistryModel

/// Line 1: where am I, and can I trust what I see.
enum Header {
  static func draw(on frame: inout Frame, in line: Rect, _ state: ConsoleState) {
    frame.fill(line, style: Style(.header))
    var pieces = LineOfPieces()
    let capabilities = state.mirror.capabilities
    pieces.add("muster", .header, priority: 5)
    if let capabilities {
      pieces.add(capabilities.address, .headerValue, priority: 4)
      if capabilities.isDemo { pieces.add("[DEMO]", .accent, priority: 1) }
      if !capabilities.isEmbedded { pieces.add(capabilities.server, .header, priority: 7) }
    }
    pieces.add("ns:\(state.namespaceLabel)", .headerValue, priority: 2, short: state.namespaceLabel)
    // Without a line of crumbs this is the only place that says what one looks at.
    if state.layout.crumbs.isEmpty { pieces.add(state.place.crumb, .crumbActive, priority: 1) }
    addLink(&pieces, state)
    pieces.addRight(Figures.clock(state.clock, utcOffset: state.utcOffset), .header, priority: 3)
    pieces.draw(on: &frame, in: line)
  }

  private static func addLink(_ pieces: inout LineOfPieces, _ state: ConsoleState) {
    if let loss = state.mirror.loss {
      let age = Figures.duration(state.clock.age(since: loss.since))
      pieces.addRight("STALE \(age)", .lost, priority: 0)
      let retry = Figures.duration(max(0, loss.retryAt.milliseconds - state.clock.milliseconds + 999))
      pieces.addRight("retry \(loss.attempt + 1) in \(retry)  (r: now)", .stale, priority: 6, short: "(r: retry)")
      return
    }
    guard state.mirror.hasSnapshot else {
      pieces.addRight("CONNECTING", .stale, priority: 0)
      return
    }
    if state.mirror.capabilities?.isEmbedded == true {
      pieces.addRight("LIVE", .live, priority: 0)
      return
    }
    let age = state.mirror.heardAt.map { state.clock.age(since: $0) } ?? 0
    let isStale = age > staleAfter
    // Fresh is fresh: an age that is told anew every second would draw the eye for nothing.
    let freshness = isStale ? "STALE \(Figures.age(age))" : "LIVE <\(Figures.age(staleAfter))"
    pieces.addRight(freshness, isStale ? .stale : .live, priority: 0)
    if case .live(_, let roundTrip?) = state.mirror.link {
      pieces.addRight("rtt \(Readable.steadyLatency(.microseconds(roundTrip)))", .header, priority: 6)
    }
  }

  /// Milliseconds without a word from a remote registry after which its data is called stale.
  private static let staleAfter: Int64 = 5_000
}

extension ConsoleState {
  var namespaceLabel: String { namespace.map { catalog.title(ofNamespace: $0) } ?? "all" }
}

extension Catalog {
  /// The name that somebody gave to the namespace, else its id.
  func title(ofNamespace id: String) -> String {
    guard let name = namespaces[id]?.name, !name.isEmpty else { return id }
    return name
  }
}
