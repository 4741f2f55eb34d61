import Console

/// Tells pastes from typing where the terminal does not put brackets around them.
///
/// A burst of many characters at once was not typed. Keys that repeat while a slow line holds them up come in bursts too,
/// but those are all the same.
struct PasteGuess {
  /// Characters in one burst that are too many for a hand.
  static let burst = 24
  /// Milliseconds after a burst in which more characters belong to it.
  static let silence: Int64 = 100

  private var last: Int64?

  /// Joins the characters of a burst, read at a time in milliseconds, to one paste if they are one.
  mutating func joined(_ events: [TerminalEvent], at time: Int64) -> [TerminalEvent] {
    let typed = events.compactMap { Self.character(of: $0) }
    let continues = last.map { time - $0 <= Self.silence } ?? false
    guard !typed.isEmpty, continues || (typed.count >= Self.burst && Set(typed).count > 1) else { return events }
    last = time
    return [.paste(String(typed))] + events.filter { Self.isPaste($0) }
  }

  private static func character(of event: TerminalEvent) -> Character? {
    switch event {
    case .key(.character(let character)): character
    case .key(.enter): "\n"
    case .key(.tab): "\t"
    default: nil
    }
  }

  private static func isPaste(_ event: TerminalEvent) -> Bool {
    if case .paste = event { true } else { false }
  }
}
