import HTTPTransport
import NacosWire
import RegistryModel
import Testing

@Suite struct ListTests {
  let registry: TestRegistry

  init() throws { registry = try TestRegistry() }

  @Test func aWriteIsInTheNextList() async throws {
    for number in 1...50 {
      _ = try await registry.ask("POST", "/ns/instance", ["serviceName": "svc", "ip": "10.0.0.\(number)", "port": "80"])
      #expect(try await registry.hosts("svc").count == number)
    }
  }

  @Test func namesServicesAsTheAgentKnowsThem() async throws {
    _ = try await registry.ask("POST", "/ns/instance", ["serviceName": "svc", "ip": "10.0.0.1", "port": "80"])
    let bare = try await registry.get("/ns/instance/list", ["serviceName": "svc"])
    let full = try await registry.get("/ns/instance/list", ["serviceName": "svc"], agent: "Nacos-Java-Client:v1.4.8")
    #expect(bare.contains(#""dom":"svc""#) && bare.contains(#""serviceName":"svc""#) && bare.contains(#""cacheMillis":3000"#))
    #expect(full.contains(#""dom":"DEFAULT_GROUP@@svc""#) && full.contains(#""serviceName":"DEFAULT_GROUP@@svc""#))
    let version = try await registry.send(
      "GET", "/ns/instance/list", ["serviceName": "svc"], agent: "",
      headers: [.init("Client-Version", "Nacos-Java-Client:v1.4.8")])
    #expect(version.text.contains(#""dom":"DEFAULT_GROUP@@svc""#))
  }

  @Test func echoesAndChecks() async throws {
    let unknown = try await registry.get("/ns/instance/list", ["serviceName": "svc", "clusters": "a,b"])
    #expect(unknown == #"200 {"name":"DEFAULT_GROUP@@svc","clusters":"a,b","cacheMillis":3000,"hosts":[]}"#)
    let check = ["serviceName": "svc", "isCheck": "true"]
    #expect(try await registry.get("/ns/instance/list", check).hasPrefix(#"200 {"name":"#))
    _ = try await registry.ask("POST", "/ns/instance", ["serviceName": "svc", "ip": "10.0.0.1", "port": "80"])
    #expect(try await registry.get("/ns/instance/list", check) == "200 {}")
    #expect(try await registry.get("/ns/instance/list", check.merging(["clusters": "b"]) { $1 }).hasPrefix(#"200 {"dom":"#))
    #expect(
      try await registry.get("/ns/instance/list", ["serviceName": "svc", "udpPort": "x"])
        == "400 caused: For input string: \"x\";")
  }

  @Test func followsTheSwitches() async throws {
    _ = try await registry.ask("PUT", "/ns/operator/switches", ["entry": "defaultCacheMillis", "value": "4000"])
    #expect(try await registry.get("/ns/instance/list", ["serviceName": "svc"]).contains(#""cacheMillis":4000"#))
  }

  @Test func aPollThatSubscribesMayWaitLonger() async throws {
    let poll = ["serviceName": "svc", "udpPort": "54321", "clientIP": "127.0.0.1", "app": "shop"]
    let java = "Nacos-Java-Client:v1.4.8"
    #expect(try await registry.get("/ns/instance/list", poll, agent: java).contains(#""cacheMillis":10000"#))
    #expect(try await registry.get("/ns/instance/list", poll, agent: "curl/7").contains(#""cacheMillis":3000"#))
    let tooLarge = poll.merging(["udpPort": "99999"]) { $1 }
    #expect(try await registry.get("/ns/instance/list", tooLarge, agent: java).contains(#""cacheMillis":3000"#))
    #expect(
      try await registry.get("/ns/service/subscribers", ["serviceName": "svc"])
        == #"200 {"subscribers":[{"addrStr":"127.0.0.1:54321","agent":"Nacos-Java-Client:v1.4.8","app":"shop","ip":"127.0.0.1","namespaceId":"public","serviceName":"DEFAULT_GROUP@@svc"}],"count":1}"#
    )
    // Names match where they contain what is asked for; a page past the end has nothing, not even a count.
    #expect(try await registry.get("/ns/service/subscribers", ["serviceName": "sv"]).hasSuffix(#""count":1}"#))
    let empty = #"200 {"subscribers":[],"count":0}"#
    #expect(try await registry.get("/ns/service/subscribers", ["serviceName": "other"]) == empty)
    #expect(try await registry.get("/ns/service/subscribers", ["serviceName": "svc", "pageNo": "2"]) == empty)
    let atTheEnd = ["serviceName": "svc", "pageNo": "2", "pageSize": "1"]
    #expect(try await registry.get("/ns/service/subscribers", atTheEnd) == #"200 {"subscribers":[],"count":1}"#)
    #expect(try await registry.get("/ns/service/subscribers", ["serviceName": "svc", "pageNo": "0"]).hasSuffix(#""count":1}"#))
    #expect(try await registry.get("/ns/service/subscribers", ["serviceName": "svc", "pageSize": "-1"]) == empty)
  }
}
