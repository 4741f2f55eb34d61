import RegistryModel
import Testing

@Suite struct ServiceTests {
  let registry: TestRegistry

  init() throws { registry = try TestRegistry() }

  private func create(_ names: String..., namespace: String = "public") async throws {
    for name in names {
      #expect(try await registry.ask("POST", "/ns/service", ["serviceName": name, "namespaceId": namespace]) == "200 ok")
    }
  }

  @Test func livesFromCreationToRemoval() async throws {
    let parameters = ["serviceName": "g1@@svc", "protectThreshold": "0.5", "metadata": "k1=v1", "selector": #"{"type":"none"}"#]
    #expect(try await registry.ask("POST", "/ns/service", parameters) == "200 ok")
    #expect(
      try await registry.ask("POST", "/ns/service", parameters)
        == "400 caused: specified service already exists, serviceName : g1@@svc;")
    #expect(
      try await registry.get("/ns/service", ["serviceName": "svc", "groupName": "g1"])
        == #"200 {"name":"svc","namespaceId":"public","protectThreshold":0.5,"metadata":{"k1":"v1"},"selector":{"type":"none"},"groupName":"g1","clusters":[]}"#
    )
    let changed = ["serviceName": "g1@@svc", "protectThreshold": "abc"]
    #expect(try await registry.ask("PUT", "/ns/service", changed) == "200 ok")
    let shown = try await registry.get("/ns/service", ["serviceName": "g1@@svc"])
    #expect(shown.contains(#""protectThreshold":0.0,"metadata":{}"#))
    #expect(try await registry.ask("DELETE", "/ns/service", ["serviceName": "g1@@svc"]) == "200 ok")
    #expect(
      try await registry.ask("DELETE", "/ns/service", ["serviceName": "g1@@svc"])
        == "400 caused: specified service not exist, serviceName : g1@@svc;")
    #expect(
      try await registry.get("/ns/service", ["serviceName": "g1@@svc"]) == "500 caused: service g1@@svc is not found!;")
  }

  @Test(arguments: [
    ("POST", [:], "400 caused: Required request parameter 'serviceName' for method parameter type String is not present;"),
    ("POST", ["serviceName": ""], "400 caused: dom name can only have these characters: 0-9a-zA-Z-._:, current: ;"),
    (
      "POST", ["serviceName": "a/b"],
      "400 caused: dom name can only have these characters: 0-9a-zA-Z-._:, current: DEFAULT_GROUP@@a/b;"
    ),
    ("POST", ["serviceName": "s", "metadata": "x"], "500 caused: metadata format incorrect:x;"),
    ("POST", ["serviceName": "s", "selector": #"{"type":"unknown"}"#], "500 caused: not match any type of selector!;"),
    (
      "POST", ["serviceName": "s", "namespaceId": "../x"], "400 caused: a namespace id has only letters, digits, _ and - : ../x;"
    ),
    ("POST", ["serviceName": "s", "selector": #"{"type":"label"}"#], "400 caused: selector has no expression;"),
    ("PUT", ["serviceName": "s"], "400 caused: Param 'protectThreshold' is required.;"),
    ("PUT", ["serviceName": "s", "protectThreshold": "1"], "500 caused: service DEFAULT_GROUP@@s not found!;"),
    ("PUT", ["protectThreshold": "1"], "400 caused: Param 'serviceName' is required.;"),
  ])
  func refuses(_ method: String, _ parameters: [String: String], _ answer: String) async throws {
    #expect(try await registry.ask(method, "/ns/service", parameters) == answer)
  }

  @Test func listsPagesOfAGroup() async throws {
    try await create("b", "a", "c", "other@@x", "DEFAULT_GROUPX@@z", namespace: "dev")
    let list = { (parameters: [String: String]) in
      try await registry.get("/ns/service/list", parameters.merging(["namespaceId": "dev"]) { $1 })
    }
    #expect(try await list(["pageNo": "1", "pageSize": "2"]) == #"200 {"doms":["a","b"],"count":3}"#)
    #expect(try await list(["pageNo": "2", "pageSize": "2"]) == #"200 {"doms":["c"],"count":3}"#)
    #expect(try await list(["pageNo": "3", "pageSize": "2"]) == #"200 {"doms":[],"count":3}"#)
    #expect(try await list(["pageNo": "0", "pageSize": "9"]) == #"200 {"doms":["a","b","c"],"count":3}"#)
    #expect(try await list(["pageNo": "-2147483648", "pageSize": "2147483647"]).hasPrefix("200 "))
    #expect(try await list(["pageNo": "1", "pageSize": "-3"]) == "400 caused: fromIndex(0) > toIndex(-3);")
    #expect(try await list(["pageNo": "x", "pageSize": "-3"]) == #"200 {"doms":[],"count":3}"#)
    #expect(try await list(["pageNo": "1", "pageSize": "9", "groupName": "other"]) == #"200 {"doms":["x"],"count":1}"#)
    #expect(
      try await list(["pageNo": "1", "pageSize": "9", "groupName": "*"])
        == #"200 {"doms":["DEFAULT_GROUP@@a","DEFAULT_GROUP@@b","DEFAULT_GROUP@@c","DEFAULT_GROUPX@@z","other@@x"],"count":5}"#)
    #expect(try await list(["pageNo": "1"]) == "400 caused: Param 'pageSize' is required.;")
    #expect(try await registry.get("/ns/service/list", ["pageNo": "1", "pageSize": "9"]) == #"200 {"doms":[],"count":0}"#)
  }

  @Test func listsByMetadata() async throws {
    _ = try await registry.ask("POST", "/ns/service", ["serviceName": "a", "metadata": "tier=gold"])
    _ = try await registry.ask("POST", "/ns/service", ["serviceName": "b", "metadata": "tier=silver"])
    _ = try await registry.ask(
      "POST", "/ns/instance", ["serviceName": "c", "ip": "1.1.1.1", "port": "80", "metadata": "tier=gold"])
    let list = { (selector: String) in
      try await registry.get("/ns/service/list", ["pageNo": "1", "pageSize": "9", "selector": selector])
    }
    let label = { (expression: String) in #"{"type":"label","expression":"\#(expression)"}"# }
    #expect(try await list(label("SERVICE.metadata.tier = 'gold'")) == #"200 {"doms":["a"],"count":1}"#)
    #expect(try await list(label("INSTANCE.metadata.tier = 'gold'")) == #"200 {"doms":["c"],"count":1}"#)
    #expect(try await list(label("OTHER.metadata.tier = 'gold'")).hasSuffix(#""count":3}"#))
    #expect(try await list(label("")).hasSuffix(#""count":3}"#))
    #expect(try await list(label("nonsense")).hasSuffix(#""count":3}"#))
    #expect(try await list(label("SERVICE.metadata.tier=gold")) == #"200 {"doms":["a"],"count":1}"#)
    #expect(try await list(#"{"type":"none","expression":""}"#).hasSuffix(#""count":3}"#))
    #expect(try await list(#"{"type":"odd","expression":""}"#).hasPrefix("400 caused: No enum constant "))
    let nothing = ["namespaceId": "nowhere", "pageNo": "1", "pageSize": "9", "selector": "x"]
    #expect(try await registry.get("/ns/service/list", nothing) == #"200 {"doms":[],"count":0}"#)
    for selector in ["x", #"{"type":"none"}"#, label("SERVICE"), label("SERVICE.a=")] {
      #expect(try await list(selector).hasPrefix("400 caused: selector "))
    }
  }

  @Test func namesByNamespace() async throws {
    try await create("alpha", "g@@beta", namespace: "dev")
    try await create("gamma")
    #expect(
      try await registry.get("/ns/service/names")
        == #"200 {"services":{"dev":["alpha","beta"],"public":["gamma"]},"count":2}"#)
    #expect(
      try await registry.get("/ns/service/names", ["namespaceId": "dev", "expr": "l.*ha"])
        == #"200 {"services":{"dev":["alpha"]},"count":1}"#)
    #expect(
      try await registry.get("/ns/service/names", ["namespaceId": "none"]) == "400 caused: namespace none is not found!;")
    _ = try await registry.ask("POST", "/console/namespaces", ["customNamespaceId": "new", "namespaceName": "New"])
    #expect(
      try await registry.get("/ns/service/names", ["namespaceId": "new"]) == #"200 {"services":{"new":[]},"count":1}"#)
    #expect(
      try await registry.get("/ns/api/allDomNames")
        == #"200 {"count":3,"doms":{"dev":["alpha","beta"],"public":["gamma"]}}"#)
    #expect(
      try await registry.get("/ns/api/allDomNames", agent: "Nacos-DNS:v1.0.1") == #"200 {"count":1,"doms":["gamma"]}"#)
  }

  @Test func checksum() async throws {
    try await create("svc")
    #expect(
      try await registry.ask("PUT", "/ns/service/checksum", ["serviceName": "svc"])
        == #"200 {"checksum":"9ee8817ca9b38c7ec2b626869ffb65d8"}"#)
    #expect(
      try await registry.ask("PUT", "/ns/service/checksum", ["serviceName": "no"])
        == "500 caused: serviceName not found: DEFAULT_GROUP@@no;")
  }
}
