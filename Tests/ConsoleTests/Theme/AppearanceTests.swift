import Testing

@testable import Console

@Suite struct AppearanceTests {
  let night = Theme.night

  @Test func theSameStateInEveryDepth() {
    let down = Style(.stateDown)
    #expect(
      night.appearance(of: down, depth: .trueColor)
        == Appearance(foreground: .rgb(RGB(0xff7a70)), background: .terminal, attributes: .bold))
    #expect(
      night.appearance(of: down, depth: .palette256)
        == Appearance(foreground: .palette(XtermPalette.nearest(to: RGB(0xff7a70))), background: .terminal, attributes: .bold))
    #expect(
      night.appearance(of: down, depth: .ansi16) == Appearance(foreground: .palette(1), background: .terminal, attributes: .bold))
    #expect(
      night.appearance(of: down, depth: .mono)
        == Appearance(foreground: .terminal, background: .terminal, attributes: [.bold, .reverse]))
  }

  @Test func theCursorKeepsTheStatesColour() {
    let look = night.appearance(of: Style(.stateDown, over: .cursor, attributes: .underline), depth: .trueColor)
    guard case .rgb(let text) = look.foreground, case .rgb(let behind) = look.background else {
      Issue.record("no colours")
      return
    }
    #expect(behind == RGB(0x2f3a4a))
    #expect(OKLab(text).distance(to: OKLab(RGB(0xff7a70))) < 0.1)
    #expect(look.attributes == [.bold, .underline])
  }

  @Test func aRoleWithoutALookLeavesWhatIsBelow() throws {
    var theme = Theme.night
    theme.looks["row_alt"] = nil
    let plain = theme.appearance(of: Style(.stateOK), depth: .trueColor)
    #expect(theme.appearance(of: Style(.stateOK, over: .rowAlternate), depth: .trueColor) == plain)
  }

  @Test func brightColoursFoldIntoEight() {
    var theme = Theme.night
    theme.ansiLooks["state.ok"] = Look(foreground: .palette(10), background: .palette(9))
    #expect(
      theme.appearance(of: Style(.stateOK), depth: .ansi8)
        == Appearance(foreground: .palette(2), background: .palette(1), attributes: .bold))
    #expect(
      theme.appearance(of: Style(.stateOK), depth: .ansi16)
        == Appearance(foreground: .palette(10), background: .palette(9), attributes: []))
  }

  @Test func everyDepthKeepsToItsColours() {
    for role in Role.allCases {
      for depth in ColorDepth.allCases {
        let look = night.appearance(of: Style(role, over: .cursor), depth: depth)
        for paint in [look.foreground, look.background] { #expect(fits(paint, depth), "\(role) \(depth)") }
      }
    }
  }

  func fits(_ paint: Appearance.Paint, _ depth: ColorDepth) -> Bool {
    switch (paint, depth) {
    case (.terminal, _), (.rgb, .trueColor), (_, .trueColor): true
    case (.palette, .palette256), (.palette(..<16), .ansi16), (.palette(..<8), .ansi8): true
    default: false
    }
  }

  @Test func quantizesByWhatTheEyeSees() {
    #expect(XtermPalette.nearest(to: RGB(0x000000)) == 16)
    #expect(XtermPalette.nearest(to: RGB(0xffffff)) == 231)
    #expect(XtermPalette.nearest(to: RGB(0xff0000)) == 196)
    #expect(XtermPalette.nearest(to: RGB(0x808080)) == 244)
    for index in XtermPalette.fixed {
      let color = XtermPalette.color(UInt8(index))
      #expect(XtermPalette.color(XtermPalette.nearest(to: color)) == color)
    }
  }

  @Test func paleTextIsMadeReadable() {
    let adjusted = Contrast.adjusted(RGB(0x444444), on: RGB(0x14171c), least: 4.5)
    #expect(Contrast.ratio(adjusted, RGB(0x14171c)) >= 4.5)
    #expect(Contrast.adjusted(RGB(0xffffff), on: RGB(0x14171c), least: 4.5) == RGB(0xffffff))
    #expect(Contrast.ratio(Contrast.adjusted(RGB(0x777777), on: RGB(0x777777), least: 21), RGB(0x777777)) > 4)
    #expect(abs(Contrast.ratio(RGB(0xffffff), RGB(0x000000)) - 21) < 0.001)
  }

  @Test func oklabGoesThereAndBack() {
    for value in stride(from: UInt32(0), to: 0x100_0000, by: 69_069) {
      let color = RGB(value)
      #expect(OKLab(color).rgb == color)
    }
    #expect(abs(OKLab(RGB(0xff0000)).lightness - 0.62796) < 0.0001)
  }

  @Test func symbolsKeepTheirWidths() {
    for symbol in Symbol.allCases {
      #expect(TextWidth.of(night.symbol(symbol, in: .utf8)) == symbol.width, "\(symbol)")
      #expect(night.symbol(symbol, in: .ascii).utf8.count == symbol.width)
    }
  }
}
