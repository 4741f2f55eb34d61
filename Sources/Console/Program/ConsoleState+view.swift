public import RegistryModel

extension ConsoleState {
  /// When the clock on screen changes next: the full second after `now`, on the clock that never steps.
  public static func nextTick(after now: Moment) -> MonotonicTime {
    let rest = ((now.wall.milliseconds % 1000) + 1000) % 1000
    return MonotonicTime(milliseconds: now.monotonic.milliseconds + 1000 - rest)
  }

  /// The screen. A state that `prepare` has not been called on since it changed is prepared on a copy first.
  public func view() -> Frame {
    var state = self
    if !isPrepared { state.prepare() }
    var frame = Frame(size, glyphs: glyphs)
    let layout = ScreenLayout(size)
    frame.title = state.terminalTitle
    Header.draw(on: &frame, in: layout.header, state)
    Verdict.draw(on: &frame, in: layout.verdict, state)
    Crumbs.draw(on: &frame, in: layout.crumbs, state, isBoxed: layout.isBoxed)
    state.screen.draw(state.visit, on: &frame, in: layout.body, state)
    if state.mirror.loss != nil { frame.tint(layout.body, .stale) }
    Hints.draw(on: &frame, in: layout.hints, state)
    for dialog in state.dialogs { dialog.draw(on: &frame, in: layout, state) }
    if let flash = state.flash { Hints.draw(flash, on: &frame, in: layout.message) }
    return frame
  }

  private var isPrepared: Bool {
    if !changes.isEmpty || visit.list.isStale && screen is any ListScreen { return false }
    guard screen is any TextScreen else { return true }
    return visit.pageStamp
      == PageStamp(
        clock: clock, revision: catalog.revision, answers: hot.answers, width: layout.body.columns)
  }

  private var terminalTitle: String {
    let faults = mirror.faults.faults.count
    return "muster \(mirror.capabilities?.address ?? "")" + (faults > 0 ? " (\(faults) faults)" : "")
  }
}
