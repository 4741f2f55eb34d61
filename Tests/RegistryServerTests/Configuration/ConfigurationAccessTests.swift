import HTTPTransport
import Testing

@testable import RegistryServer

/// `ann` reads the namespace `dev` and nothing else.
@Suite("Who may do what with configurations")
struct ConfigurationAccessTests {
  @Test func aReaderReadsItsNamespace() async throws {
    let guarded = try GuardedRegistry()
    let (nacos, ann) = (try await guarded.login(), try await guarded.login("ann", "secret"))
    let dev = ["dataId": "a", "group": "G", "tenant": "dev"]
    let published = dev.merging(["content": "x"]) { $1 }
    #expect(try await guarded.ask("POST", "/cs/configs", published) == "403 unknown user!")
    #expect(try await guarded.ask("POST", "/cs/configs", published, token: ann) == "403 authorization failed!")
    #expect(try await guarded.ask("POST", "/cs/configs", published, token: nacos) == "200 true")
    #expect(try await guarded.ask("GET", "/cs/configs", dev, token: ann) == "200 x")
    let elsewhere = ["dataId": "a", "group": "G"]
    #expect(try await guarded.ask("GET", "/cs/configs", elsewhere, token: ann) == "403 authorization failed!")
    let search = ["search": "blur", "dataId": "", "group": "", "pageNo": "1", "pageSize": "1"]
    #expect(try await guarded.ask("GET", "/cs/configs", search, token: ann) == "403 authorization failed!")
    #expect(try await guarded.ask("GET", "/cs/configs", search.merging(["tenant": "dev"]) { $1 }, token: ann).hasPrefix("200"))
    let ids = ["delType": "ids", "ids": "1", "tenant": "dev"]
    #expect(try await guarded.ask("DELETE", "/cs/configs", ids, token: ann) == "403 authorization failed!")
  }

  /// For clients that know no tokens, as on the naming side.
  @Test func userAndPasswordAsParameters() async throws {
    let guarded = try GuardedRegistry()
    let dev = ["dataId": "a", "group": "G", "tenant": "dev"]
    func with(_ user: String, _ password: String, _ others: [String: String] = [:]) -> [String: String] {
      dev.merging(["username": user, "password": password]) { $1 }.merging(others) { $1 }
    }
    #expect(
      try await guarded.ask("POST", "/cs/configs", with("nacos", "nacos", ["content": "x", "src_user": "eve"])) == "200 true")
    #expect(try await guarded.ask("GET", "/cs/configs", with("ann", "secret")) == "200 x")
    #expect(
      try await guarded.ask("GET", "/cs/configs", with("nacos", "nacos", ["show": "all"])).contains(#""createUser":"nacos""#))
    #expect(try await guarded.ask("GET", "/cs/configs", with("ann", "wrong")) == "403 unknown user!")
    #expect(try await guarded.ask("POST", "/cs/configs", with("ann", "secret", ["content": "y"])) == "403 authorization failed!")
    let listening = ["Listening-Configs": "a\u{2}G\u{2}\u{2}dev\u{1}"]
    let poll = try await guarded.registry.send(
      "POST", "/cs/configs/listener", with("ann", "secret", listening), headers: [HTTPHeader("Long-Pulling-Timeout", "10000")])
    #expect(poll.text == "a%02G%02dev%01\n")
    let beta = try await guarded.registry.send(
      "POST", "/cs/configs", with("nacos", "nacos", ["content": "z"]), headers: [HTTPHeader("betaIps", "127.0.0.1")])
    #expect(beta.text == "true")
    #expect(try await guarded.ask("GET", "/cs/configs", with("ann", "secret")) == "200 z")
  }

  @Test func aPollIsAskedAboutEachOfItsKeys() async throws {
    let guarded = try GuardedRegistry()
    let ann = try await guarded.login("ann", "secret")
    func poll(_ text: String) async throws -> String {
      try await guarded.ask("POST", "/cs/configs/listener", ["Listening-Configs": text], token: ann)
    }
    #expect(try await poll("a\u{2}G\u{2}\u{2}dev\u{1}") == "200 ")
    #expect(try await poll("a\u{2}G\u{2}\u{2}dev\u{1}a\u{2}G\u{2}\u{1}") == "403 authorization failed!")
  }
}
