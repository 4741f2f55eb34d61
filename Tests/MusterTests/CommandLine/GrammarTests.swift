import Testing

@testable import muster

@Suite("Taking a command line apart")
struct GrammarTests {
  private let grammar = Grammar(
    program: "tool", version: "1.2", about: "does things",
    commands: [
      CommandRule(
        name: "show", about: "Shows.",
        options: [
          OptionRule(name: "file", short: "f", argument: "PATH", about: "what to show"),
          OptionRule(name: "all", short: "a", about: "everything", excludes: ["file"]),
          OptionRule(name: "brief", short: "b", about: "less", needs: "all"),
        ]),
      CommandRule(
        name: "store", about: "store things",
        options: [
          OptionRule(name: "file", short: "f", argument: "PATH", about: "what to show"),
          OptionRule(name: "force", about: "even so"),
        ]),
    ])

  private func words(_ arguments: String...) throws -> Words {
    switch try grammar.parse(arguments) {
    case .run(let words): words
    case .print(let text): throw UsageError("printed \(text)")
    }
  }

  private func message(_ arguments: String...) -> String? {
    do throws(UsageError) {
      _ = try grammar.parse(arguments)
      return nil
    } catch {
      return error.message
    }
  }

  @Test func nothingIsTheFirstCommand() throws {
    #expect(try words() == Words(command: "show"))
    #expect(try words("store").command == "store")
  }

  @Test(arguments: [["--file", "x y"], ["--file=x y"], ["-f", "x y"], ["-fx y"]])
  func valuesInAllSpellings(arguments: [String]) throws {
    for arguments in [arguments, ["store"] + arguments, arguments + ["store"]] {
      guard case .run(let words) = try grammar.parse(arguments) else { throw UsageError("printed") }
      #expect(words["file"] == "x y")
    }
  }

  @Test func flagsTogether() throws {
    let words = try words("-ab")
    #expect(words.has("all"))
    #expect(words.has("brief"))
    #expect(!words.has("file"))
  }

  @Test func theLastValueCounts() throws {
    #expect(try words("-f", "one", "--file=two")["file"] == "two")
  }

  @Test func valuesThatLookOdd() throws {
    #expect(try words("--file=")["file"] == "")
    #expect(try words("--file=a=b")["file"] == "a=b")
    #expect(try words("--file=--all")["file"] == "--all")
    #expect(try words("--file", "-")["file"] == "-")
    #expect(try words("--file", "")["file"] == "")
  }

  @Test func aForgottenValueIsNotTheNextOption() {
    #expect(message("--file", "--all") == "'--file' needs a value: --file PATH")
    #expect(message("--file") == "'--file' needs a value: --file PATH")
    #expect(message("-f") == "'--file' needs a value: --file PATH")
    #expect(message("--file", "--") == "'--file' needs a value: --file PATH")
  }

  @Test func whatIsNotKnown() {
    #expect(message("--fiel") == "unknown option '--fiel'; did you mean '--file'?")
    #expect(message("--zzzzzz") == "unknown option '--zzzzzz'")
    #expect(message("--") == nil)
    #expect(message("--=x") == "unknown option '--'")
    #expect(message("-z") == "unknown option '-z'")
    #expect(message("-az") == "unknown option '-z'")
    #expect(message("stroe") == "unknown command 'stroe'; did you mean 'store'?")
    #expect(message("help") == "unknown command 'help'; did you mean '--help'?")
    #expect(message("something") == "unknown command 'something'")
    #expect(message("") == "unknown command ''")
    #expect(message("-") == "unknown command '-'")
  }

  @Test func whatDoesNotGoTogether() {
    #expect(message("--all", "--file=x") == "'--all' and '--file' exclude each other")
    #expect(message("--file=x", "--all") == "'--all' and '--file' exclude each other")
    #expect(message("--brief") == "'--brief' needs '--all'")
    #expect(message("--all=yes") == "'--all' takes no value")
    #expect(message("store", "--all") == "'--all' does not go with 'store'")
    #expect(message("--all", "store") == "'--all' does not go with 'store'")
    #expect(message("--force") == "'--force' goes with 'store'")
  }

  @Test func wordsTooMany() {
    #expect(message("store", "this") == "unexpected 'this'")
    #expect(message("store", "store") == "unexpected 'store'")
    #expect(message("--", "store") == "unexpected 'store'")
    #expect(message("store", "--", "--force") == "unexpected '--force'")
  }

  @Test func helpAndVersionAnswerAtOnce() throws {
    #expect(try grammar.parse(["--version"]) == .print("tool 1.2"))
    #expect(try grammar.parse(["store", "-V"]) == .print("tool 1.2"))
    #expect(try grammar.parse(["--help", "--nonsense"]) == .print(grammar.help(for: nil)))
    #expect(try grammar.parse(["store", "-h"]) == .print(grammar.help(for: grammar.command(named: "store"))))
    #expect(throws: UsageError("unknown option '--nonsense'")) { try grammar.parse(["--nonsense", "--help"]) }
  }

  @Test func helpNamesEverything() {
    let program = grammar.help(for: nil)
    for text in ["-f, --file PATH", "-a, --all", "-b, --brief", "-h, --help", "-V, --version", "store things"] {
      #expect(program.contains(text), "\(text)")
    }
    let store = grammar.help(for: grammar.command(named: "store"))
    #expect(store.contains("Usage: tool store [options]"))
    #expect(store.contains("    --force"))
    #expect(!store.contains("--brief"))
  }
}

@Suite("Hints")
struct HintTests {
  @Test(arguments: [
    ("", "", 0), ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1), ("abc", "xabc", 1), ("kitten", "sitting", 3),
    ("", "abc", 3),
  ])
  func distance(first: String, second: String, expected: Int) {
    #expect(editDistance(first, second) == expected)
    #expect(editDistance(second, first) == expected)
  }

  @Test func aPageIsNearNothing() {
    #expect(hint(for: String(repeating: "x", count: 1_000_000), among: [("listen", "--listen")]) == "")
  }
}
