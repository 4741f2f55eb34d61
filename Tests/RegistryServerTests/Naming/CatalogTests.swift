import HTTPTransport
import NacosWire
import RegistryModel
import RegistryServer
import Testing

@Suite struct CatalogTests {
  let registry: TestRegistry

  init() throws { registry = try TestRegistry() }

  private func fill() async throws {
    for (service, ip) in [("a", "10.0.0.1"), ("a", "10.0.0.2"), ("com.shop.b", "10.0.0.3"), ("g@@c", "10.0.0.3")] {
      _ = try await registry.ask("POST", "/ns/instance", ["serviceName": service, "ip": ip, "port": "80"])
    }
    _ = try await registry.ask("POST", "/ns/service", ["serviceName": "g@@empty"])
  }

  /// The names on a page, and its count.
  private func page(_ parameters: [String: String]) async throws -> String {
    let usual = ["pageNo": "1", "pageSize": "10"]
    let answer = try await registry.send("GET", "/ns/catalog/services", usual.merging(parameters) { $1 })
    let root = try JSONDocument(answer.body).root
    let list = root.kind == .array ? root : root["serviceList"]
    let names = list?.elements.compactMap { ($0["name"] ?? $0["serviceName"])?.string } ?? []
    return names.joined(separator: " ") + " /\(root.kind == .array ? -1 : root["count"]?.integer ?? -1)"
  }

  @Test func findsServices() async throws {
    try await fill()
    #expect(try await page([:]) == "a com.shop.b c empty /4")
    #expect(try await page(["hasIpCount": "true"]) == "a com.shop.b c /3")
    #expect(try await page(["serviceNameParam": "shop"]) == "com.shop.b /1")
    #expect(try await page(["serviceNameParam": "com.*b"]) == "com.shop.b /1")
    #expect(try await page(["groupNameParam": "g"]) == "c empty /2")
    #expect(try await page(["groupNameParam": "DEFAULT", "serviceNameParam": "a"]) == "a /1")
    #expect(try await page(["instance": "10.0.0.3"]) == "com.shop.b c /2")
    #expect(try await page(["instance": "10.0.0.3:80"]) == "com.shop.b c /2")
    #expect(try await page(["instance": "10.0.0.3:81"]) == " /0")
    #expect(try await page(["namespaceId": "none"]) == " /0")
  }

  @Test func pagesServices() async throws {
    try await fill()
    #expect(try await page(["pageSize": "3"]) == "a com.shop.b c /4")
    #expect(try await page(["pageSize": "3", "pageNo": "2"]) == "empty /4")
    #expect(try await page(["pageSize": "3", "pageNo": "3"]) == " /0")
    // A page that holds all of it shows all of it, whatever its number.
    #expect(try await page(["pageSize": "4", "pageNo": "7"]) == "a com.shop.b c empty /4")
    // With instances pages count from 0.
    #expect(try await page(["pageSize": "3", "pageNo": "0", "withInstances": "true"]) == "a com.shop.b c /-1")
    #expect(try await page(["pageSize": "3", "pageNo": "1", "withInstances": "true"]) == "empty /-1")
    #expect(try await page(["pageSize": "-2147483648", "pageNo": "2147483647"]) == " /0")
  }

  /// An expression of a stranger's that a backtracking matcher would never finish.
  @Test func runsNoRegularExpression() async throws {
    try await fill()
    #expect(try await page(["serviceNameParam": "(a+)+$"]) == " /0")
  }

  @Test func missingPagesAreRefusedInSpringsWords() async throws {
    #expect(
      try await registry.get("/ns/catalog/services", ["pageNo": "1"])
        == "500 caused: Optional int parameter 'pageSize' is present but cannot be translated into a null value due to being "
        + "declared as a primitive type. Consider declaring it as object wrapper for the corresponding primitive type.;")
  }

  @Test func showsAService() async throws {
    try await fill()
    #expect(try await registry.get("/ns/catalog/service", ["serviceName": "a"]).hasPrefix(#"200 {"service":{"name":"a","#))
    #expect(
      try await registry.get("/ns/catalog/service", ["serviceName": "no"])
        == "500 caused: service DEFAULT_GROUP@@no is not found!;")
    #expect(
      try await registry.get("/ns/catalog/rt/service", ["serviceName": "a"])
        == #"200 {"clusters":[{"name":"DEFAULT","checkRTBest":9223372036854775807,"checkRTWorst":0,"checkRTNormalized":2000}]}"#)
    #expect(
      try await registry.get("/ns/catalog/rt/service", ["serviceName": "no"]) == "400 caused: request service doesn't exist;")
  }

  @Test func pagesInstancesWithTheirBeats() async throws {
    for number in 1...5 {
      _ = try await registry.ask("POST", "/ns/instance", ["serviceName": "svc", "ip": "10.0.0.\(number)", "port": "80"])
    }
    registry.pass(milliseconds: 4_000)
    let ask = { (number: String, size: String) in
      try await registry.send(
        "GET", "/ns/catalog/instances", ["serviceName": "svc", "clusterName": "DEFAULT", "pageNo": number, "pageSize": size])
    }
    let root = try JSONDocument(try await ask("2", "2").body).root
    #expect(root["count"]?.integer == 5)
    #expect(root["list"]?.elements.compactMap { $0["ip"]?.string } == ["10.0.0.3", "10.0.0.4"])
    let beats = root["list"]?.elements.compactMap { $0["lastBeat"]?.integer } ?? []
    #expect(beats.count == 2 && beats.allSatisfy { $0 <= SystemClock.wallTime().milliseconds - 4_000 })
    #expect(try await JSONDocument(ask("3", "2").body).root["list"]?.elements.map { _ in 1 }.count == 1)
    #expect(try await JSONDocument(ask("9", "2").body).root["list"]?.elements.map { _ in 1 }.count == 0)
    #expect(try await ask("-1", "2").text == "caused: fromIndex(0) > toIndex(-2);")
    #expect(
      try await registry.get(
        "/ns/catalog/instances", ["serviceName": "svc", "clusterName": "no", "pageNo": "1", "pageSize": "1"])
        == "500 caused: cluster no is not found!;")
    #expect(
      try await registry.get(
        "/ns/catalog/instances", ["serviceName": "svc", "clusterName": "DEFAULT", "pageNo": "x", "pageSize": "1"]
      )
      .hasPrefix("400 caused: Failed to convert value of type 'java.lang.String' to required type 'int'"))
  }
}
