public import RegistryModel

/// What the console wants done outside of itself. Values, so that tests can compare them.
public enum ConsoleEffect: Hashable, Sendable {
  /// Hands a command to the session; its receipt comes back under the same id.
  case submit(CommandID, Command)
  /// Asks the session; the answer comes back with the same query.
  case ask(Query)
  /// Paints with a theme for as long as it is being looked at.
  case previewTheme(String)
  /// Paints with a theme from now on.
  case applyTheme(String)
  case saveSettings(ConsoleSettings)
  /// Puts a text, which has been made safe, on the clipboard.
  case copy(String)
  /// Sends `ConsoleInput.wake` after so many milliseconds.
  case wake(Int)
  /// Stops the program as Ctrl-Z does, until it is continued.
  case suspend
  /// Paints every cell anew.
  case redraw
  /// Tries to reach the registry now instead of after the next pause.
  case reconnect
  case quit
}
