import RegistryModel
import Testing

@testable import NacosWire

@Suite struct ListeningTextTests {
  private func read(_ text: String, most: Int = 10) -> [String]? {
    ListeningText.interests(text, most: most)?.map { "\($0.key.tenant)/\($0.key.group)/\($0.key.dataID)=\($0.md5)" }
  }

  @Test func reads() {
    #expect(read("a\u{2}g\u{2}m\u{1}") == ["/g/a=m"])
    // As Python's clients have it, with an empty tenant.
    #expect(read("a\u{2}g\u{2}\u{2}\u{1}b\u{2}g\u{2}m\u{2}t\u{1}") == ["/g/a=", "t/g/b=m"])
    #expect(read("a%02g%02m%01") == ["/g/a=m"])
    #expect(read("a\u{2}g\u{2}m\u{1}a\u{2}g\u{2}n\u{1}") == ["/g/a=n"])
    #expect(read("a\u{2}g\u{2}m") == [])
  }

  @Test(arguments: [
    "a\u{2}g\u{1}", "a\u{1}", "\u{1}", "a\u{2}g\u{2}m\u{2}t\u{2}x\u{1}", "\u{2}g\u{2}m\u{1}", "a\u{2} \u{2}m\u{1}",
    String(repeating: "a", count: 600) + "\u{2}g\u{2}m\u{1}",
  ])
  func refuses(_ text: String) { #expect(read(text) == nil) }

  @Test func refusesMoreKeysThanItMay() {
    let text = (0..<11).map { "a\($0)\u{2}g\u{2}m\u{1}" }.joined()
    #expect(read(text) == nil)
    #expect(read(text, most: 11)?.count == 11)
  }

  @Test func writes() {
    let keys = [ConfigurationKey(group: "g", dataID: "a:b"), ConfigurationKey(tenant: "t", group: "g", dataID: "é")]
    #expect(ListeningText.answer(keys) == "a%3Ab%02g%01%C3%A9%02g%02t%01")
    #expect(ListeningText.formerAnswer(keys) == "a:b:g;é:g;")
    #expect(ListeningText.name(ConfigurationKey(tenant: "t", group: "g+", dataID: "a")) == "a+g%2B+t")
  }
}

@Suite struct ConfigurationNamesTests {
  @Test func namesAreOfLettersDigitsAndFewSigns() throws {
    let key = try ConfigurationNames.key(tenant: "t", group: "G_1", dataID: " 配置-a.b:c ")
    #expect(key == ConfigurationKey(tenant: "t", group: "G_1", dataID: "配置-a.b:c"))
    for name in ["", " ", "a b", "a/b", "a\u{1}b", "😀", String(repeating: "a", count: 600)] {
      #expect(throws: Refusal.failed("invalid dataId : \(name)")) {
        try ConfigurationNames.key(tenant: "", group: "g", dataID: name)
      }
    }
    #expect(throws: Refusal.failed("invalid group : g ")) { try ConfigurationNames.key(tenant: "", group: "g ", dataID: "a") }
  }

  @Test func tenants() throws {
    #expect(try ConfigurationNames.tenant(" t ") == "t")
    #expect(try ConfigurationNames.tenantRead("Public") == "" && ConfigurationNames.tenantRead("null") == "")
    #expect(throws: Refusal.illegal("invalid tenant")) { try ConfigurationNames.tenant("a/b") }
    #expect(throws: Refusal.illegal("too long tag, over 128")) {
      try ConfigurationNames.tenant(String(repeating: "t", count: 129))
    }
  }

  @Test func contentsAndWhatIsSaidOfThem() throws {
    #expect(throws: Refusal.failed("content is blank : \t")) { try ConfigurationNames.content("\t", mostUnits: 9) }
    #expect(throws: Refusal.failed("invalid content, over 3")) { try ConfigurationNames.content("ééé!", mostUnits: 3) }
    #expect(try ConfigurationNames.content("ééé", mostUnits: 3) == "ééé")
    #expect(try ConfigurationNames.tags("a,,b") == ["a", "b"])
    #expect(throws: Refusal.failed("too much config_tags, over 5")) { try ConfigurationNames.tags("1,2,3,4,5,6") }
    #expect(throws: Refusal.illegal("too long tag, over 16")) { try ConfigurationNames.tag(String(repeating: "a", count: 17)) }
  }

  @Test func timesOfHeaders() {
    #expect(HTTPTime.text(WallTime(milliseconds: 784_111_777_000)) == "Sun, 06 Nov 1994 08:49:37 GMT")
  }
}
