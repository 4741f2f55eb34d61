import RegistryModel

/// What probing an instance has shown, in words.
enum ProbeLines {
  static func write(_ key: InstanceKey, _ state: ConsoleState, _ page: inout TextPage) {
    if let cluster = state.hot.probes.flatMap({ $0.service == key.service ? $0.clusters : nil })?
      .first(where: { $0.name == key.address.cluster })
    {
      switch cluster.state {
      case .probed: page.field("probed every", Readable.latency(.milliseconds(cluster.stretchedInterval)))
      case .byHand: page.field("probed", "no: checker NONE, health is set by hand")
      case .switchedOff: page.field("probed", "no: the switch healthCheckEnabled is off", .stateDegraded)
      }
    }
    guard let probes = state.hot.probes(key) else { return }
    page.field("probes", probes.sentence(state) + probes.outlook(state), probes.results.last?.shortText.role ?? .base)
    for result in probes.results.reversed() {
      let at = Figures.clock(result.at, utcOffset: state.utcOffset)
      page.add("\(at)  \(result.reason)  \(Readable.latency(.microseconds(result.cost)))", result.shortText.role)
    }
  }
}

extension InstanceProbes {
  /// `connection refused x74 since 02:14:19`. That all is well is not counted: it would be told anew with every probe.
  func sentence(_ state: ConsoleState) -> String {
    guard let last = results.last else { return "not probed yet" }
    var text = "probe: \(last.reason)"
    if streak > 1, last.verdict != .ok { text += " x\(streak)" }
    if let streakSince { text += " since \(Figures.moment(streakSince, now: state.now, utcOffset: state.utcOffset))" }
    return text
  }

  /// `, next in 4s`.
  func outlook(_ state: ConsoleState) -> String {
    if isUnderWay { return ", one is under way" }
    guard let next, next > state.now else { return "" }
    return ", next in \(Figures.age(next.age(since: state.now)))"
  }
}

extension ProbeResult {
  /// In a narrow column.
  var shortText: CellText {
    switch verdict {
    case .ok: CellText("ok \(Readable.steadyLatency(.microseconds(cost)))", .stateOK)
    case .fail, .failNow: CellText(reason.short, .stateDown)
    case .unjudged: CellText(reason.short, .stateUnknown)
    }
  }
}

extension ProbeReason {
  /// In at most twelve columns.
  var short: String {
    switch self {
    case .answered: "answered"
    case .status(let status): "HTTP \(status)"
    case .refused: "refused"
    case .timedOut: "timeout"
    case .network(let code): "errno \(code)"
    case .closed: "closed"
    case .malformed: "bad answer"
    case .databaseError(let code): "SQL \(code)"
    case .readOnly: "read-only"
    case .unknownHost: "no host"
    case .resolving: "resolving"
    case .forbidden: "forbidden"
    case .heldUp: "held up"
    case .exhausted(let code): "out of \(code)"
    case .misconfigured: "bad check"
    case .unsupportedLogin: "bad login"
    }
  }
}
