public import Console
public import RegistryModel

/// What runs on a terminal: a state, how inputs change it, and how it looks.
public protocol TerminalProgram {
  /// What others send it through its mailbox.
  associatedtype Message: Sendable
  /// What it wants done. An effect that concerns the terminal is turned into a `TerminalCommand` by whoever runs the program.
  associatedtype Effect

  /// Takes one input.
  mutating func handle(_ input: TerminalInput<Message>, at now: Moment) -> [Effect]

  /// The screen at that size. Equal frames cost nothing to show. It may put off until then what only a screen needs.
  mutating func view(_ size: Size) -> Frame

  /// How the frame's meanings look.
  var theme: Theme { get }

  /// When the next `tick` is wanted, for instance at the next full second of a clock that is shown; nil for never.
  func nextTick(after now: Moment) -> MonotonicTime?
}

/// What reaches a program.
public enum TerminalInput<Message: Sendable>: Sendable {
  /// The first input of all.
  case opened(Size, TerminalCapabilities)
  case event(TerminalEvent)
  case message(Message)
  /// The time that `nextTick` named has come.
  case tick
}

/// What a program asks of the terminal itself.
public enum TerminalCommand: Hashable, Sendable {
  /// Ends `Terminal.run`.
  case quit
  /// Stops the process as Ctrl-Z does elsewhere; it goes on when the shell says so.
  case suspend
  /// Paints everything anew.
  case redraw
  case bell
  /// Puts a text on the clipboard, if the terminal can.
  case copy(String)
}

/// Why a console ended.
public enum TerminalExit: Hashable, Sendable {
  case quit
  /// The terminal went away.
  case hangup
  /// A signal asked for it.
  case signal(Int32)
}
