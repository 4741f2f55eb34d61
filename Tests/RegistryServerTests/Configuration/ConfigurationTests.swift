import HTTPTransport
import NacosWire
import RegistryModel
import RegistryStore
import Synchronization
import TestSupport
import Testing

@testable import RegistryServer

@Suite("Configurations over the socket")
struct ConfigurationTests {
  private let registry: TestRegistry
  private static let name = ["dataId": "app.yaml", "group": "G"]

  init() throws { registry = try TestRegistry() }

  private func with(_ parameters: [String: String]) -> [String: String] { Self.name.merging(parameters) { $1 } }

  private func publish(
    _ content: String, _ others: [String: String] = [:], headers: [HTTPHeader] = []
  ) async throws -> String {
    let parameters = with(["content": content]).merging(others) { $1 }
    let answer = try await registry.send("POST", "/cs/configs", parameters, form: true, headers: headers)
    return "\(answer.status) \(answer.text)"
  }

  private func read(_ others: [String: String] = [:]) async throws -> String {
    try await registry.get("/cs/configs", with(others))
  }

  @Test func publishesReadsAndRemoves() async throws {
    #expect(try await read() == "404 config data not exist\n")
    #expect(try await publish("a: é", ["type": "yaml"]) == "200 true")
    let answer = try await registry.send("GET", "/cs/configs", Self.name)
    #expect(answer.text == "a: é")
    #expect(answer[header: "Content-MD5"] == MD5.hexadecimal(Array("a: é".utf8)))
    #expect(answer[header: "Config-Type"] == "yaml")
    #expect(answer[header: "Cache-Control"] == "no-cache,no-store")
    #expect(answer[header: "Last-Modified"]?.hasSuffix(" GMT") == true)
    let head = try await registry.send("HEAD", "/cs/configs", Self.name)
    #expect(head.status == 200 && head.text.isEmpty && head[header: "Config-Type"] == "yaml")
    #expect(try await registry.ask("DELETE", "/cs/configs", Self.name) == "200 true")
    #expect(try await registry.ask("DELETE", "/cs/configs", Self.name) == "200 true")
    #expect(try await read() == "404 config data not exist\n")
  }

