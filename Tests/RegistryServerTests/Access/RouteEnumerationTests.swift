import EventLoop
import HTTPTransport
import NacosWire
import Testing

@testable import RegistryServer

/// What is known to open doors in others (reliability C1), tried on every route there is.
@Suite("Every route without a token")
struct RouteEnumerationTests {
  private static let methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"]
  private static let refusals: Set<Int> = [401, 403, 404, 405, 501]

  private static let headers: [[HTTPHeader]] = [
    [], [HTTPHeader("User-Agent", "Nacos-Server")], [HTTPHeader("User-Agent", "Nacos-Server:1.4.8")],
    [HTTPHeader("serverIdentity", "security"), HTTPHeader("Client-Version", "Nacos-Server")],
    [HTTPHeader("X-Forwarded-For", "127.0.0.1"), HTTPHeader("X-HTTP-Method-Override", "GET")],
    [HTTPHeader("Authorization", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJuYWNvcyIsImV4cCI6OTk5OTk5OTk5OX0.")],
    [HTTPHeader("Authorization", "Basic bmFjb3M6bmFjb3M=")],
  ]

  /// Other spellings of a path.
  private static func spellings(_ path: String) -> [String] {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    let parent = path.dropLast(name.count)
    let escaped = name.utf8.first.map { "%" + String($0, radix: 16) } ?? ""
    return [
      path, path + "/", path + "//", "/" + path, path + ";x", path + ";jsessionid=1/", path + "%2e", path + "%2f", path + "/.",
      path + "/..", parent + "." + "/" + name, parent + "/" + name, parent + name.uppercased(),
      parent + escaped + name.dropFirst(),
      path + "%20", path + "?accessToken=", path + "?accessToken=null", path + ".json", path + "#x",
    ]
  }

  private static func isOpen(_ method: String, _ path: String) -> Bool {
    RouteTable.whole.routes.contains { $0.access == .open && "\($0.path)" == path && $0.method.name.map { "\($0)" } == method }
  }

  @Test func noneAnswersButTheOpenOnes() async throws {
    let guarded = try GuardedRegistry()
    let routes = RouteTable.whole.routes.filter { $0.access != .open }
    #expect(routes.count > 50)
    var asked = 0
    for route in routes {
      let path = "\(route.path)"
      let method = try #require(route.method.name.map { "\($0)" })
      for context in ["/nacos", ""] {
        for spelling in Self.spellings(path) {
          asked += 1
          let answer = try await guarded.registry.raw(method, context + spelling)
          #expect(Self.refusals.contains(answer.status), "\(method) \(context + spelling): \(answer.status) \(answer.text)")
        }
        for headers in Self.headers {
          asked += 1
          let answer = try await guarded.registry.raw(method, context + path, headers: headers)
          #expect(answer.status == 403, "\(method) \(context + path) \(headers): \(answer.status)")
        }
        for other in Self.methods where !Self.isOpen(other, path) {
          asked += 1
          let answer = try await guarded.registry.raw(other, context + path)
          // Which methods there are is no secret, and which there are not is told as Nacos tells it.
          let isHarmless =
            other == "OPTIONS" && answer.status == 200 && answer.body.isEmpty
            || answer.status == 500 && answer.text.isEmpty == (other == "HEAD")
              && (other == "HEAD" || answer.text == "caused: Request method '\(other)' not supported;")
          #expect(isHarmless || Self.refusals.contains(answer.status), "\(other) \(context + path): \(answer.status)")
        }
      }
    }
    #expect(asked > routes.count * 50)
  }

  /// Those that are known to be harmless, by name: a new one is to be thought about.
  @Test func theOpenOnes() {
    let open = RouteTable.whole.routes.filter { $0.access == .open }.map { "\($0.path)" }
    let known = Set([
      "", "/muster/v1/hello", "/v1/auth/users/login", "/v1/auth/login", "/v1/console/health/liveness",
      "/v1/console/health/readiness", "/v1/console/server/state", "/v1/core/cluster/self", "/v1/core/cluster/nodes",
      "/v1/core/cluster/simple/nodes", "/actuator/prometheus", "/v1/core/cluster/health", "/v1/ns/health/server",
    ]).union(
      ["operator", "ops"].flatMap { name in
        ["switches", "metrics", "servers", "distro/status", "cluster/state"].map { "/v1/ns/\(name)/\($0)" }
      })
    for path in open where !path.hasPrefix("/v1/ns/raft/") { #expect(known.contains(path), "\(path)") }
  }
}
