import RegistryEngine
import RegistryModel
import Testing

@Suite struct NamespaceTests {
  let registry: TestRegistry

  init() throws { registry = try TestRegistry() }

  private func ask(_ method: String, _ parameters: [String: String] = [:]) async throws -> String {
    try await registry.ask(method, "/console/namespaces", parameters)
  }

  @Test func livesFromCreationToRemoval() async throws {
    #expect(try await ask("POST", ["customNamespaceId": "dev", "namespaceName": "Dev", "namespaceDesc": "d"]) == "200 true")
    #expect(try await ask("POST", ["customNamespaceId": "dev", "namespaceName": "again"]) == "200 false")
    #expect(try await ask("GET", ["checkNamespaceIdExist": "true", "customNamespaceId": "dev"]) == "200 true")
    #expect(
      try await ask("GET", ["show": "all", "namespaceId": "dev"])
        == #"200 {"namespace":"dev","namespaceShowName":"Dev","quota":200,"configCount":0,"type":2,"namespaceDesc":"d"}"#)
    #expect(try await ask("PUT", ["namespace": "dev", "namespaceShowName": "Renamed"]) == "200 true")
    #expect(
      try await ask("GET")
        == #"200 {"code":200,"message":null,"data":[{"namespace":"","namespaceShowName":"public","quota":200,"configCount":0,"type":0},{"namespace":"dev","namespaceShowName":"Renamed","quota":200,"configCount":0,"type":2}]}"#
    )
    #expect(try await ask("DELETE", ["namespaceId": "dev"]) == "200 true")
    #expect(try await ask("DELETE", ["namespaceId": "dev"]) == "200 true")
    #expect(try await ask("GET", ["checkNamespaceIdExist": "true", "customNamespaceId": "dev"]) == "200 false")
    #expect(try await ask("PUT", ["namespace": "dev", "namespaceShowName": "x"]) == "200 true")
    #expect(registry.engine.catalog.namespaces.isEmpty)
    #expect(
      try await ask("GET", ["show": "all", "checkNamespaceIdExist": "true", "customNamespaceId": "dev", "namespaceId": "dev"])
        .hasPrefix("400 "))
    #expect(try await ask("GET", ["show": "all", "namespaceId": "dev"]).hasPrefix("400 caused: namespace dev"))
    #expect(try await ask("GET", ["show": "all", "namespaceId": ""]).contains(#""namespaceShowName":"Public""#))
  }

  @Test func countsConfigurations() async throws {
    _ = try await ask("POST", ["customNamespaceId": "dev", "namespaceName": "Dev"])
    for (name, tenant) in [("a", "dev"), ("b", "dev"), ("a", "dev"), ("a", ""), ("c", "dev")] {
      let configuration = ["dataId": name, "group": "g", "content": "x", "tenant": tenant]
      _ = try await registry.ask("POST", "/cs/configs", configuration)
    }
    _ = try await registry.ask("DELETE", "/cs/configs", ["dataId": "c", "group": "g", "tenant": "dev"])
    let list = try await ask("GET")
    #expect(list.contains(#""namespaceShowName":"public","quota":200,"configCount":1,"#))
    #expect(list.contains(#""namespaceShowName":"Dev","quota":200,"configCount":2,"#))
    #expect(try await ask("GET", ["show": "all", "namespaceId": "dev"]).contains(#""configCount":2,"#))
    let blank = try await ask("GET", ["show": "all", "namespaceId": " "])
    #expect(blank.hasPrefix(#"200 {"namespace":" ","#) && blank.contains(#""configCount":1,"#))
  }

  @Test func givesAnIDWhereNoneIsAskedFor() async throws {
    #expect(try await ask("POST", ["customNamespaceId": "", "namespaceName": "x"]) == "200 true")
    #expect(try await ask("POST", ["customNamespaceId": " ", "namespaceName": "y"]) == "200 true")
    let ids = registry.engine.catalog.namespaces.keys
    #expect(ids.count == 2 && ids.allSatisfy { $0.utf8.count == 36 && $0.split(separator: "-").count == 5 })
  }

  @Test(arguments: ["a b", "../x", "é", "a/b", "public", String(repeating: "a", count: 129), "a\0b"])
  func refusesOddIDs(_ id: String) async throws {
    #expect(try await ask("POST", ["customNamespaceId": id, "namespaceName": "x"]) == "200 false")
  }

  @Test func wantsANameAndAnID() async throws {
    #expect(
      try await ask("POST", ["customNamespaceId": "x"])
        == "400 caused: Required request parameter 'namespaceName' for method parameter type String is not present;")
    #expect(try await ask("POST", ["namespaceName": "x"]).hasPrefix("400 "))
    #expect(try await ask("DELETE").hasPrefix("400 "))
    let name = String(repeating: "n", count: 5_000)
    #expect(try await ask("POST", ["customNamespaceId": "x", "namespaceName": name]).hasPrefix("400 caused: at most "))
  }
}
