import Console
import Testing

@Suite struct ConsoleSettingsTextTests {
  @Test func settingsComeBackAsTheyWere() {
    var settings = ConsoleSettings()
    settings.theme = "contrast-dark"
    settings.glyphs = .ascii
    settings.usesUTC = true
    settings.wide = [.services, .instances]
    settings.favourites = ["public", "运维 \"x\"\\", "tab\tand\u{7F}"]
    settings.history = ["inst order-core", "find 10.8.3.0/24"]
    settings.sorts = [
      .services: SortChoice(column: "up", isDescending: true), .instances: SortChoice(column: "weight"),
    ]
    #expect(ConsoleSettings(text: Array(settings.text.utf8)) == settings)
    #expect(ConsoleSettings(text: Array(ConsoleSettings().text.utf8)) == ConsoleSettings())
  }

  @Test func whatIsNotUnderstoodKeepsItsDefault() {
    let text =
      "theme = 3\nutc = \"yes\"\nnew = { a = 1 }\nwide = [\"services\", \"moon\", 4]\n[sort]\nservices = \"\"\nmoon = \"x\"\n"
    var expected = ConsoleSettings()
    expected.wide = [.services]
    #expect(ConsoleSettings(text: Array(text.utf8)) == expected)
  }

  @Test func whatIsNoDocumentIsRefused() {
    #expect(ConsoleSettings(text: Array("theme = ".utf8)) == nil)
    #expect(ConsoleSettings(text: [0xFF, 0xFE, 0x00]) == nil)
  }
}
