import RegistryEngine
import RegistryModel
import Testing

@Suite struct ClusterTests {
  let registry: TestRegistry
  let cluster = [
    "serviceName": "svc", "clusterName": "c1", "checkPort": "81", "useInstancePort4Check": "false",
    "healthChecker": #"{"type":"NONE"}"#, "metadata": "x=y",
  ]

  init() throws { registry = try TestRegistry() }

  @Test func configuresAndThenTakesHealthByHand() async throws {
    #expect(
      try await registry.ask("PUT", "/ns/cluster", cluster) == "500 caused: service not found:DEFAULT_GROUP@@svc;")
    let place = ["serviceName": "svc", "clusterName": "c1", "ip": "10.0.0.1", "port": "80"]
    _ = try await registry.ask("POST", "/ns/instance", place.merging(["ephemeral": "false"]) { $1 })
    let health = { (value: [String: String]) in
      try await registry.ask("PUT", "/ns/health/instance", place.merging(value) { $1 })
    }
    #expect(
      try await health(["healthy": "false"]) == "400 caused: health check is still working, service: DEFAULT_GROUP@@svc;")
    #expect(try await registry.ask("PUT", "/ns/cluster", cluster) == "200 ok")
    #expect(
      try await registry.get("/ns/service", ["serviceName": "svc"])
        .hasSuffix(#""clusters":[{"name":"c1","healthChecker":{"type":"NONE"},"metadata":{"x":"y"}}]}"#))
    #expect(try await health(["healthy": "false"]) == "200 ok")
    #expect(registry.engine.service(ServiceKey(grouped: "DEFAULT_GROUP@@svc"))?.counts.healthy == 0)
    #expect(try await health(["valid": "on"]) == "200 ok")
    #expect(registry.engine.service(ServiceKey(grouped: "DEFAULT_GROUP@@svc"))?.counts.healthy == 1)
    #expect(try await health([:]) == "400 caused: Param 'healthy' is required.;")
    #expect(try await health(["healthy": "true", "ip": "9.9.9.9"]) == "200 ok")
    #expect(try await health(["healthy": "true", "clusterName": "no"]).hasPrefix("500 caused: cluster no"))
  }

  @Test(arguments: [
    ("healthChecker", "", "400 caused: Param 'healthChecker' is required.;"),
    ("healthChecker", "{", "400 caused: healthChecker is not JSON: "),
    ("clusterName", "c_1", "400 caused: cluster name can only have these characters: 0-9a-zA-Z-, current: c_1;"),
    ("checkPort", "", "400 caused: Param 'checkPort' is required.;"),
    ("clusterName", "", "400 caused: Param 'clusterName' is required.;"),
    ("serviceName", "", "400 caused: Param 'serviceName' is required.;"),
  ])
  func refuses(_ name: String, _ value: String, _ answer: String) async throws {
    _ = try await registry.ask("POST", "/ns/service", ["serviceName": "svc"])
    #expect(try await registry.ask("PUT", "/ns/cluster", cluster.merging([name: value]) { $1 }).hasPrefix(answer))
  }
}
