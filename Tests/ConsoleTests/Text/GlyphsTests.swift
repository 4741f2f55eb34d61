import Testing

@testable import Console

@Suite struct GlyphsTests {
  func shown(_ text: String) -> String {
    Glyphs(text).map(\.text).joined()
  }

  @Test(arguments: [
    ("order-core", "order-core"),
    ("a\u{1b}[2Jb", "a\\x1b[2Jb"),
    ("\u{9b}6n", "\\x9b6n"),
    ("a\u{7f}", "a\\x7f"),
    ("a\tb\r\n", "a\\tb\\r\\n"),
    ("user\u{202e}gnp", "user\\u202egnp"),
    ("\u{2066}x\u{2069}", "\\u2066x\\u2069"),
    ("zero\u{200b}width\u{feff}", "zero\\u200bwidth\\ufeff"),
    ("join\u{200d}er", "join\\u200der"),
    ("soft\u{ad}hyphen", "soft\\xadhyphen"),
    ("tag\u{e0041}", "tag\\U000e0041"),
    ("line\u{2028}end", "line\\u2028end"),
    ("a\u{fe0f}", "a\\ufe0f"),
    ("filler\u{3164}", "filler\\u3164"),
    ("订单", "订单"),
    ("\u{378}", "\u{fffd}"),
  ])
  func hostileTextBecomesVisible(text: String, expected: String) {
    #expect(shown(text) == expected)
  }

  @Test(arguments: [
    ("👨\u{200d}👩\u{200d}👧", "👨👩👧", 6),
    ("👍🏽", "👍", 2),
    ("🏽", "\u{fffd}", 1),
    ("🇨🇳", "CN", 2),
    ("❤\u{fe0f}", "❤", 1),
    ("1\u{fe0f}\u{20e3}", "1", 1),
    ("👩\u{200d}", "👩\\u200d", 8),
  ])
  func emojiAreCutWhereTerminalsDisagree(text: String, expected: String, width: Int) {
    #expect(shown(text) == expected)
    #expect(TextWidth.of(text) == width)
  }

  @Test func marksStayWithTheirBase() {
    let glyphs = Array(Glyphs("e\u{301}x"))
    #expect(glyphs.map(\.width) == [1, 1])
    #expect(glyphs[0].marks == ["\u{301}"])
    #expect(shown("e\u{301}x").unicodeScalars.elementsEqual("e\u{301}x".unicodeScalars))
  }

  @Test func aFloodOfMarksIsSpeltOut() {
    let flood = "a" + String(repeating: "\u{301}", count: 5)
    #expect(shown(flood).unicodeScalars.elementsEqual("a\u{301}\u{301}\u{301}\\u0301\\u0301".unicodeScalars))
    #expect(shown("\u{301}a") == "\\u0301a")
  }

  @Test func jamoCombine() {
    #expect(TextWidth.of("\u{1112}\u{1161}\u{11ab}") == 2)
  }
}
