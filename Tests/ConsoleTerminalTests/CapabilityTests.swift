import Console
import Testing

@testable import ConsoleTerminal

@Suite struct CapabilityTests {
  @Test(arguments: [
    (ColorChoice.auto, 256, false, nil as String?, ColorDepth.palette256), (.auto, 16_777_216, true, nil, .trueColor),
    (.auto, 16, false, nil, .ansi16), (.auto, 88, false, nil, .ansi16), (.auto, 8, false, nil, .ansi8),
    (.auto, -1, false, nil, .mono), (.auto, 2, false, nil, .mono), (.auto, 256, false, "1", .mono),
    (.auto, 256, false, "", .palette256),
    (.always, 256, false, "1", .palette256), (.never, 256, true, nil, .mono), (.ansi16, 256, false, "1", .ansi16),
    (.ansi16, 8, false, nil, .ansi8), (.ansi16, 0, false, nil, .mono), (.palette256, 16_777_216, true, nil, .palette256),
    (.palette256, 8, false, nil, .ansi8), (.trueColor, 256, false, nil, .palette256), (.trueColor, 8, true, nil, .trueColor),
  ])
  func depth(choice: ColorChoice, colors: Int, direct: Bool, noColor: String?, expected: ColorDepth) {
    #expect(choice.depth(colors: colors, hasDirectColor: direct, noColor: noColor) == expected)
  }

  @Test(arguments: [
    ("UTF-8", "xterm-256color", GlyphSet.utf8, false), ("UTF-8", "linux", .ascii, false), ("UTF-8", "vt100", .ascii, false),
    ("ANSI_X3.4-1968", "xterm", .ascii, false), ("GBK", "xterm", .ascii, true), ("ISO-8859-1", "xterm", .ascii, true),
  ])
  func encoding(codeset: String, type: String, glyphs: GlyphSet, isASCIIOnly: Bool) {
    let encoding = TextEncoding(codeset: codeset, type: type)
    #expect(encoding.glyphs == glyphs)
    #expect(encoding.isASCIIOnly == isASCIIOnly)
  }

  @Test(arguments: [
    (nil as String?, Theme.Variant.dark), ("15;0", .dark), ("0;15", .light), ("0;default;15", .light), ("12;8", .dark),
    ("0;7", .light), ("", .dark), ("x", .dark), ("0;default", .dark),
  ])
  func background(colorFGBG: String?, expected: Theme.Variant) {
    #expect(TerminalBackground.variant(colorFGBG: colorFGBG) == expected)
  }

  @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("订单", "6K6i5Y2V")])
  func base64(text: String, expected: String) {
    #expect(String(decoding: Clipboard.base64(Array(text.utf8)), as: UTF8.self) == expected)
  }

  @Test func clipboardIsBoundedAndSafe() {
    #expect(Clipboard.sequence(for: String(repeating: "a", count: 60_000)) == nil)
    #expect(Clipboard.sequence(for: "a\u{1b}[2J") == Clipboard.sequence(for: "a\\x1b[2J"))
  }
}
