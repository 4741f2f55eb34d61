import RegistryServer
import Testing

@testable import muster

@Suite("What muster is asked for")
struct InvocationTests {
  private func invocation(_ arguments: String..., environment: [String: String] = ["HOME": "/home/x"]) throws(UsageError)
    -> Invocation
  {
    try Invocation(arguments: arguments) { environment[$0] }
  }

  private func console(_ arguments: [String], environment: [String: String] = ["HOME": "/home/x"]) throws -> ConsoleOptions {
    guard case .console(let options) = try Invocation(arguments: arguments, environment: { environment[$0] }) else {
      throw UsageError("not the console")
    }
    return options
  }

  private func registry(_ arguments: String..., environment: [String: String] = ["HOME": "/home/x"]) throws -> RegistryOptions {
    guard case .serve(let options) = try Invocation(arguments: ["serve"] + arguments, environment: { environment[$0] }) else {
      throw UsageError("not the registry")
    }
    return options.registry
  }

  private func message(_ arguments: String..., environment: [String: String] = ["HOME": "/home/x"]) -> String? {
    do throws(UsageError) {
      _ = try Invocation(arguments: arguments) { environment[$0] }
      return nil
    } catch {
      return error.message
    }
  }

  @Test func aloneItIsTheConsoleOverItsOwnRegistry() throws {
    let options = try console([])
    guard case .embedded(let registry, nil) = options.source else { throw UsageError("another source") }
    #expect(registry.listen == ListenAddress(host: "127.0.0.1", port: 8848))
    #expect(registry.storage == .folder("/home/x/.local/state/muster"))
    #expect(options.theme == nil)
    #expect(options.color == .auto)
  }

  @Test func theDemoKeepsNothing() throws {
    guard case .embedded(let registry, let demo?) = try console(["--demo", "--seed", "18446744073709551615"]).source else {
      throw UsageError("another source")
    }
    #expect(demo.seed == .max)
    #expect(registry.storage == .memory)
    guard case .embedded(_, let unseeded?) = try console(["--demo"]).source else { throw UsageError("another source") }
    #expect(unseeded.seed == nil)
  }

  @Test func overAnother() throws {
    let options = try console(["--server", "http://host:1", "--theme=./my.toml", "--color", "256"], environment: [:])
    #expect(options.source == .remote(try ServerURL("http://host:1/nacos")))
    #expect(options.theme == .file("./my.toml"))
    #expect(options.color == .palette)
  }

  @Test func withoutAScreen() throws {
    guard case .serve(let options) = try invocation("serve", "--listen", "[::1]:0", "--memory", "--log-level", "debug") else {
      throw UsageError("not the registry")
    }
    #expect(options.registry.listen == ListenAddress(host: "::1", port: 0))
    #expect(options.registry.storage == .memory)
    #expect(options.logLevel == .debug)
  }

  @Test func whereDataLies() throws {
    #expect(try registry("--data", "here").storage == .folder("here"))
    #expect(try registry(environment: ["HOME": "/h", "XDG_STATE_HOME": "/s"]).storage == .folder("/s/muster"))
    #expect(try registry(environment: ["HOME": "/h", "XDG_STATE_HOME": "relative"]).storage == .folder("/h/.local/state/muster"))
    #expect(try registry("--memory", environment: [:]).storage == .memory)
    #expect(try #require(message("serve", environment: [:])).contains("--data DIR or --memory"))
    #expect(message("serve", "--data", "") == "'--data' needs a folder")
  }

  @Test func whereHealthIsChecked() throws {
    #expect(try registry("--memory").probeRanges == nil)
    let ranges = try registry("--probe-ranges", "10.0.0.0/8,::1").probeRanges
    #expect(ranges == [try #require(AddressRange("10.0.0.0/8")), try #require(AddressRange("::1"))])
    for wrong in ["", "10.0.0.0/8,", "10.0.0.0/33", "db.local"] {
      #expect(try #require(message("serve", "--probe-ranges", wrong)).contains("like 10.0.0.0/8"))
    }
  }

  @Test func openToOthersOnlyWhenSaidSo() throws {
    #expect(try #require(message("serve", "--listen", "0.0.0.0:8848")).contains("--insecure-no-auth"))
    #expect(try #require(message("--listen", "0.0.0.0:8848")).contains("--insecure-no-auth"))
    #expect(try registry("--listen", "0.0.0.0:8848", "--insecure-no-auth").listen.host == "0.0.0.0")
  }

