/// Leaves out of ncurses' output what changes nothing.
///
/// ncurses sets foreground and background anew whenever one of them changes, goes back to plain text after every frame, and
/// changes colours for blanks that have none: half of its bytes. A clock of one digit a second takes 37 instead of 1, which
/// a session over a slow line feels. So attributes are written when a character needs them, and only what differs from those
/// in force.
struct SequenceCompactor {
  /// What was asked for so far.
  private var wanted = GraphicState()
  /// What the terminal has been told; nil when nobody knows.
  private var inForce: GraphicState?
  /// Which of these the terminal keeps to: that characters are ASCII (`ESC ( B`), and that this set is in use (SI).
  private var said: Set<[UInt8]> = []
  private let canSwitchOff: Bool
  private var output: [UInt8] = []

  /// - Parameter canSwitchOff: Whether the terminal can switch attributes off one by one, and not only all at once.
  init(canSwitchOff: Bool) {
    self.canSwitchOff = canSwitchOff
  }

  /// Somebody else has written to the terminal.
  mutating func forget() {
    (inForce, said) = (nil, [])
  }

  mutating func compact(_ bytes: [UInt8]) -> [UInt8] {
    output = []
    output.reserveCapacity(bytes.count)
    var rest = bytes[...]
    while let byte = rest.first {
      switch byte {
      case 0x1b: takeSequence(&rest)
      case 0x0f: passOnce(rest.prefix(1), &rest)
      case 0x0e:
        said = []
        pass(rest.prefix(1), &rest)
      case 0x0a: takeBlank(rest.prefix(1), &rest)
      case 0x20: takeBlank(rest.prefix { $0 == 0x20 }, &rest)
      case ..<0x20: pass(rest.prefix(1), &rest)
      default: takeText(rest.prefix { $0 > 0x20 }, &rest)
      }
    }
    return output
  }

  // MARK: Pieces of the stream

  private mutating func takeSequence(_ rest: inout ArraySlice<UInt8>) {
    switch rest.dropFirst().first {
    case UInt8(ascii: "["):
      let body = rest.dropFirst(2)
      let length = body.firstIndex { (0x40...0x7e).contains($0) }.map { $0 + 1 - rest.startIndex } ?? rest.count
      takeControl(rest.prefix(length), &rest)
    case UInt8(ascii: "]"):
      let end = rest.firstIndex(of: 0x07) ?? rest.endIndex - 1
      pass(rest[...end], &rest)
    case UInt8(ascii: "("):
      if rest.dropFirst(2).first == UInt8(ascii: "B") {
        passOnce(rest.prefix(3), &rest)
      } else {
        said = []
        pass(rest.prefix(3), &rest)
      }
    case UInt8(ascii: ")"): pass(rest.prefix(3), &rest)
    // Index, reverse index and next line may scroll a blank row in.
    case UInt8(ascii: "D"), UInt8(ascii: "M"), UInt8(ascii: "E"): takeBlank(rest.prefix(2), &rest)
    default: pass(rest.prefix(2), &rest)
    }
  }

  private mutating func takeControl(_ sequence: ArraySlice<UInt8>, _ rest: inout ArraySlice<UInt8>) {
    switch sequence.last {
    case UInt8(ascii: "m"):
      if wanted.apply(sequence.dropFirst(2).dropLast()) {
        rest = rest.dropFirst(sequence.count)
      } else {
        settle()
        inForce = nil
        pass(sequence, &rest)
      }
    // They draw blanks: erasing, inserting, deleting, scrolling.
    case let final? where "JKX@PLMST".utf8.contains(final): takeBlank(sequence, &rest)
    case UInt8(ascii: "b"): takeText(sequence, &rest)
    default: pass(sequence, &rest)
    }
  }

  /// Says once what the terminal keeps to.
  private mutating func passOnce(_ sequence: ArraySlice<UInt8>, _ rest: inout ArraySlice<UInt8>) {
    if said.insert(Array(sequence)).inserted { output += sequence }
    rest = rest.dropFirst(sequence.count)
  }

  private mutating func takeText(_ text: ArraySlice<UInt8>, _ rest: inout ArraySlice<UInt8>) {
    settle()
    pass(text, &rest)
  }

  private mutating func takeBlank(_ text: ArraySlice<UInt8>, _ rest: inout ArraySlice<UInt8>) {
    if inForce?.blank != wanted.blank { settle() }
    pass(text, &rest)
  }

  private mutating func pass(_ bytes: ArraySlice<UInt8>, _ rest: inout ArraySlice<UInt8>) {
    output += bytes
    rest = rest.dropFirst(bytes.count)
  }

  /// Puts in force what is wanted.
  private mutating func settle() {
    if let inForce {
      output += inForce.sequence(to: wanted, canSwitchOff: canSwitchOff)
    } else {
      output += wanted.sequenceFromAnywhere
    }
    inForce = wanted
  }
}
