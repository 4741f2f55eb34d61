import RegistryModel

/// Line 2, in every view: how bad is it, since when, and what changed last.
enum Verdict {
  static func draw(on frame: inout Frame, in line: Rect, _ state: ConsoleState) {
    var pieces = LineOfPieces()
    let totals = state.catalog.totals
    if let loss = state.mirror.loss {
      let age = Figures.duration(state.clock.age(since: loss.since))
      let at = Figures.clock(loss.since, utcOffset: state.utcOffset)
      pieces.add("LINK LOST \(age) ago", .lost, priority: 0, attributes: .bold)
      pieces.add("(\(at))", .lost, priority: 2)
      pieces.add(loss.why, .lost, priority: 3)
      pieces.addRight("below is OLD", .lost, priority: 1, short: "OLD")
      pieces.draw(on: &frame, in: line)
      return
    }
    guard state.mirror.hasSnapshot else { return }
    addStates(&pieces, totals, state)
    let down = totals.instances.enabled - totals.instances.serving
    let all = Readable.count(totals.instances.total)
    if down > 0 {
      pieces.add(
        "\(Readable.count(down))/\(all) down", .stateDown, priority: 2, short: "\(Readable.count(down)) down", shortens: 7)
    } else {
      pieces.add("\(all) instances", .dim, priority: 5)
    }
    if let oldest = state.mirror.faults.oldest {
      let age = Figures.lasted(state.now.age(since: oldest))
      pieces.add("oldest \(age)", .emphasis, priority: 1, short: age, shortens: 6)
    }
    if let news = state.mirror.journal.news {
      let age = Figures.ago(state.now.age(since: news.lastAt))
      pieces.addRight("last change \(age): \(news.headline)", .dim, priority: 5, short: "\(age): \(news.headline)", shortens: 8)
    }
    pieces.draw(on: &frame, in: line)
  }

  private static func addStates(_ pieces: inout LineOfPieces, _ totals: Catalog.Totals, _ console: ConsoleState) {
    var hasFaults = false
    for state in ServiceState.allCases where state.isFault && totals.count(state) > 0 {
      hasFaults = true
      let count = Readable.count(totals.count(state))
      pieces.add(
        "\(count) \(state.longWord)", state.role, priority: 0,
        short: "\(count)\(state == .gone ? "gone" : console.sign(state.symbol))", shortens: state == .degraded ? 4 : 3,
        attributes: .bold)
    }
    if !hasFaults {
      pieces.add("all \(Readable.count(totals.services)) services ok", .stateOK, priority: 0, short: "all ok")
    }
  }
}

extension EventGroup {
  /// In a few words: `4 off by li.w`, `37 down in 10.8.3.0/24`, `switch pushEnabled by li.w`.
  var headline: String {
    var text = count > 1 || !addresses.isEmpty ? "\(count) \(verb.short)" : verb.short
    if addresses.isEmpty, services.count == 1, let service = services.first { text = "\(verb.short) \(service.name)" }
    if let subject { text = "\(verb.short) \(subject)" }
    if origin.isOperator { return "\(text) by \(origin.who)" }
    if let network, count > 2 { return "\(text) in \(network.description)" }
    return text
  }
}
