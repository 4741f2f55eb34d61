import Testing

@testable import Console

@Suite struct ThemeTests {
  /// A theme that says what it must.
  static let least = """
    [palette]
    green = "#7fd18b"
    [role]
    base = { fg = "#d7dae0", bg = "#14171c" }
    dim = "#8a919e"
    cursor = { reverse = true }
    header = "green"
    state.ok = "green"
    state.degraded = "#f0c05a"
    state.protect = "#e59cf0"
    state.off = "#8fa3bf"
    """

  static let down = "\nstate.down = { fg = \"#ff7a70\", bold = true }\n"

  func entry(_ files: [String: String], _ name: String = "x") throws(ThemeProblem) -> ThemeLibrary.Entry {
    try ThemeLibrary(folders: ["themes"], files: FakeFiles(files)).theme(name)
  }

  func problem(_ text: String) -> String {
    do {
      _ = try entry(["themes/x.toml": text])
      return "none"
    } catch {
      return error.description
    }
  }

  @Test func nineRolesMakeATheme() throws {
    let theme = try entry(["themes/x.toml": Self.least + Self.down]).theme
    #expect(theme.name == "x")
    for role in Role.allCases {
      let appearance = theme.appearance(of: Style(role), depth: .trueColor)
      #expect(appearance.foreground != .terminal, "\(role)")
    }
    #expect(theme.look(of: .lost, depth: .trueColor) == theme.look(of: .stateDown, depth: .trueColor))
  }

  @Test(arguments: [
    ("state.down = \"gren\"", "themes/x.toml:12: unknown swatch \"gren\""),
    ("state.down = 3", "themes/x.toml:12: role \"state.down\" must be a colour or a table, not an integer"),
    ("state.down = { bold = 1 }", "themes/x.toml:12: bold of \"state.down\" must be true or false, not an integer"),
    ("", "themes/x.toml: role \"state.down\" is missing"),
    ("state.ok = \"green\"", "themes/x.toml:12: "),
    ("[role", "themes/x.toml:12: "),
    ("state.down = \"green\"\n[ansi16]\ndim = \"#ffffff\"", "themes/x.toml:14: none of the 16 colours: \"#ffffff\""),
    ("state.down = \"green\"\n[palette.x]", "themes/x.toml:13: swatch \"x\" must be a string, not a table"),
  ])
  func saysWhatIsWrongAndWhere(line: String, expected: String) {
    let text = problem(Self.least + "\n" + line)
    #expect(text.hasPrefix(expected), "\(text)")
  }

