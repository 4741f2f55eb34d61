public import Console
public import RegistryModel

/// The console on a terminal: what others send it are `ConsoleInput`s, what it wants done are `ConsoleEffect`s.
///
/// It keeps its own clock: whoever performs its effects has nothing to do for `wake`.
public struct ConsoleProgram: TerminalProgram, Sendable {
  public private(set) var state: ConsoleState
  /// When the console asked to be woken.
  private var wakeAt: MonotonicTime?
  private var nextSecond: MonotonicTime?

  public init(_ state: ConsoleState) { self.state = state }

  public var theme: Theme { state.theme }

  public mutating func handle(_ input: TerminalInput<ConsoleInput>, at now: Moment) -> [ConsoleEffect] {
    switch input {
    case .opened(let size, let capabilities): return update(.opened(size, capabilities.glyphs), at: now)
    case .event(let event): return update(ConsoleInput(event), at: now)
    case .message(let message): return update(message, at: now)
    case .tick: return tick(at: now)
    }
  }

  private mutating func tick(at now: Moment) -> [ConsoleEffect] {
    var effects: [ConsoleEffect] = []
    if let wakeAt, wakeAt <= now.monotonic {
      self.wakeAt = nil
      effects += update(.wake, at: now)
    }
    if let nextSecond, nextSecond <= now.monotonic {
      self.nextSecond = nil
      effects += update(.tick, at: now)
    }
    return effects
  }

  private mutating func update(_ input: ConsoleInput, at now: Moment) -> [ConsoleEffect] {
    var effects = state.update(input, at: now)
    for case .wake(let milliseconds) in effects {
      wakeAt = MonotonicTime(milliseconds: now.monotonic.milliseconds + Int64(milliseconds))
    }
    effects.removeAll { if case .wake = $0 { true } else { false } }
    if nextSecond == nil { nextSecond = ConsoleState.nextTick(after: now) }
    return effects
  }

  public mutating func view(_ size: Size) -> Frame {
    state.prepare()
    return state.view()
  }

  public func nextTick(after now: Moment) -> MonotonicTime? {
    [wakeAt, nextSecond].compactMap { $0 }.min()
  }
}

extension TerminalCommand {
  /// What an effect asks of the terminal itself; nil for what is somebody else's to do.
  public init?(_ effect: ConsoleEffect) {
    switch effect {
    case .quit: self = .quit
    case .suspend: self = .suspend
    case .redraw: self = .redraw
    case .copy(let text): self = .copy(text)
    case .submit, .ask, .previewTheme, .applyTheme, .saveSettings, .wake, .reconnect: return nil
    }
  }
}
