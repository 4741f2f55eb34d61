import Console
import Testing

@testable import ConsoleTerminal

@Suite struct KeyDecoderTests {
  /// Decodes bytes that came in one go and were followed by silence.
  func events(_ bytes: String) -> [TerminalEvent] {
    var decoder = KeyDecoder()
    var events = bytes.unicodeScalars.compactMap { decoder.take(Int32(bitPattern: $0.value)) }
    if let event = decoder.pause(isFinal: false) { events.append(event) }
    return events
  }

  @Test(arguments: [
    ("a", Key.character("a")), ("G", .character("G")), (" ", .character(" ")), ("单", .character("单")),
    ("\u{1}", .control("a")), ("\u{1a}", .control("z")), ("\u{1c}", .control("\\")), ("\u{0}", .control(" ")),
    ("\r", .enter), ("\n", .enter), ("\t", .tab), ("\u{7f}", .backspace), ("\u{8}", .backspace), ("\u{1b}", .escape),
    ("\u{1b}x", .alt("x")), ("\u{1b}[", .alt("[")), ("\u{1b}O", .alt("O")), ("\u{1b}]", .alt("]")), ("\u{1b}P", .alt("P")),
  ])
  func keys(bytes: String, key: Key) {
    #expect(events(bytes) == [.key(key)])
  }

  @Test func twoEscapesAreTwoKeys() {
    #expect(events("\u{1b}\u{1b}") == [.key(.escape), .key(.escape)])
    #expect(events("\u{1b}\u{1b}q") == [.key(.escape), .key(.alt("q"))])
  }

  @Test(arguments: [
    "\u{1b}[24;80R", "\u{1b}[?62;22c", "\u{1b}]11;rgb:1414/1717/1c1c\u{7}", "\u{1b}]11;rgb:1414/1717/1c1c\u{1b}\\",
    "\u{1b}P1$r0m\u{1b}\\", "\u{1b}[<0;10;20M", "\u{1b}[M q!", "\u{1b}[1;5A", "\u{1b}[?2026;2$y", "\u{1b}OX",
    "\u{1b}[" + String(repeating: "9;", count: 200) + "q", "\u{1b}_Gq\u{1b}\\", "\u{1b}[I\u{1b}[O",
  ])
  func answersOfTheTerminalAreNoKeys(bytes: String) {
    #expect(events(bytes) == [])
    #expect(events(bytes + "j") == [.key(.character("j"))])
  }

  @Test func pastesAreOneEvent() {
    #expect(events("\u{1b}[200~q\r:q!\n\u{1b}[201~j") == [.paste("q\r:q!\n"), .key(.character("j"))])
    #expect(events("\u{1b}[200~\u{1b}[201~") == [.paste("")])
    #expect(events("\u{1b}[201~x") == [.key(.character("x"))])
  }

  @Test func sequencesWithinAPasteAreLeftOut() {
    #expect(events("\u{1b}[200~a\u{1b}[Ab\u{1b}[200~c\u{1b}d\u{1b}[201~") == [.paste("abc")])
  }

  @Test func aPasteIsCutAndItsRestSwallowed() {
    let long = String(repeating: "q", count: 3 * KeyDecoder.pasteLimit)
    let limit = String(repeating: "q", count: KeyDecoder.pasteLimit)
    #expect(events("\u{1b}[200~\(long)\u{1b}[201~j") == [.paste(limit), .key(.character("j"))])
  }

  @Test func aPasteWithoutEndIsGivenUp() {
    var decoder = KeyDecoder()
    for scalar in "\u{1b}[200~abc".unicodeScalars { #expect(decoder.take(Int32(scalar.value)) == nil) }
    #expect(decoder.pause(isFinal: false) == nil)
    #expect(decoder.isWaiting)
    #expect(decoder.pause(isFinal: true) == .paste("abc"))
    #expect(!decoder.isWaiting)
    #expect(decoder.take(0x6a) == .key(.character("j")))
  }

  @Test func noiseDoesNoHarm() {
    var random = SystemRandomNumberGenerator()
    let bytes: [Int32] = [
      0x1b, 0x5b, 0x4f, 0x5d, 0x50, 0x5c, 0x07, 0x3b, 0x32, 0x30, 0x31, 0x7e, 0x4d, 0x71, 0x10_ffff, 0xd800, -5,
    ]
    for _ in 0..<200 {
      var decoder = KeyDecoder()
      for _ in 0..<200 {
        if let byte = bytes.randomElement(using: &random) { _ = decoder.take(byte) }
        if Int.random(in: 0..<20, using: &random) == 0 { _ = decoder.pause(isFinal: Bool.random(using: &random)) }
      }
      _ = decoder.pause(isFinal: true)
      #expect(!decoder.isWaiting)
      #expect(decoder.take(0x6a) == .key(.character("j")))
    }
  }

  @Test func halfASequenceIsLeftOut() {
    var decoder = KeyDecoder()
    for scalar in "\u{1b}[12;".unicodeScalars { #expect(decoder.take(Int32(scalar.value)) == nil) }
    #expect(decoder.pause(isFinal: false) == nil)
    #expect(decoder.pause(isFinal: true) == nil)
    #expect(decoder.take(0x6a) == .key(.character("j")))
  }
}
