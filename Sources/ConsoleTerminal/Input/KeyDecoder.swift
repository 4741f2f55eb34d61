import CNcurses
import Console

/// Turns what ncurses reads into keys and pastes.
///
/// ncurses knows the keys that terminfo describes. The rest arrives byte by byte: pastes between brackets, answers and
/// reports of the terminal, keys with modifiers. Those are read to their ends here, because half of a sequence taken for
/// keys would fire actions.
struct KeyDecoder {
  private enum State: Equatable {
    case ground
    /// After ESC: a key of its own if nothing follows.
    case escape
    /// After ESC and `[`, with the parameters so far.
    case control(String)
    /// After ESC and `O`.
    case shiftedSet
    /// Within a text for programs (OSC, DCS and the like), which ESC `\` or BEL ends; with its introducing letter.
    case text(Character, length: Int, afterEscape: Bool)
    /// Characters that belong to a report of the mouse in the old style.
    case skipping(Int)
  }

  private var state = State.ground
  private var paste: [Unicode.Scalar]?

  /// More of a paste than any field takes is read and left out.
  static let pasteLimit = 64 << 10

  /// Whether the end of something is awaited, so that `pause` has to be called when nothing has come for a while.
  var isWaiting: Bool { state != .ground || paste != nil }

  /// Takes one scalar, or one code of ncurses with CCURSES_CODE added.
  mutating func take(_ code: Int32) -> TerminalEvent? {
    if code & CCURSES_CODE != 0 {
      state = .ground
      return paste == nil ? NamedKeys.key(forCode: code & ~CCURSES_CODE).map { .key($0) } : nil
    }
    guard let scalar = Unicode.Scalar(UInt32(bitPattern: code)) else { return nil }
    switch state {
    case .ground: return takeAtGround(scalar)
    case .escape: return takeAfterEscape(scalar)
    case .control(let parameters): return takeInControl(parameters, scalar)
    case .shiftedSet: state = .ground
    case .text(let introducer, let length, let afterEscape):
      let isOver = scalar == "\u{7}" || (afterEscape && scalar == "\\")
      state = isOver ? .ground : .text(introducer, length: length + 1, afterEscape: scalar == "\u{1b}")
    case .skipping(let count): state = count > 1 ? .skipping(count - 1) : .ground
    }
    return nil
  }

  /// Nothing more has come. What was begun is a key if it can be one, and is left out if not. `isFinal` gives up a paste
  /// whose end got lost as well, and a sequence that was cut in two.
  mutating func pause(isFinal: Bool) -> TerminalEvent? {
    let begun = state
    switch begun {
    case .escape: state = .ground
    case .control("") where paste == nil: state = .ground
    case .shiftedSet where paste == nil: state = .ground
    case .text(_, length: 0, _) where paste == nil: state = .ground
    default: if isFinal { state = .ground }
    }
    if isFinal, let scalars = paste {
      paste = nil
      return Self.event(forPaste: scalars)
    }
    guard paste == nil else { return nil }
    switch begun {
    case .escape: return .key(.escape)
    case .control(""): return .key(.alt("["))
    case .shiftedSet: return .key(.alt("O"))
    case .text(let introducer, length: 0, _): return .key(.alt(introducer))
    default: return nil
    }
  }
}

extension KeyDecoder {
  private static func event(forPaste scalars: [Unicode.Scalar]) -> TerminalEvent {
    .paste(String(String.UnicodeScalarView(scalars)))
  }

  private mutating func takeAtGround(_ scalar: Unicode.Scalar) -> TerminalEvent? {
    if scalar == "\u{1b}" {
      state = .escape
      return nil
    }
    guard paste == nil else {
      if (paste?.count ?? 0) < Self.pasteLimit { paste?.append(scalar) }
      return nil
    }
    return .key(NamedKeys.key(for: scalar))
  }

  private mutating func takeAfterEscape(_ scalar: Unicode.Scalar) -> TerminalEvent? {
    state = .ground
    switch scalar {
    case "\u{1b}":
      state = .escape
      return paste == nil ? .key(.escape) : nil
    case "[": state = .control("")
    case "O": state = .shiftedSet
    case "]", "P", "_", "^", "X": state = .text(Character(scalar), length: 0, afterEscape: false)
    default:
      guard paste == nil, case .character(let character) = NamedKeys.key(for: scalar) else { return nil }
      return .key(.alt(character))
    }
    return nil
  }

  private mutating func takeInControl(_ parameters: String, _ scalar: Unicode.Scalar) -> TerminalEvent? {
    guard (0x40...0x7e).contains(scalar.value) else {
      // A sequence of this length is noise; its beginning is forgotten, its end still awaited.
      state = .control(parameters.utf8.count < 64 ? parameters + String(Character(scalar)) : "?")
      return nil
    }
    state = .ground
    switch (parameters, scalar) {
    case ("200", "~"): paste = paste ?? []
    case ("201", "~"):
      defer { paste = nil }
      return paste.map(Self.event(forPaste:))
    case ("", "M"): state = .skipping(3)
    default: break
    }
    return nil
  }
}
