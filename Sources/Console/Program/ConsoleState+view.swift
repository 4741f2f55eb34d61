import RegistryModel

extension ConsoleState {
  /// The screen. A state that `prepare` has not been called on since it changed is prepared on a copy first.
  public func view() -> Frame {
    var state = self
    if !changes.isEmpty || visit.list.isStale { state.prepare() }
    var frame = Frame(size, glyphs: glyphs)
    let layout = ScreenLayout(size)
    frame.title = state.terminalTitle
    Header.draw(on: &frame, in: layout.header, state)
    Verdict.draw(on: &frame, in: layout.verdict, state)
    Crumbs.draw(on: &frame, in: layout.crumbs, state, isBoxed: layout.isBoxed)
    state.screen.draw(state.visit, on: &frame, in: layout.body, state)
    if state.mirror.loss != nil { frame.tint(layout.body, .stale) }
    Hints.draw(on: &frame, in: layout.hints, state)
    if let flash = state.flash { Hints.draw(flash, on: &frame, in: layout.message) }
    for dialog in state.dialogs { dialog.draw(on: &frame, in: layout, state) }
    return frame
  }

  private var terminalTitle: String {
    let faults = mirror.faults.faults.count
    return "muster \(mirror.capabilities?.address ?? "")" + (faults > 0 ? " (\(faults) faults)" : "")
  }
}
