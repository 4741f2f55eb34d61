import HTTPTransport
import RegistryModel
import Testing

/// What strangers send (reliability R37-R43): a clear refusal, and the server is there for the next one.
@Suite struct HostileInputTests {
  let registry: TestRegistry
  let usual = ["serviceName": "svc", "ip": "10.0.0.1", "port": "80"]

  init() throws { registry = try TestRegistry() }

  private func register(_ parameters: [String: String]) async throws -> String {
    try await registry.ask("POST", "/ns/instance", usual.merging(parameters) { $1 })
  }

  @Test(arguments: [
    ("port", "-1", 400), ("port", "65536", 400), ("port", "abc", 400), ("port", "99999999999", 400), ("port", "", 400),
    ("port", "0", 200), ("port", " 80", 200), ("weight", "NaN", 500), ("weight", "-1", 500), ("weight", "1e9", 500),
    ("weight", "heavy", 400), ("weight", "0.001", 200), ("healthy", "maybe", 200), ("ephemeral", "yes", 200),
    ("ip", "", 400), ("ip", "999.1.1.1", 200), ("ip", "fe80::1%eth0", 200), ("ip", String(repeating: "a", count: 300), 400),
    ("ip", "1.1.1.1\u{1b}[2J", 400), ("ip", "1.1.1.1\n", 200), ("clusterName", "a,b", 400), ("clusterName", "../", 400),
    ("clusterName", "DEFAULT ", 200), ("clusterName", String(repeating: "c", count: 200), 400),
    ("serviceName", "@@", 400), ("serviceName", "g@@", 400), ("serviceName", "@@s", 400), ("serviceName", "a@@b@@c", 200),
    ("serviceName", String(repeating: "s", count: 10_000), 400), ("serviceName", "❤️", 400), ("serviceName", "a\u{202e}b", 400),
    ("serviceName", "a\0b", 400), ("serviceName", "<script>", 400), ("namespaceId", "..", 400),
    ("namespaceId", "../../etc", 400), ("namespaceId", "a\\b", 400), ("namespaceId", String(repeating: "n", count: 300), 400),
    ("metadata", "{", 500), ("metadata", #"{"a":{"b":1}}"#, 500), ("metadata", #"{"a":1,"a":2}"#, 200),
    ("metadata", #"{"a":"\u0000\ud800"}"#, 500), ("app", String(repeating: "a", count: 1_000), 400),
  ])
  func oddValues(_ name: String, _ value: String, _ status: Int) async throws {
    let answer = try await register([name: value])
    #expect(answer.hasPrefix("\(status) "), "\(answer)")
    #expect(status == 200 ? answer == "200 ok" : answer.contains("caused: "))
    #expect(try await register([:]) == "200 ok")
  }

  @Test(arguments: [
    "serviceName=%ZZ&ip=1&port=1", "serviceName=%C0%AF&ip=1&port=1", "serviceName=%&ip=1&port=1",
    "serviceName=%ED%A0%80&ip=1&port=1",
  ])
  func oddEncodings(_ query: String) async throws {
    let answer = try await registry.raw("POST", "/nacos/v1/ns/instance?" + query)
    #expect(answer.status == 400 && answer.text.hasPrefix("caused: dom name can only have"))
  }

  @Test func aMillionParameters() async throws {
    let body = Array(String(repeating: "a=1&", count: 1_000_000).utf8)
    let answer = try await registry.raw("POST", "/nacos/v1/ns/instance", body: body)
    #expect(answer.status == 400 && answer.text == "caused: more than 1000 parameters;")
    #expect(try await register([:]) == "200 ok")
  }

  @Test func metadataBeyondItsBounds() async throws {
    let keys = (0..<200).map { "k\($0)=v" }.joined(separator: ",")
    #expect(
      try await registry.ask("POST", "/ns/instance", usual.merging(["metadata": keys]) { $1 }, form: true)
        == "400 caused: at most 128 metadata keys;")
    let large = "k=" + String(repeating: "v", count: 100_000)
    #expect(
      try await registry.ask("POST", "/ns/instance", usual.merging(["metadata": large]) { $1 }, form: true)
        == "400 caused: at most 65536 bytes of metadata;")
  }

  @Test func whatIsEchoedIsNoPage() async throws {
    let answer = try await registry.send("POST", "/ns/instance", usual.merging(["clusterName": "<script>"]) { $1 })
    #expect(answer.text.contains("<script>"))
    #expect(answer[header: "Content-Type"] == "text/plain;charset=UTF-8")
    #expect(answer[header: "X-Content-Type-Options"] == "nosniff")
    #expect(answer[header: "Content-Security-Policy"] == "script-src 'self'")
  }

  /// One client that registers as fast as it can fills its own measure and nobody else's (R31).
  @Test func boundsOfTheRegistry() async throws {
    var limits = Limits()
    limits.instancesPerService = 3
    limits.services = 2
    let registry = try TestRegistry(limits: limits)
    for number in 1...3 {
      #expect(
        try await registry.ask("POST", "/ns/instance", ["serviceName": "svc", "ip": "10.0.0.\(number)", "port": "80"]) == "200 ok"
      )
    }
    #expect(
      try await registry.ask("POST", "/ns/instance", ["serviceName": "svc", "ip": "10.0.0.4", "port": "80"])
        == "400 caused: at most 3 instances in a service;")
    _ = try await registry.ask("POST", "/ns/service", ["serviceName": "two"])
    #expect(try await registry.ask("POST", "/ns/service", ["serviceName": "three"]) == "400 caused: at most 2 services;")
    #expect(try await registry.hosts("svc").count == 3)
  }
}
