import Testing

@testable import RegistryServer

@Suite("Pages of other sites")
struct OriginRulesTests {
  private func refuses(_ rules: OriginRules, host: String?, origin: String? = nil) -> Bool {
    Array((host ?? "").utf8).withUnsafeBytes { host_ in
      Array((origin ?? "").utf8).withUnsafeBytes { origin_ in
        rules.refuses(host: host == nil ? nil : host_, origin: origin == nil ? nil : origin_)
      }
    }
  }

  @Test func addressesAndOwnNamesAreOurs() {
    let rules = OriginRules(names: ["registry.example"])
    for host in [
      "127.0.0.1:8848", "10.0.0.1", "[::1]:8848", "localhost", "LocalHost:8848", "a.localhost:1", "Registry.Example:8848",
      "muster:8848", "",
    ] { #expect(!refuses(rules, host: host), "\(host)") }
    #expect(!refuses(rules, host: nil))
    for host in ["evil.example", "127.0.0.1.evil.example:8848", "registry.example.evil", "x.xlocalhost", "0x7f.1"] {
      #expect(refuses(rules, host: host), "\(host)")
    }
  }

  @Test func elsewhereOnlyBrowsersAreAsked() {
    let rules = OriginRules(asksEverybody: false)
    #expect(!refuses(rules, host: "muster.default.svc:8848"))
    #expect(refuses(rules, host: "muster.default.svc:8848", origin: "http://muster.default.svc:8848"))
  }

  @Test func aPageMustComeFromHere() {
    let rules = OriginRules()
    #expect(!refuses(rules, host: "127.0.0.1:8848", origin: "http://127.0.0.1:8848"))
    #expect(!refuses(rules, host: "localhost:8848", origin: "https://LOCALHOST:8848"))
    for origin in ["http://127.0.0.1", "http://evil.example", "null", "", "file://", "http://127.0.0.1:8848.evil.example"] {
      #expect(refuses(rules, host: "127.0.0.1:8848", origin: origin), "\(origin)")
    }
    #expect(refuses(rules, host: nil, origin: "http://127.0.0.1:8848"))
  }
}
