import EventLoop
import HTTPTransport
import NacosWire
import RegistryEngine
import RegistryModel
import Testing

@testable import RegistryServer

@Suite struct RoutingTests {
  @Test func bothContextPathsAndAClosingSlash() async throws {
    let registry = try TestRegistry()
    for target in [
      "/nacos/v1/ns/instance/list", "/v1/ns/instance/list", "/nacos/v1/ns/instance/list/", "/v1/ns/instance/list/",
    ] {
      let answer = try await registry.raw("GET", target + "?serviceName=svc")
      #expect(answer.status == 200)
      #expect(answer[header: "Content-Type"] == "application/json")
    }
    for target in ["/", "/nacos", "/nacos/"] {
      #expect(try await registry.raw("GET", target).status == 200)
      let head = try await registry.raw("HEAD", target)
      #expect(head.status == 200 && head.body.isEmpty)
    }
  }

  @Test func whatIsNotThere() async throws {
    let registry = try TestRegistry()
    let unknown = try await registry.raw("GET", "/nacos/v1/ns/nothing?x=1")
    #expect(unknown.status == 501)
    let document = try JSONDocument(unknown.body).root
    #expect(document["message"]?.string == "no such api:GET:/nacos/v1/ns/nothing")
    #expect(document["path"]?.string == "/nacos/v1/ns/nothing" && document["error"]?.string == "Not Implemented")
    for (method, target, status) in [
      ("PATCH", "/nacos/v1/ns/service", 501), ("OPTIONS", "/nacos/v1/ns/instance", 501),
      ("HEAD", "/nacos/v1/ns/instance/list", 501),
      ("BREW", "/nacos/v1/ns/instance", 501), ("GET", "/nacos/v1/ns/health/checkers", 501),
      ("GET", "/v1/ns/service/selector/types", 501),
      ("GET", "/nacos/v1/ns//instance", 501), ("GET", "/nacos/v1/ns/INSTANCE", 501), ("GET", "/nacos/v1/ns/%69nstance", 501),
      ("GET", "/nacos/v1/ns/distro/datums", 501), ("PUT", "/nacos/v1/ns/distro/datum", 501),
      ("POST", "/nacos/v1/ns/service/status", 501),
      ("GET", "/nacos/actuator/prometheus", 404), ("GET", "/elsewhere", 404), ("GET", "/nacosx/v1/ns/instance", 404),
      ("GET", "/nacos/v1/ns/", 501), ("GET", "/nacos/v1/ns", 501), ("GET", "/nacos/v1/nsx", 404),
      ("PATCH", "/nacos/v1/console/namespaces", 500), ("POST", "/", 500), ("GET", "//", 404),
      ("HEAD", "/muster/v1/watch", 500), ("OPTIONS", "/nacos/v1/nothing", 404),
    ] {
      #expect(try await registry.raw(method, target).status == status, "\(method) \(target)")
    }
    let patch = try await registry.raw("PATCH", "/nacos/v1/console/server/state")
    #expect(patch.text == "caused: Request method 'PATCH' not supported;")
  }

  @Test func headsAndMethodsOutsideTheNamingModule() async throws {
    let registry = try TestRegistry()
    for target in ["/nacos/v1/console/server/state", "/nacos/v1/console/namespaces", "/v1/core/cluster/self"] {
      let head = try await registry.raw("HEAD", target)
      #expect(head.status == 200 && head.body.isEmpty, "\(target)")
    }
    let methods = try await registry.raw("OPTIONS", "/nacos/v1/console/namespaces")
    #expect(methods.status == 200 && methods.body.isEmpty)
    #expect(methods[header: "Allow"] == "GET,HEAD,POST,PUT,DELETE,OPTIONS")
    #expect(try await registry.raw("OPTIONS", "/muster/v1/watch")[header: "Allow"] == "GET,OPTIONS")
  }

  @Test func consolesFarAway() async throws {
    let registry = try TestRegistry()
    let hello = try await registry.raw("GET", "/muster/v1/hello")
    #expect(hello.status == 200)
    #expect(try JSONDocument(hello.body).root["protocolNumber"]?.integer == Int64(StreamHello.currentProtocol))
    let command = Command(.createNamespace(id: "dev", name: "Dev", about: ""), by: .operator(name: "ann"))
    let body = try JSONCoding.encode(command)
    let json = HTTPHeader("Content-Type", "application/json")
    // A page of another site can make a browser send a form, and nothing else (reliability T7).
    #expect(try await registry.raw("POST", "/muster/v1/command", body: body).status == 400)
    #expect(registry.engine.catalog.namespaces.isEmpty)
    #expect(try await registry.raw("POST", "/muster/v1/command", body: body, headers: [json]).status == 200)
    #expect(registry.engine.catalog.namespaces["dev"]?.name == "Dev")
  }

  @Test func onlyConfigurationsMayBeLarge() async throws {
    let registry = try TestRegistry()
    let padding = String(repeating: "x", count: 9 << 20)
    let configuration = ["dataId": "a", "group": "g", "content": padding]
    #expect(try await registry.ask("POST", "/cs/configs", configuration, form: true) == "200 true")
    #expect(try await registry.send("POST", "/cs/configs/", configuration, form: true).status == 200)
    let instance = ["serviceName": "svc", "ip": "1.1.1.1", "port": "1", "padding": padding]
    for path in ["/ns/instance", "/cs/configs/listener", "/auth/login"] {
      #expect(try await registry.send("POST", path, instance, form: true).status == 413)
    }
    #expect(registry.engine.catalog.totals.services == 0)
  }

  @Test func formerNames() async throws {
    let registry = try TestRegistry()
    #expect(try await registry.ask("POST", "/ns/api", ["serviceName": "svc", "ip": "1.1.1.1", "port": "80"]) == "200 ok")
    for path in ["/ns/api/list", "/ns/instance/list"] {
      #expect(try await registry.get(path, ["serviceName": "svc"]).contains("1.1.1.1"))
    }
    #expect(try await registry.get("/ns/api/srvIPXT", ["dom": "svc"]).contains("1.1.1.1"))
    #expect(try await registry.get("/ns/api/srvIPXT") == "400 caused: Param 'dom' is required.;")
    #expect(
      try await registry.get("/ns/api/clientBeat", ["dom": "svc", "ip": "1.1.1.1", "port": "80"]).contains(#""code":10200"#))
  }

  @Test func everyRouteIsFoundByItsOwnBytes() {
    let table = RouteTable.whole
    #expect(table.routes.count > 60)
    for route in table.routes {
      for target in ["\(route.path)", "/nacos\(route.path)", "/nacos\(route.path)/"] {
        let found = Array(target.utf8).withUnsafeBytes { table.route(route.method, RoutePath($0)) }
        #expect(found.map { "\($0.method) \($0.path)" } == "\(route.method) \(route.path)")
      }
    }
    let names = table.routes.map { "\($0.method) \($0.path)" }
    #expect(Set(names).count == names.count)
  }

  /// Nothing that writes is for anybody, but logins.
  @Test func writesAskForAPermission() {
    for route in RouteTable.whole.routes where route.access == .open {
      let isHarmless = ["/v1/ns/raft/", "/v1/auth/"].contains { "\(route.path)".hasPrefix($0) }
      #expect(route.method == .get || route.method == .head || isHarmless, "\(route.path)")
    }
  }
}
