import Console

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
  private var place: CursorPlace
  /// How many rows there are; nil when nobody knows.
  private var rows: Int?
  private var output: [UInt8] = []

  /// - Parameters:
  ///   - canSwitchOff: Whether the terminal can switch attributes off one by one, and not only all at once.
  ///   - movesInRow: Whether it takes a column without a row (CHA) and steps forward (CUF).
  init(canSwitchOff: Bool, movesInRow: Bool) {
    self.canSwitchOff = canSwitchOff
    place = CursorPlace(movesInRow: movesInRow)
  }

  /// Somebody else has written to the terminal.
  mutating func forget() {
    (inForce, said) = (nil, [])
    place.forget()
  }

  /// The terminal has another size, and may have moved its cursor.
  mutating func resize(to size: Size) {
    rows = size.rows
    place.resize(to: size)
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
      case 0x0a:
        place.forget()
        takeBlank(rest.prefix(1), &rest)
      case 0x20: takeBlank(rest.prefix { $0 == 0x20 }, &rest)
      case 0x0d:
        place.returnCarriage()
        pass(rest.prefix(1), &rest)
      case ..<0x20:
        place.forgetColumn()
        pass(rest.prefix(1), &rest)
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
    case UInt8(ascii: "D"), UInt8(ascii: "M"), UInt8(ascii: "E"):
      place.forget()
      takeBlank(rest.prefix(2), &rest)
    default:
      place.forget()
      pass(rest.prefix(2), &rest)
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
    case let final? where "JKX@PLMST".utf8.contains(final):
      if "LM".utf8.contains(final) { place.forgetColumn() }
      takeBlank(sequence, &rest)
    case UInt8(ascii: "b"):
      takeText(sequence, &rest)
      place.forgetColumn()
    case let final? where "HdG".utf8.contains(final): takeMove(sequence, to: final, &rest)
    case UInt8(ascii: "r"): takeRegion(sequence, &rest)
    default:
      place.forget()
      pass(sequence, &rest)
    }
  }

  /// Takes a move to a place, a row or a column by the shortest way.
  private mutating func takeMove(_ sequence: ArraySlice<UInt8>, to final: UInt8, _ rest: inout ArraySlice<UInt8>) {
    let pieces = sequence.dropFirst(2).dropLast().split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    let numbers = pieces.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    switch (final, numbers.count) {
    case (UInt8(ascii: "H"), 2): output += place.go(toRow: numbers[0], column: numbers[1])
    case (UInt8(ascii: "G"), 1): output += place.go(toColumn: numbers[0])
    case (UInt8(ascii: "d"), 1):
      place.arrive(inRow: numbers[0])
      output += sequence
    default:
      place.forget()
      output += sequence
    }
    rest = rest.dropFirst(sequence.count)
  }

  /// Lets rows scroll (DECSTBM), which sends the cursor home. All of them need not be counted.
  private mutating func takeRegion(_ sequence: ArraySlice<UInt8>, _ rest: inout ArraySlice<UInt8>) {
    place.forget()
    if let rows, sequence.dropFirst(2).dropLast().elementsEqual("1;\(rows)".utf8) {
      output += sequence.prefix(2) + sequence.suffix(1)
      rest = rest.dropFirst(sequence.count)
    } else {
      pass(sequence, &rest)
    }
  }

  /// Says once what the terminal keeps to.
  private mutating func passOnce(_ sequence: ArraySlice<UInt8>, _ rest: inout ArraySlice<UInt8>) {
    if said.insert(Array(sequence)).inserted { output += sequence }
    rest = rest.dropFirst(sequence.count)
  }

  private mutating func takeText(_ text: ArraySlice<UInt8>, _ rest: inout ArraySlice<UInt8>) {
    settle()
    if text.first != 0x1b { place.write(text) }
    pass(text, &rest)
  }

  private mutating func takeBlank(_ text: ArraySlice<UInt8>, _ rest: inout ArraySlice<UInt8>) {
    if inForce?.blank != wanted.blank { settle() }
    if text.first == 0x20 { place.write(text) }
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
