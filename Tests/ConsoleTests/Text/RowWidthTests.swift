import RegistryModel
import Testing

@testable import Console
import TestSupport

/// Whatever is written, every row of a frame is exactly as wide as the frame, and nothing in it acts on a terminal.
@Suite struct RowWidthTests {
  static let pieces: [String] = [
    "a", "order-core", " ", "订单服务", "한국어", "𠮷", "👨\u{200d}👩\u{200d}👧\u{200d}👦", "👍🏽", "🇨🇳", "e\u{301}\u{302}\u{303}\u{304}",
    "\u{301}", "שלום", "مرحبا", "\u{202e}", "\u{1b}[31m", "\u{9b}", "\u{7}", "\u{0}", "\u{200b}", "\u{200d}", "\u{fe0f}",
    "\u{378}",
    "\u{10ffff}", "ก็็็็็็", "क्षि", "\u{1112}\u{1161}\u{11ab}", "…", "ﷺ",
  ]

  @Test func everyRowIsAsWideAsTheFrame() {
    var random = SeededRandom(seed: 20_260_901)
    for _ in 0..<2_000 {
      let size = Size(rows: Int.random(in: 1...4, using: &random), columns: Int.random(in: 1...40, using: &random))
      var frame = Frame(size)
      for _ in 0..<6 { write(Self.text(&random), into: &frame, &random) }
      for line in frame.lines {
        #expect(Self.width(line) == size.columns, "\(line.debugDescription)")
        #expect(!line.unicodeScalars.contains { $0.value < 0x20 || (0x7f...0x9f).contains($0.value) || $0 == "\u{202e}" })
      }
    }
  }

  private static func text(_ random: inout SeededRandom) -> String {
    (0..<Int.random(in: 0...8, using: &random)).compactMap { _ in pieces.randomElement(using: &random) }.joined()
  }

  private func write(_ text: String, into frame: inout Frame, _ random: inout SeededRandom) {
    frame.put(
      text, row: Int.random(in: -1...4, using: &random), column: Int.random(in: -2...40, using: &random),
      width: Bool.random(using: &random) ? Int.random(in: 0...44, using: &random) : nil,
      align: [.left, .right, .center].randomElement(using: &random) ?? .left,
      cut: Bool.random(using: &random) ? .end : .middle)
  }

  /// What ncurses advances by: the sum of libc's widths, scalar by scalar.
  private static func width(_ line: String) -> Int {
    line.unicodeScalars.reduce(0) { $0 + (CellWidth.of($1) ?? -1_000) }
  }
}
