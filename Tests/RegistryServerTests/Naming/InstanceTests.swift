import HTTPTransport
import RegistryEngine
import RegistryModel
import Testing

@Suite struct InstanceTests {
  let registry: TestRegistry

  init() throws { registry = try TestRegistry() }

  @Test func registersAndShows() async throws {
    let everything = [
      "serviceName": "g1@@svc", "ip": "10.0.0.1", "port": "8080", "weight": "2.5", "clusterName": "hz", "app": "shop",
      "metadata": #"{"zone":"a b&c=d","owner":"运维 ✓"}"#,
    ]
    #expect(try await registry.ask("POST", "/ns/instance", everything) == "200 ok")
    let key = InstanceKey(
      service: ServiceKey(grouped: "g1@@svc"), address: InstanceAddress(cluster: "hz", ip: "10.0.0.1", port: 8080))
    let instance = try #require(registry.engine.catalog[key])
    #expect(instance.weight == 2.5 && instance.app == "shop" && instance.isHealthy && instance.isEnabled)
    #expect(
      try await registry.get("/ns/instance", ["serviceName": "g1@@svc", "ip": "10.0.0.1", "port": "8080", "clusterName": "hz"])
        == #"200 {"service":"g1@@svc","ip":"10.0.0.1","port":8080,"clusterName":"hz","weight":2.5,"healthy":true,"instanceId":"10.0.0.1#8080#hz#g1@@svc","metadata":{"owner":"运维 ✓","zone":"a b&c=d"}}"#
    )
  }

  @Test func readsFormsLikeQueries() async throws {
    let parameters = ["serviceName": "svc", "ip": "10.0.0.1", "port": "80", "metadata": #"{"a":"b c&d=e"}"#]
    for method in ["POST", "PUT"] {
      #expect(try await registry.ask(method, "/ns/instance", parameters, form: true) == "200 ok")
    }
    #expect(try await registry.ask("PATCH", "/ns/instance", parameters.merging(["weight": "3"]) { $1 }, form: true) == "200 ok")
    let instance = registry.engine.service(ServiceKey(group: "DEFAULT_GROUP", name: "svc"))?.instances.first { _ in true }
    #expect(instance?.metadata == ["a": "b c&d=e"] && instance?.weight == 3)
    #expect(try await registry.ask("DELETE", "/ns/instance", parameters, form: true) == "200 ok")
    #expect(try await registry.hosts("svc") == [])
  }

  @Test func aBodyOfAnotherTypeIsNoForm() async throws {
    let body = Array("serviceName=svc&ip=1.1.1.1&port=80".utf8)
    let answer = try await registry.raw(
      "POST", "/nacos/v1/ns/instance", body: body, headers: [.init("Content-Type", "text/plain")])
    #expect(answer.text == "caused: Param 'serviceName' is required.;")
    let declared = try await registry.raw(
      "POST", "/nacos/v1/ns/instance", body: body,
      headers: [.init("Content-Type", "Application/X-WWW-Form-URLencoded; charset=UTF-8")])
    #expect(declared.text == "ok")
  }

  @Test func removesOnlyTheKindThatIsNamed() async throws {
    let parameters = ["serviceName": "svc", "ip": "10.0.0.1", "port": "80"]
    _ = try await registry.ask("POST", "/ns/instance", parameters.merging(["ephemeral": "false"]) { $1 })
    #expect(try await registry.ask("DELETE", "/ns/instance", parameters) == "200 ok")
    #expect(try await registry.hosts("svc") == ["10.0.0.1:80+"])
    #expect(try await registry.ask("DELETE", "/ns/instance", parameters.merging(["ephemeral": "false"]) { $1 }) == "200 ok")
    #expect(try await registry.hosts("svc") == [])
    #expect(try await registry.ask("DELETE", "/ns/instance", ["serviceName": "nope", "ip": "1", "port": "1"]) == "200 ok")
  }

  @Test func updatesStrictlyForJavaClientsOnly() async throws {
    let java = "Nacos-Java-Client:v1.4.8"
    let parameters = ["serviceName": "svc", "ip": "10.0.0.1", "port": "80", "weight": "20"]
    #expect(
      try await registry.ask("PUT", "/ns/instance", parameters, agent: java)
        == "500 caused: service not found, namespace: public, service: DEFAULT_GROUP@@svc;")
    #expect(try await registry.ask("PUT", "/ns/instance", parameters) == "200 ok")
    #expect(
      try await registry.ask("PUT", "/ns/instance", parameters.merging(["port": "81"]) { $1 }, agent: java)
        == "500 caused: instance not exist: 10.0.0.1:81:unknown:DEFAULT_20.0_true_false_DEFAULT;")
    #expect(try await registry.ask("PUT", "/ns/instance", parameters, agent: java) == "200 ok")
  }

  @Test func patchesSomeFields() async throws {
    let parameters = ["serviceName": "svc", "ip": "10.0.0.1", "port": "80"]
    _ = try await registry.ask("POST", "/ns/instance", parameters.merging(["metadata": "a=1"]) { $1 })
    #expect(try await registry.ask("PATCH", "/ns/instance", parameters.merging(["enabled": "false"]) { $1 }) == "200 ok")
    #expect(try await registry.hosts("svc") == [])
    #expect(
      try await registry.ask("PATCH", "/ns/instance", parameters.merging(["enabled": "true", "metadata": "b=2"]) { $1 })
        == "200 ok")
    #expect(try await registry.get("/ns/instance", parameters).contains(#""metadata":{"b":"2"}"#))
    #expect(
      try await registry.ask("PATCH", "/ns/instance", parameters.merging(["port": "81"]) { $1 })
        == "400 caused: instance not found;")
  }

  @Test func tellsWhyThereIsNoInstance() async throws {
    let parameters = ["serviceName": "svc", "ip": "10.0.0.1", "port": "80"]
    #expect(try await registry.get("/ns/instance", parameters) == "500 caused: no service DEFAULT_GROUP@@svc found!;")
    _ = try await registry.ask("POST", "/ns/instance", parameters.merging(["clusterName": "a"]) { $1 })
    #expect(
      try await registry.get("/ns/instance", parameters)
        == "500 caused: no ips found for cluster DEFAULT in service DEFAULT_GROUP@@svc;")
    #expect(
      try await registry.get("/ns/instance", parameters.merging(["clusterName": "a", "port": "81"]) { $1 })
        == "500 caused: no matched ip found!;")
  }

  /// Of several faults the wire tells the one that it comes to first.
  @Test func tellsTheFirstFault() async throws {
    let weight = "500 caused: instance format invalid: The weights range from 0.0 to 10000.0;"
    let odd = ["serviceName": "a b", "ip": "10.0.0.1", "port": "80", "clusterName": "c_1"]
    #expect(try await registry.ask("POST", "/ns/instance", odd.merging(["weight": "10001"]) { $1 }) == weight)
    #expect(try await registry.ask("POST", "/ns/instance", odd).contains("dom name"))
    let patch = ["serviceName": "svc", "ip": "10.0.0.1", "port": "80", "metadata": "x", "weight": "y"]
    #expect(try await registry.ask("PATCH", "/ns/instance", patch) == "400 caused: instance not found;")
    _ = try await registry.ask("POST", "/ns/instance", ["serviceName": "svc", "ip": "10.0.0.1", "port": "80"])
    #expect(try await registry.ask("PATCH", "/ns/instance", patch) == "500 caused: metadata format incorrect:x;")
    let leaving = ["serviceName": "svc", "ip": "10.0.0.1", "port": "80", "clusterName": "c_1"]
    #expect(
      try await registry.ask("DELETE", "/ns/instance", leaving)
        == "400 caused: cluster name can only have these characters: 0-9a-zA-Z-, current: c_1;")
    #expect(try await registry.ask("DELETE", "/ns/instance", leaving.merging(["clusterName": "c1"]) { $1 }) == "200 ok")
  }

  @Test func statuses() async throws {
    for (ip, healthy) in [("10.0.0.1", "true"), ("10.0.0.2", "false")] {
      _ = try await registry.ask("POST", "/ns/instance", ["serviceName": "svc", "ip": ip, "port": "80", "healthy": healthy])
    }
    for key in ["DEFAULT_GROUP@@svc", "public##DEFAULT_GROUP@@svc"] {
      let answer = try await registry.get("/ns/instance/statuses", ["key": key])
      #expect(answer.contains("10.0.0.1:80_true") && answer.contains("10.0.0.2:80_false"))
    }
    #expect(
      try await registry.get("/ns/instance/statuses", ["key": "dev##g@@svc"]) == "500 caused: service: g@@svc not found.;")
    #expect(
      try await registry.get("/ns/instance/statuses")
        == "400 caused: Required request parameter 'key' for method parameter type String is not present;")
  }

  @Test func changesMetadataOfMany() async throws {
    for ip in ["10.0.0.1", "10.0.0.2"] {
      _ = try await registry.ask("POST", "/ns/instance", ["serviceName": "svc", "ip": ip, "port": "80", "metadata": "a=1"])
    }
    let all = ["serviceName": "svc", "consistencyType": "ephemeral", "metadata": "zone=b"]
    #expect(
      try await registry.ask("PUT", "/ns/instance/metadata/batch", all)
        == #"200 {"updated":["10.0.0.1:80:unknown:DEFAULT:ephemeral","10.0.0.2:80:unknown:DEFAULT:ephemeral"]}"#)
    let one = ["serviceName": "svc", "instances": #"[{"ip":"10.0.0.1","port":80}]"#, "metadata": "a=2"]
    #expect(
      try await registry.ask("PUT", "/ns/instance/metadata/batch", one)
        == #"200 {"updated":["10.0.0.1:80:unknown:DEFAULT:ephemeral"]}"#)
    #expect(
      try await registry.ask("DELETE", "/ns/instance/metadata/batch", all.merging(["metadata": #"{"zone":""}"#]) { $1 })
        .hasPrefix("200 "))
    let show = { (ip: String) in try await registry.get("/ns/instance", ["serviceName": "svc", "ip": ip, "port": "80"]) }
    #expect(try await show("10.0.0.1").hasSuffix(#""metadata":{"a":"2"}}"#))
    #expect(try await show("10.0.0.2").hasSuffix(#""metadata":{"a":"1"}}"#))
  }

  /// It never fails, whatever it is for.
  @Test(arguments: [
    ["serviceName": "nope", "consistencyType": "ephemeral", "metadata": "a=1"],
    ["serviceName": "nope", "consistencyType": "other", "metadata": "a=1"],
    ["serviceName": "nope", "instances": "[{", "metadata": "a=1"],
    ["serviceName": "nope", "consistencyType": "persist", "metadata": "a=1"],
  ])
  func aBatchForNobodyTouchesNobody(_ parameters: [String: String]) async throws {
    #expect(try await registry.ask("PUT", "/ns/instance/metadata/batch", parameters) == #"200 {"updated":[]}"#)
  }
}
