import CNcurses
import Console
import Glibc

/// Reads the keys that wait, a bounded number at a time.
struct KeyReader {
  /// Keys taken before the screen is painted again and others have their turn.
  static let limit = 256
  /// Milliseconds after which what was begun is not going on.
  static let patience: Int64 = 100

  private var decoder = KeyDecoder()
  private var guess = PasteGuess()
  private let bracketsPastes: Bool
  private var lastRead: Int64 = 0
  private var emptyReads = 0
  private var hasMore = false

  init(bracketsPastes: Bool) {
    self.bracketsPastes = bracketsPastes
  }

  /// Milliseconds after which `read` has to be called although nothing is readable; nil for never.
  var wait: Int64? {
    // ncurses may have read further than it has told.
    hasMore ? 0 : decoder.isWaiting ? Self.patience : nil
  }

  mutating func read(from screen: Screen, isReadable: Bool, at now: Int64) -> [TerminalEvent] {
    var events: [TerminalEvent] = []
    var count = 0
    while isReadable || hasMore, count < Self.limit {
      let code = screen.nextKey()
      guard code != CCURSES_NONE else { break }
      count += 1
      if let event = decoder.take(code) { events.append(event) }
    }
    hasMore = count == Self.limit
    emptyReads = isReadable && count == 0 ? emptyReads + 1 : 0
    if !hasMore {
      let isFinal = count == 0 && now - lastRead >= Self.patience
      if let event = decoder.pause(isFinal: isFinal) { events.append(event) }
    }
    if count > 0 { lastRead = now }
    return bracketsPastes ? events : guess.joined(events, at: now)
  }

  /// Whether the terminal says that there is something and there is nothing, again and again: that is its end.
  var isAtEnd: Bool { emptyReads >= 3 }
}
