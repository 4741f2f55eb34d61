extension ActionTable {
  static let general: [ConsoleAction] = [
    ConsoleAction(id: .help, keys: [.character("?"), .function(1)], title: "help", section: .everywhere) {
      $0.open(HelpDialog($0))
    },
    ConsoleAction(
      id: .reconnect, keys: [.character("r"), .control("r")], title: "reach the registry now", section: .everywhere
    ) { state in
      if state.mirror.loss != nil {
        state.say("trying now")
        return [.reconnect]
      }
      state.say("live already: what is shown is what the registry said last")
      return state.ask(isOpening: true)
    },
    ConsoleAction(id: .redraw, keys: [.control("l")], title: "paint the screen anew", section: .everywhere) { _ in [.redraw] },
    ConsoleAction(id: .suspend, keys: [.control("z")], title: "suspend (fg comes back)", section: .everywhere) { _ in
      [.suspend]
    },
    ConsoleAction(id: .quit, keys: [.control("c"), .function(10)], title: "quit", section: .everywhere) { $0.quit() },
  ]
}

extension ConsoleState {
  /// Quits at once, unless commands are on their way.
  mutating func quit() -> [ConsoleEffect] {
    outbox.isEmpty ? [.quit] : open(QuitDialog())
  }

  mutating func open(_ dialog: any Dialog) -> [ConsoleEffect] {
    flash = nil
    dialogs.append(dialog)
    return []
  }
}