  @Test(arguments: [
    ["--server", "http://h", "--demo"], ["--demo", "--server", "http://h"], ["--server", "http://h", "--listen", "127.0.0.1:1"],
    ["--server", "http://h", "--data", "d"], ["--server", "http://h", "--memory"],
    ["--server", "http://h", "--insecure-no-auth"], ["--server", "http://h", "--probe-ranges", "::1"],
    ["--demo", "--probe-ranges", "::1"],
    ["--demo", "--data", "d"], ["--data", "d", "--memory"],
  ])
  func exclusive(arguments: [String]) throws {
    let error = #expect(throws: UsageError.self) { try console(arguments) }
    #expect(try #require(error).message.hasSuffix("exclude each other"))
  }

  @Test func valuesOutOfTheirRange() {
    #expect(message("--demo", "--seed", "x") == "'--seed' is a whole number, not 'x'")
    #expect(message("--demo", "--seed=-1") == "'--seed' is a whole number, not '-1'")
    #expect(message("--seed", "1") == "'--seed' needs '--demo'")
    #expect(
      message("--color", "autp") == "'--color' is one of auto, always, never, 16, 256, true, not 'autp'; did you mean 'auto'?")
    #expect(message("--theme", "") == "'--theme' needs a name or a path")
    #expect(message("serve", "--log-level", "loud") == "'--log-level' is one of error, warn, info, debug, not 'loud'")
    #expect(message("serve", "--demo") == "'--demo' does not go with 'serve'")
    #expect(message("--log-level", "info") == "'--log-level' goes with 'serve'")
  }

  @Test func helpFitsAScreen() throws {
    for arguments in [["--help"], ["serve", "--help"]] {
      guard case .print(let text) = try Grammar.muster.parse(arguments) else { throw UsageError("nothing printed") }
      for line in text.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    }
  }

  /// An option that two commands share must be one rule: before the command is named nobody can tell which is meant.
  @Test func optionsOfOneNameAreOneRule() {
    let rules = Grammar.muster.commands.flatMap(\.options)
    for rule in rules {
      for other in rules where other.name == rule.name {
        #expect(other.argument == rule.argument)
        #expect(other.short == rule.short)
      }
      for name in rule.excludes + (rule.needs.map { [$0] } ?? []) { #expect(rules.contains { $0.name == name }, "\(name)") }
    }
  }

  @Test func whoIsLetIn() throws {
    let plain = try registry("--memory").access
    #expect(!plain.asks && plain.tls == nil && plain.hostNames.isEmpty)
    let asked = try registry(
      "--auth", "--admin-password-file", "/p", "--listen", "0.0.0.0:8848", "--tls-cert", "c", "--tls-key", "k",
      "--host-names", "A.example,b")
    #expect(asked.access.asks && asked.access.passwordFile == "/p" && asked.access.hostNames == ["a.example", "b"])
    #expect(asked.access.tls == AccessChoice.TLSFiles(certificate: "c", key: "k"))
    #expect(asked.origins.names.isSuperset(of: ["a.example", "b", "0.0.0.0"]) && !asked.origins.asksEverybody)
    #expect(asked.tellsSecretsInPlainText == false)
    #expect(try registry("--auth", "--listen", "0.0.0.0:8848").tellsSecretsInPlainText)
    #expect(try registry("--memory").origins.asksEverybody)
    #expect(message("serve", "--admin-password-file", "/p")?.contains("--auth") == true)
    #expect(message("serve", "--tls-cert", "c")?.contains("--tls-key") == true)
    #expect(message("serve", "--auth", "--insecure-no-auth")?.contains("exclude each other") == true)
    #expect(message("serve", "--auth", "--admin-password-file", "") != nil)
    for names in ["", "a,", "a:80", "http://a"] { #expect(message("serve", "--host-names", names) != nil, "\(names)") }
    #expect(message("--server", "http://h", "--auth") != nil)
    #expect(message("--server", "http://ann:secret@h")?.contains("MUSTER_PASSWORD") == true)
    #expect(message("--server", "http://ann:secret@h")?.contains("secret") == false)
  }
}
