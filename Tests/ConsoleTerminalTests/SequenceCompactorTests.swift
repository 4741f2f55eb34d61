import Console
import Testing

@testable import ConsoleTerminal

@Suite struct SequenceCompactorTests {
  func compacted(_ text: String, canSwitchOff: Bool = true) -> String {
    var compactor = SequenceCompactor(canSwitchOff: canSwitchOff, movesInRow: true)
    _ = compactor.compact(Array("\u{1b}(B\u{f}\u{1b}[mx".utf8))
    return String(decoding: compactor.compact(Array(text.utf8)), as: UTF8.self)
  }

  @Test(arguments: [
    ("plain", "plain"),
    ("\u{1b}[m\u{1b}(Ba", "a"),
    ("\u{1b}[38;5;253m\u{1b}[48;5;237ma", "\u{1b}[38;5;253;48;5;237ma"),
    ("\u{1b}[31ma\u{1b}[39m\u{1b}(B\u{1b}[m", "\u{1b}[31ma"),
    ("\u{1b}[31ma\u{1b}[32m \u{1b}[31mb", "\u{1b}[31ma b"),
    ("\u{1b}[41m \u{1b}[m\u{1b}[K", "\u{1b}[41m \u{1b}[m\u{1b}[K"),
    ("\u{1b}[1m \u{1b}[4;5Hx", " \u{1b}[4;5H\u{1b}[1mx"),
    ("\u{1b}[4m \u{1b}[24mx", "\u{1b}[4m \u{1b}[mx"),
    ("\u{1b}[0;10;1ma", "\u{1b}[1ma"),
    ("\u{1b}[1;31ma\u{1b}[22mb", "\u{1b}[1;31ma\u{1b}[22mb"),
    ("\u{1b}[38:2::1:2:3ma\u{1b}[38;2;1;2;3mb", "\u{1b}[38:2::1:2:3ma\u{1b}[38;2;1;2;3mb"),
    ("\u{1b}]2;a\u{1b}[31m b\u{7}c", "\u{1b}]2;a\u{1b}[31m b\u{7}c"),
    ("\u{1b}[31ma\u{1b}[6bb", "\u{1b}[31ma\u{1b}[6bb"),
    ("\u{e}q\u{f}a\u{f}b", "\u{e}q\u{f}ab"),
    ("\u{1b}(0q\u{1b}(Ba", "\u{1b}(0q\u{1b}(Ba"),
  ])
  func leavesOutWhatChangesNothing(text: String, expected: String) {
    #expect(compacted(text) == expected)
  }

  @Test(arguments: [
    ("\u{1b}[4;9Ha\u{1b}[4;20Hb", "\u{1b}[4;9Ha\u{1b}[20Gb"),
    ("\u{1b}[4;9Ha\u{1b}[4;13Hb", "\u{1b}[4;9Ha\u{1b}[3Cb"),
    ("\u{1b}[4;9Ha\u{1b}[4;11Hb", "\u{1b}[4;9Ha\u{1b}[Cb"),
    ("\u{1b}[4;9H订\u{1b}[4;13Hb", "\u{1b}[4;9H订\u{1b}[13Gb"),
    ("\u{1b}[4;9Ha\u{1b}[5;1Hb", "\u{1b}[4;9Ha\u{1b}[5Hb"),
    ("\u{1b}[4;9Ha\n\u{1b}[4;20Hb", "\u{1b}[4;9Ha\n\u{1b}[4;20Hb"),
    ("\r\u{1b}[7da\u{1b}[7;4H", "\r\u{1b}[7da\u{1b}[4G"),
    ("\u{1b}[4;60Hab\u{1b}[4;62H", "\u{1b}[4;60Hab\u{1b}[62G"),
    ("\u{1b}[2;5rx\u{1b}[1;9r", "\u{1b}[2;5rx\u{1b}[r"),
    ("\u{1b}[1;8r", "\u{1b}[1;8r"),
  ])
  func goesTheShortestWay(text: String, expected: String) {
    var compactor = SequenceCompactor(canSwitchOff: true, movesInRow: true)
    compactor.resize(to: Size(rows: 9, columns: 61))
    _ = compactor.compact(Array("\u{1b}[m ".utf8))
    let sent = String(decoding: compactor.compact(Array(text.utf8)), as: UTF8.self)
    #expect(sent.replacing("\u{1b}[m", with: "") == expected)
  }

