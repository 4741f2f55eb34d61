public import RegistryModel

extension ConsoleState {
  /// Takes what happened at a moment, and says what is to be done about it.
  public mutating func update(_ input: ConsoleInput, at moment: Moment) -> [ConsoleEffect] {
    self.moment = moment
    if clock.milliseconds == 0 { clock = moment.wall }
    switch input {
    case .key(let key): return press(key)
    case .paste(let text): return paste(text)
    case .opened(let size, let glyphs):
      environment.glyphs = glyphs
      return resize(to: size)
    case .resize(let size): return resize(to: size)
    case .tick: return tick()
    case .wake: return rest()
    case .connected(let capabilities):
      mirror.connect(capabilities)
      return []
    case .feed(let event): return feed(event)
    case .answer(let query, let result):
      hot.take(query, result, at: moment.wall)
      noteAnswer(to: query, result)
      return []
    case .receipt(let id, let result): return receive(id, result)
    case .themes(let names): themes = names
    case .theme(let theme): self.theme = theme
    case .themeProblem(let text): say(text, .bad)
    case .notice(let text): say(text)
    }
    return []
  }

  private mutating func resize(to size: Size) -> [ConsoleEffect] {
    self.size = size
    trail[trail.count - 1].list.reveal(height: listHeight)
    return []
  }

  private mutating func tick() -> [ConsoleEffect] {
    clock = moment.wall
    mirror.tick(at: clock)
    diagnose()
    if let flash, flash.until <= clock { self.flash = nil }
    if visit.list.filter?.dependsOnTime == true { trail[trail.count - 1].list.invalidate() }
    return rest() + ask(isOpening: false)
  }

  /// Looks anew for what the failures have in common, once a second at most and only if something changed.
  private mutating func diagnose() {
    guard commonCauseRevision != catalog.revision else { return }
    commonCauseRevision = catalog.revision
    commonCause = CommonCause(FailureCensus(mirror))
  }

  /// The cursor has rested: the detail follows it.
  private mutating func rest() -> [ConsoleEffect] {
    detail = visit.list.cursor
    return []
  }

  private mutating func feed(_ event: FeedEvent) -> [ConsoleEffect] {
    let wasLost = mirror.loss != nil
    let hadSnapshot = mirror.hasSnapshot
    mirror.take(event, at: moment.wall, changes: &changes)
    if case .push(let digest) = event { hot.note(digest) }
    var finished: [Operation] = []
    if case .snapshot = event {
      finished = outbox.restart(at: catalog.revision)
      clock = max(clock, moment.wall)
      diagnose()
    } else {
      finished = outbox.see(catalog.revision)
    }
    for operation in finished { conclude(operation) }
    if wasLost, mirror.loss == nil { say("the link is back", .good) }
    let isBack = mirror.hasSnapshot && (!hadSnapshot || (wasLost && mirror.loss == nil))
    if isBack { hot.asked = [] }
    return isBack ? ask(isOpening: true) : []
  }

  private mutating func noteAnswer(to query: Query, _ result: Result<Answer, RegistryError>) {
    switch query {
    case .events(let before, _):
      // Not what was asked before a new snapshot came.
      guard before == mirror.journal.oldestRevision, case .success(.events(let commits)) = result else { return }
      mirror.takeOlder(commits)
      if place.kind == .events { trail[trail.count - 1].list.invalidate() }
    case .vitals: if visit.list.filter?.dependsOnTime == true { trail[trail.count - 1].list.invalidate() }
    case .subscribers:
      hot.followRevisions(mirror.journal)
      if place.kind == .subscribers { trail[trail.count - 1].list.invalidate() }
    case .metrics, .probes: break
    }
  }

  private mutating func receive(_ id: CommandID, _ result: Result<Receipt, RegistryError>) -> [ConsoleEffect] {
    let (effects, finished) = outbox.receive(id, result, seen: catalog.revision)
    for operation in finished { conclude(operation) }
    return effects
  }

  /// An operation has come to its end: says how, and keeps what would undo it.
  private mutating func conclude(_ operation: Operation) {
    if !operation.inverses.isEmpty {
      undoable.append(operation)
      if undoable.count > Self.undoLimit { undoable.removeFirst() }
    }
    guard let (target, error) = operation.failures.first else {
      let undo = operation.inverses.isEmpty ? "" : "  (z undoes it)"
      say("\(operation.title): done\(operation.total > 1 ? " for all \(operation.total)" : "")\(undo)", .good)
      return
    }
    let name = operation.total > 1 ? "\(target.name): " : ""
    let count = operation.total > 1 ? " for \(operation.failures.count) of \(operation.total)" : ""
    say("\(operation.title): refused\(count): \(name)\(error)", .bad)
  }

  static let undoLimit = 100
}