  @Test(arguments: [
    ("schema = 2", ":1: schema 2 is not known; this program reads schema 1"),
    ("variant = \"blue\"", ":1: variant must be \"dark\", \"light\" or \"any\""),
    ("min_contrast = 40", ":1: min_contrast must be a number from 0 to 21"),
    ("background = true", ":1: background must be a string, not true or false"),
    ("name = \"\u{1b}[2J\"\u{7}", ":1: "),
  ])
  func checksTheHead(line: String, expected: String) {
    let text = problem(line + "\n" + Self.least + Self.down)
    #expect(text.contains(expected), "\(text)")
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 })
  }

  @Test func unknownKeysWarnAndNothingFails() throws {
    let text =
      "colour = 1\n" + Self.least + Self.down + "statee = \"green\"\nstate.odd = \"green\"\ndim2 = {}\n[glyphs]\ndown = \"xx\"\n"
    let warnings = try entry(["themes/x.toml": text]).warnings.map(\.description)
    #expect(
      warnings == [
        "themes/x.toml:1: unknown key \"colour\"",
        "themes/x.toml:14: unknown role \"statee\"",
        "themes/x.toml:15: unknown role \"state.odd\"",
        "themes/x.toml:16: unknown role \"dim2\"",
        "themes/x.toml:18: glyph \"down\" must be 1 wide, not 2",
      ])
  }

  @Test func aGroupStandsInForItsRoles() throws {
    let theme = try entry(["themes/x.toml": Self.least + Self.down + "sev = \"green\"\n"]).theme
    #expect(theme.look(of: .severityRaft, depth: .trueColor)?.foreground == .rgb(RGB(0x7fd18b)))
  }

  @Test func hostileFilesAreRefused() {
    #expect(problem(String(repeating: "#", count: 70 << 10)) == "themes/x.toml:1: larger than 64 KiB")
    let deep = String(repeating: ".a", count: 30_000)
    #expect(problem("a\(deep) = 1") == "themes/x.toml:1: more than 2000 dots in keys and numbers")
    #expect(problem("[a\(deep)]").hasSuffix("dots in keys and numbers"))
    #expect(problem("x = [ \"\"\"a\"\"\"\", 'b', { a\(deep) = 1 } ]").hasSuffix("dots in keys and numbers"))
    #expect(problem("x = { y\(String(repeating: ".a", count: 1_900)) = 1 }").hasSuffix("nested too deeply"))
    #expect(problem("x = " + String(repeating: "[", count: 60_000)).hasPrefix("themes/x.toml:1: "))
    #expect(problem("x = \"\u{0}\"").hasPrefix("themes/x.toml:1: "))
  }

  @Test func dotsInTextsAndCommentsDoNotCount() throws {
    let dots = String(repeating: ".", count: 3_000)
    let text = "about = \"\\\"\(dots)\" # \(dots)\nname = \'\'\'\(dots)\n\(dots)\'\'\'\n"
    #expect(try entry(["themes/x.toml": text + Self.least + Self.down]).theme.name.count == 6_001)
  }

  @Test func inheritsWithOtherSwatches() throws {
    let child = "inherits = \"parent\"\n[palette]\ngreen = \"#00ff00\"\n[role]\ndim = \"green\"\n"
    let entry = try entry(["themes/x.toml": child, "themes/parent.toml": Self.least + Self.down])
    #expect(entry.theme.looks["state.ok"]?.foreground == .rgb(RGB(0x00ff00)))
    #expect(entry.theme.looks["dim"]?.foreground == .rgb(RGB(0x00ff00)))
    #expect(entry.theme.looks["state.down"]?.attributes == .bold)
    #expect(entry.files == ["themes/x.toml", "themes/parent.toml"])
  }

  @Test func circlesAndOrphansAreRefused() {
    #expect(problem("inherits = \"x\"").contains(":1: inherits in a circle"))
    #expect(problem("inherits = \"gone\"") == "themes/x.toml:1: no theme \"gone\" to inherit from")
  }

  @Test func nightIsAlwaysThere() throws {
    let entry = try entry([:], "night")
    #expect(entry.theme.name == "night")
    #expect(entry.files == [])
    #expect(entry.theme == .night)
    #expect(throws: ThemeProblem.self) { try self.entry([:], "dusk") }
  }

  @Test func aPathIsReadAsItIs() throws {
    let entry = try entry(
      ["/home/x/own.toml": "inherits = \"near\"", "/home/x/near.toml": Self.least + Self.down], "/home/x/own.toml")
    #expect(entry.theme.name == "own")
    #expect(entry.files == ["/home/x/own.toml", "/home/x/near.toml"])
  }

  @Test func listsNames() {
    let library = ThemeLibrary(folders: ["a", "b"], files: FakeFiles(["a/day.toml": "", "b/day.toml": "", "b/readme": ""]))
    #expect(library.names() == ["day", "night"])
  }
}

struct FakeFiles: ThemeFiles {
  let files: [String: String]

  init(_ files: [String: String]) {
    self.files = files
  }

  func read(_ path: String, limit: Int) -> [UInt8]? {
    files[path].map { Array($0.utf8.prefix(limit)) }
  }

  func names(inFolder folder: String) -> [String] {
    files.keys.filter { $0.hasPrefix(folder + "/") }.map { String($0.dropFirst(folder.count + 1)) }
  }
}