  @Test func withoutColumnsPlacesStayWhole() {
    var compactor = SequenceCompactor(canSwitchOff: true, movesInRow: false)
    let text = "\u{1b}[4;9H \u{1b}[4;20H"
    #expect(String(decoding: compactor.compact(Array(text.utf8)), as: UTF8.self).hasSuffix(" \u{1b}[4;20H"))
  }

  @Test func anUnknownAttributeIsPassedOn() {
    #expect(compacted("\u{1b}[31ma\u{1b}[53mb\u{1b}[mc") == "\u{1b}[31ma\u{1b}[53m\u{1b}[;31mb\u{1b}[mc")
  }

  @Test func oldTerminalsSwitchAllOff() {
    #expect(compacted("\u{1b}[1;7ma\u{1b}[27mb", canSwitchOff: false) == "\u{1b}[1;7ma\u{1b}[;1mb")
    #expect(compacted("\u{1b}[1;7ma\u{1b}[27mb", canSwitchOff: true) == "\u{1b}[1;7ma\u{1b}[27mb")
  }

  @Test func afterOthersEverythingIsSaidAgain() {
    var compactor = SequenceCompactor(canSwitchOff: true, movesInRow: true)
    _ = compactor.compact(Array("\u{1b}[31ma".utf8))
    compactor.forget()
    #expect(compactor.compact(Array("b".utf8)) == Array("\u{1b}[;31mb".utf8))
  }

  @Test(arguments: ["\u{1b}", "\u{1b}[", "\u{1b}[38", "\u{1b}[38;5m", "\u{1b}[38;5;1", "\u{1b}]2;x", "\u{1b}(", "\u{1b}[48;2;1m"])
  func takesWhatIsCutOff(text: String) {
    #expect(compacted(text).utf8.count <= text.utf8.count + 4)
  }

  /// Random streams look the same with and without.
  @Test(arguments: [true, false])
  func theScreenIsTheSame(canSwitchOff: Bool) {
    let pieces = [
      "a", "订", " ", "  ", "\u{1b}[K", "\u{1b}[5X", "\n", "\u{1b}[m", "\u{1b}[0m", "\u{1b}[1m", "\u{1b}[2m", "\u{1b}[4m",
      "\u{1b}[7m",
      "\u{1b}[22m", "\u{1b}[24m", "\u{1b}[27m", "\u{1b}[31m", "\u{1b}[92m", "\u{1b}[38;5;210m", "\u{1b}[48;5;17m", "\u{1b}[39m",
      "\u{1b}[49m", "\u{1b}[48;2;1;2;3m", "\u{1b}[0;1;4;31m", "\u{1b}(B", "\u{1b}[3;4H", "\u{1b}[3m", "\u{1b}[23m",
    ]
    var random = SystemRandomNumberGenerator()
    for _ in 0..<300 {
      var compactor = SequenceCompactor(canSwitchOff: canSwitchOff, movesInRow: true)
      var (plain, compact): ([UInt8], [UInt8]) = ([], [])
      for _ in 0..<3 {
        let frame = (0..<20).compactMap { _ in pieces.randomElement(using: &random) }.joined()
        plain += Array(frame.utf8)
        compact += compactor.compact(Array(frame.utf8))
      }
      let (one, other) = (Self.seen(plain), Self.seen(compact))
      #expect(one == other, "\(String(decoding: plain, as: UTF8.self).debugDescription)")
      if one != other { return }
    }
  }

  /// What each piece of a stream looks like, in order: characters with their state, blanks with what is seen of them.
  static func seen(_ bytes: [UInt8]) -> [String] {
    var state = GraphicState()
    var seen: [String] = []
    var rest = bytes[...]
    while let byte = rest.first {
      if byte == 0x1b, rest.dropFirst().first == UInt8(ascii: "["), let end = rest.dropFirst(2).firstIndex(where: { $0 >= 0x40 })
      {
        let body = rest[(rest.startIndex + 2)..<end]
        switch rest[end] {
        case UInt8(ascii: "m"): _ = state.apply(body)
        case UInt8(ascii: "H"), UInt8(ascii: "G"), UInt8(ascii: "C"): seen.append("move")
        default: seen.append("erase \(state.blank)")
        }
        rest = rest[(end + 1)...]
      } else if byte == 0x1b {
        rest = rest.dropFirst(3)
      } else {
        seen.append(byte <= 0x20 ? "blank \(state.blank)" : "\(byte) \(state)")
        rest = rest.dropFirst()
      }
    }
    return seen
  }
}
