public import RegistryModel

/// Names one submitted command until its receipt has come.
public typealias CommandID = UInt64

/// Everything that reaches the console from outside.
public enum ConsoleInput: Sendable {
  case key(Key)
  /// Text pasted in one go. It goes into a text field or nowhere; it is never taken for keys.
  case paste(String)
  /// The terminal is there: how large it is, and what it can show.
  case opened(Size, GlyphSet)
  case resize(Size)
  /// A second has passed.
  case tick
  /// The time of a `ConsoleEffect.wake` has come.
  case wake
  /// What the session can do; comes once, and again after a reconnection to another server.
  case connected(Capabilities)
  case feed(FeedEvent)
  case answer(Query, Result<Answer, RegistryError>)
  case receipt(CommandID, Result<Receipt, RegistryError>)
  /// The names of the themes that there are.
  case themes([String])
  /// The theme from now on, as asked for by an effect or because its file has changed.
  case theme(Theme)
  /// A theme could not be used or was only partly understood; a sentence for people. The old one stays.
  case themeProblem(String)
  /// Something the shell did or could not do, such as how a text was copied; a sentence for people.
  case notice(String)
}

extension ConsoleInput {
  /// What a terminal reported, as an input.
  public init(_ event: TerminalEvent) {
    switch event {
    case .key(let key): self = .key(key)
    case .paste(let text): self = .paste(text)
    case .resize(let size): self = .resize(size)
    }
  }
}
