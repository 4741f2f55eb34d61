/// Why there can be no console here, and what would help.
public enum TerminalProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// Standard input or output is no terminal.
  case noTerminal
  /// `TERM` is not set.
  case noType
  /// `TERM` has no description on this machine.
  case unknownType(String)
  /// The terminal cannot place text: `dumb`, or a printer.
  case cannotMoveCursor(String)
  case systemCall(String, code: Int32)

  public var description: String {
    switch self {
    case .noTerminal:
      "the console needs a terminal: standard input and output must be one (over ssh: ssh -t)"
    case .noType:
      "TERM is not set, so the console does not know how to draw here; try TERM=xterm-256color"
    case .unknownType(let type):
      "TERM=\(type) is not described on this machine; try TERM=xterm-256color, or install ncurses-term"
    case .cannotMoveCursor(let type):
      "a terminal of type \(type) cannot place text, so there is no console for it; try TERM=xterm-256color"
    case .systemCall(let call, let code):
      "cannot use the terminal: \(call) failed (\(code))"
    }
  }
}
