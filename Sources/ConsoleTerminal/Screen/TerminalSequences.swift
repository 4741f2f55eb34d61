import CNcurses
import Console

/// What the terminal understands besides what ncurses sends it, from its description.
struct TerminalSequences: Sendable {
  /// Whether text can be placed; without that there is no screen.
  let canMoveCursor: Bool
  /// Whether colours have 24 bits.
  let hasDirectColor: Bool
  /// Whether it has a title that can be set.
  let hasTitle: Bool
  /// Whether pastes come between brackets.
  let bracketsPastes: Bool
  /// Whether a text can be put on the clipboard of the user's machine (OSC 52).
  let hasClipboard: Bool
  /// Whether attributes are set by the sequences of ECMA-48.
  let speaksANSI: Bool
  /// Whether attributes can be switched off one by one.
  let canSwitchOff: Bool
  /// Whether the cursor moves within its row by CHA and CUF of ECMA-48.
  let movesInRow: Bool
  /// Goes on with what ncurses itself sends at the beginning: brackets around pastes.
  let begin: [UInt8]
  /// Comes back to a screen of its own, with keys and wrapping as at the beginning.
  let resume: [UInt8]
  /// Gives the terminal back as it was. Also right after half of a sequence was written.
  let leave: [UInt8]

  /// Reads the description of the terminal that ncurses was started for.
  init(type: String) {
    let isXtermLike = tigetflag("XT") > 0 || ["xterm", "tmux", "screen", "rxvt"].contains { type.hasPrefix($0) }
    canMoveCursor = !Self.text("cup").isEmpty
    hasDirectColor = tigetflag("RGB") > 0 || tigetnum("RGB") > 0 || !Self.text("RGB").isEmpty || type.hasSuffix("-direct")
    speaksANSI = Self.text("cup").starts(with: "\u{1b}[".utf8)
    canSwitchOff = Self.text("rmul").elementsEqual("\u{1b}[24m".utf8)
    movesInRow =
      Self.text("hpa").elementsEqual("\u{1b}[%i%p1%dG".utf8) && Self.text("cuf").elementsEqual("\u{1b}[%p1%dC".utf8)
    hasTitle = isXtermLike || !Self.text("tsl").isEmpty
    bracketsPastes = isXtermLike || !Self.text("BE").isEmpty
    hasClipboard = isXtermLike || !Self.text("Ms").isEmpty

    let brackets = bracketsPastes ? ("\u{1b}[?2004h", "\u{1b}[?2004l") : ("", "")
    let hasOwnScreen = !Self.text("rmcup").isEmpty
    // Without a screen of its own: to the last row, and one on.
    let below = hasOwnScreen || !speaksANSI ? "" : "\u{1b}[999;1H\r\n"
    let allRows = speaksANSI && !Self.text("csr").isEmpty ? "\u{1b}[r" : ""
    begin = Array(brackets.0.utf8)
    resume = ["smcup", "rmir", "smam", "smkx", "civis"].flatMap(Self.text) + begin
    leave =
      [0x18] + Array(brackets.1.utf8) + ["sgr0", "op", "rmkx", "cnorm"].flatMap(Self.text) + Array((allRows + below).utf8)
      + Self.text("rmcup")
  }

  /// Lets all rows scroll, and brings the terminal's cursor to where ncurses thinks it is.
  static func allRowsAndCursor() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 64) { buffer, count in
      count = buffer.withMemoryRebound(to: CChar.self) { ccurses_synchronization($0.baseAddress, $0.count) }
    }
  }

  /// A capability without the delays that may be in it; empty where the terminal has none.
  private static func text(_ name: String) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 256) { buffer, count in
      count = buffer.withMemoryRebound(to: CChar.self) { ccurses_text(name, $0.baseAddress, $0.count) }
    }
  }
}