  @Test func tenantsAreApart() async throws {
    #expect(try await publish("one", ["tenant": "t1"]) == "200 true")
    #expect(try await publish("all") == "200 true")
    #expect(try await read(["tenant": "t1"]) == "200 one")
    for tenant in ["", "public", "null"] { #expect(try await read(["tenant": tenant]) == "200 all") }
    #expect(try await read(["tenant": "t2"]).hasPrefix("404"))
  }

  @Test func badInputIsRefusedInItsWords() async throws {
    #expect(try await publish(" ") == "500 caused: content is blank :  ;")
    #expect(try await publish("x", ["dataId": "a b"]) == "500 caused: invalid dataId : a b;")
    #expect(try await publish("x", ["group": ""]) == "500 caused: invalid group : ;")
    #expect(try await publish("x", ["tenant": "a/b"]) == "400 caused: invalid tenant;")
    let tenant = String(repeating: "t", count: 129)
    #expect(try await publish("x", ["tenant": tenant]) == "400 caused: too long tag, over 128;")
    #expect(try await publish("x", ["tag": "12345678901234567"]) == "400 caused: too long tag, over 16;")
    #expect(try await publish("x", ["desc": String(repeating: "d", count: 129)]) == "500 caused: too long desc, over 128;")
    #expect(try await registry.ask("POST", "/cs/configs", Self.name).contains("'content'"))
    #expect(try await registry.get("/cs/configs", ["group": "G"]).contains("'dataId'"))
    for (text, why) in [("", "400 caused: invalid probeModify;"), ("a%02b%01", "400 caused: invalid probeModify;")] {
      #expect(try await registry.ask("POST", "/cs/configs/listener", ["Listening-Configs": text], form: true) == why)
    }
    let headers = [HTTPHeader("Long-Pulling-Timeout", "soon")]
    let poll = try await registry.send(
      "POST", "/cs/configs/listener", ["Listening-Configs": "a\u{2}G\u{2}\u{1}"], form: true, headers: headers)
    #expect("\(poll.status) \(poll.text)" == "400 caused: For input string: \"soon\";")
  }

  @Test func detailsAndSearches() async throws {
    #expect(try await read(["show": "all"]) == "200 ")
    _ = try await publish("a", ["desc": "about", "config_tags": "x,y", "appName": "shop", "src_user": "ann"])
    _ = try await publish("b", ["dataId": "app.json"])
    let page = try JSONDocument(try await registry.send("GET", "/cs/configs", with(["show": "all"])).body).root
    #expect(page["desc"]?.string == "about" && page["configTags"]?.string == "x,y" && page["createUser"]?.string == "ann")
    #expect(page["appName"]?.string == "shop" && page["type"]?.string == "text")
    #expect(page["md5"]?.string == MD5.hexadecimal(Array("a".utf8)))
    let catalog = try JSONDocument(try await registry.send("GET", "/cs/configs/catalog", Self.name).body).root
    #expect(catalog["code"]?.integer == 200 && catalog["data"]?["desc"]?.string == "about")
    func found(_ parameters: [String: String]) async throws -> [String] {
      let paged = ["pageNo": "1", "pageSize": "10"].merging(parameters) { $1 }
      let list = try JSONDocument(try await registry.send("GET", "/cs/configs", paged).body).root
      return list["pageItems"]?.elements.compactMap { $0["dataId"]?.string } ?? []
    }
    #expect(try await found(["search": "blur", "dataId": "app*", "group": ""]) == ["app.yaml", "app.json"])
    #expect(try await found(["search": "accurate", "dataId": "app*", "group": ""]) == [])
    #expect(try await found(["search": "accurate", "dataId": "", "group": "G", "config_tags": "y"]) == ["app.yaml"])
    let exact = ["search": "accurate", "dataId": "app.json", "group": "", "pageNo": "1", "pageSize": "9"]
    #expect(try await registry.get("/cs/configs", exact).contains(#""md5":null,"tenant":"","appName":"","type":"text"}"#))
    let blurred = exact.merging(["search": "blur"]) { $1 }
    #expect(try await registry.get("/cs/configs", blurred).contains(#""type":null}"#))
    let none = try await registry.get(
      "/cs/configs", ["search": "blur", "dataId": "", "group": "", "pageNo": "0", "pageSize": "1"])
    #expect(none.hasPrefix("500 caused: serialize page error, dataId=, group=;"))
    #expect(try await registry.ask("DELETE", "/cs/configs", ["delType": "ids", "ids": "1,99"]).hasPrefix(#"200 {"code":200"#))
    #expect(try await found(["search": "blur", "dataId": "", "group": ""]) == ["app.json"])
  }

  @Test func history() async throws {
    for content in ["one", "two"] { _ = try await publish(content) }
    let answer = try await registry.send("GET", "/cs/history", with(["search": "accurate"]))
    let events = Array(try #require(try JSONDocument(answer.body).root["pageItems"]).elements)
    #expect(events.map { $0["opType"]?.string } == ["U         ", "I         "])
    #expect(events.allSatisfy { $0["md5"]?.isNull == true && $0["content"]?.isNull == true })
    let id = try #require(events.first?["id"]?.string)
    let event = try await registry.get("/cs/history", with(["nid": id]))
    #expect(event.contains(#""content":"one""#) && event.contains(MD5.hexadecimal(Array("one".utf8))))
    #expect(
      try await registry.get("/cs/history", ["dataId": "b", "group": "G", "nid": id]) == "403 Please check dataId and group.")
    let samples = with(["sampleTime": "x"])
    #expect(try await registry.get("/cs/configs/listener", samples).hasPrefix("400 caused: Failed to convert"))
  }

  @Test func betaAndTags() async throws {
    _ = try await publish("main")
    #expect(try await publish("beta", headers: [HTTPHeader("betaIps", "127.0.0.1,10.0.0.1")]) == "200 true")
    let answer = try await registry.send("GET", "/cs/configs", Self.name)
    #expect(answer.text == "beta" && answer[header: "isBeta"] == "true")
    #expect(try await read(["beta": "true"]).contains(#""betaIps":"127.0.0.1,10.0.0.1""#))
    #expect(
      try await registry.ask("DELETE", "/cs/configs", with(["beta": "true"]))
        == #"200 {"code":200,"message":"stop beta ok","data":true}"#)
    #expect(try await read() == "200 main")
    #expect(try await publish("blue", ["tag": "blue"]) == "200 true")
    #expect(try await read(["tag": "blue"]) == "200 blue")
    #expect(try await read(["tag": "red"]).hasPrefix("404"))
    #expect(
      try await registry.send("GET", "/cs/configs", Self.name, headers: [HTTPHeader("Vipserver-Tag", "blue")]).text == "blue")
    #expect(try await registry.ask("DELETE", "/cs/configs", with(["tag": "blue"])) == "200 true")
    #expect(try await read() == "200 main")
  }
}
