import EventLoop
import HTTPTransport
import NacosWire
import RegistryEngine
import RegistryModel
import RegistryServer
import Testing

@Suite struct OperatorTests {
  let registry: TestRegistry

  init() throws { registry = try TestRegistry() }

  private func set(_ entry: String, _ value: String) async throws -> String {
    try await registry.ask("PUT", "/ns/operator/switches", ["entry": entry, "value": value])
  }

  @Test func switches() async throws {
    #expect(try await set("clientBeatInterval", "6000") == "200 ok")
    #expect(try await registry.get("/ns/ops/switches").contains(#""clientBeatInterval":6000"#))
    #expect(try await set("nobody knows it", "x") == "200 ok")
    #expect(try await set("defaultCacheMillis", "10") == "400 caused: min default cache time  is too small(<1000);")
    #expect(
      try await registry.ask("PUT", "/ns/operator/switches", ["entry": "check"])
        == "400 caused: Required request parameter 'value' for method parameter type String is not present;")
  }

  @Test func allSwitchesAtOnce() async throws {
    _ = try await set("pushEnabled", "false")
    let batch =
      #"{"checkTimes":5,"httpHealthParams":{"max":6000,"min":700,"factor":0.5},"masters":["m"],"limitedUrlMap":{"/x":500}}"#
    #expect(try await set("batch", batch) == "200 ok")
    let switches = registry.engine.switches
    #expect(switches.checkTimes == 5 && switches.pushEnabled && switches.masters == ["m"])
    #expect(switches.httpHealthParams == .init(max: 6_000, min: 700, factor: 0.5) && switches.limitedUrlMap == ["/x": 500])
    #expect(
      try await set("batch", #"{"tcpHealthParams":{"min":1}}"#)
        == "400 caused: min check time for http or tcp is too small(<500);")
    for batch in ["", "x", "[]", #"{"checkTimes":"x"}"#, #"{"limitedUrlMap":[1]}"#] {
      #expect(try await set("batch", batch).hasPrefix("400 caused: switches "))
    }
  }

  @Test func limitsURLs() async throws {
    _ = try await set("limitedUrlMap", "/nacos/v1/ns/instance/list?:429")
    #expect(try await registry.get("/ns/instance/list", ["serviceName": "svc"]) == "429 ")
    #expect(try await registry.get("/ns/service/list", ["pageNo": "1", "pageSize": "1"]).hasPrefix("200 "))
    _ = try await set("limitedUrlMap", "")
    #expect(try await registry.get("/ns/instance/list", ["serviceName": "svc"]).hasPrefix("200 "))
  }

  @Test func takesTheServerDownAndUp() async throws {
    let read = { try await registry.get("/ns/instance/list", ["serviceName": "svc"]) }
    let write = { try await registry.ask("POST", "/ns/instance", ["serviceName": "svc", "ip": "1.1.1.1", "port": "80"]) }
    _ = try await set("overriddenServerStatus", "DOWN")
    #expect(try await read() == "503 server is DOWNnow, please try again later!")
    #expect(try await registry.get("/ns/operator/metrics").contains(#""status":"DOWN""#))
    _ = try await set("overriddenServerStatus", "READ_ONLY")
    #expect(try await read().hasPrefix("200 "))
    #expect(try await write().hasPrefix("503 "))
    _ = try await set("overriddenServerStatus", "WRITE_ONLY")
    #expect(try await read().hasPrefix("503 "))
    #expect(try await write() == "200 ok")
    _ = try await set("overriddenServerStatus", "null")
    #expect(try await read().hasPrefix("200 "))
  }

  @Test func pages() async throws {
    _ = try await registry.ask("POST", "/ns/instance", ["serviceName": "svc", "ip": "1.1.1.1", "port": "80"])
    let metrics = try JSONDocument(try await registry.send("GET", "/ns/operator/metrics").body).root
    #expect(metrics["status"]?.string == "UP" && metrics["serviceCount"]?.integer == 1 && metrics["instanceCount"]?.integer == 1)
    for share in ["cpu", "mem"] as [StaticString] { #expect(metrics[share]?.number.map { $0 >= -1 && $0 <= 1 } == true) }
    #expect(
      try await registry.get("/ns/operator/push/state", ["detail": "true", "reset": "on"])
        == #"200 {"succeed":0,"total":0,"ratio":0,"data":[],"reset":true}"#)
    let port = registry.server.address.port
    #expect(
      try await registry.get("/ns/operator/servers").hasPrefix(#"200 {"servers":[{"ip":"127.0.0.1","port":\#(port),"state":"UP""#)
    )
    #expect(try await registry.get("/ns/operator/distro/status").hasPrefix(#"200 {"status":[{"#))
    #expect(try await registry.get("/ns/operator/distro/status", ["action": "x"]) == "200 {}")
    #expect(
      try await registry.get("/ns/operator/distro/server", ["serviceName": "svc"])
        == #"200 {"responsibleServer":"127.0.0.1:\#(port)"}"#)
    #expect(try await registry.get("/ns/operator/distro/server", ["serviceName": "no"]) == "400 caused: service not found;")
    #expect(
      try await registry.get("/ns/operator/cluster/state")
        == #"200 {"ip":"127.0.0.1:\#(port)","term":-1,"leaderDueMs":0,"heartbeatDueMs":0,"state":"FOLLOWER"}"#)
    #expect(try await registry.get("/ns/health/server").contains("total services: raft 1, local port:\(port)"))
  }

  @Test func numbersForPrometheus() async throws {
    _ = try await registry.ask("POST", "/ns/instance", ["serviceName": "svc", "ip": "1.1.1.1", "port": "80"])
    let answer = try await registry.raw("GET", "/actuator/prometheus")
    #expect(answer.status == 200 && answer.headers.contains { $0.value.hasPrefix("text/plain; version=0.0.4") })
    let lines = answer.text.split(separator: "\n")
    #expect(lines.contains(#"nacos_monitor{module="naming",name="ipCount",} 1.0"#))
    #expect(lines.contains(#"nacos_monitor{module="naming",name="avgPushCost",} -1.0"#))
    #expect(lines.contains("muster_registrations_total 1.0"))
    let names = lines.filter { !$0.hasPrefix("#") }.map { $0.prefix { $0 != " " } }
    #expect(Set(names).count == names.count)
    // As a Nacos that was not told to show them.
    #expect(try await registry.raw("GET", "/nacos/actuator/prometheus").status == 404)
    let exposing = try TestRegistry { $0.hasMetricsBelowContext = true }
    #expect(try await exposing.raw("GET", "/nacos/actuator/prometheus").status == 200)
  }

  @Test func logLevel() async throws {
    let set = { (name: String, level: String) in
      try await registry.ask("PUT", "/ns/operator/log", ["logName": name, "logLevel": level])
    }
    #expect(registry.log.level == .error)
    #expect(try await set("naming-push", "DEBUG") == "200 ok" && registry.log.level == .debug)
    #expect(try await set("nobody", "error") == "200 ok" && registry.log.level == .debug)
    #expect(try await set("naming-push", "loud").hasPrefix("400 caused: a log level is one of"))
    #expect(try await registry.ask("PUT", "/core/ops/log", ["logName": "core", "logLevel": "error"]) == "200 200")
    #expect(registry.log.level == .error)
    #expect(try await registry.ask("PUT", "/ns/operator/log", ["logName": "core"]).hasPrefix("400 "))
  }

  @Test func whatConsolesProbe() async throws {
    for path in ["liveness", "readiness"] { #expect(try await registry.get("/console/health/\(path)") == "200 OK") }
    #expect(
      try await registry.get("/console/server/state")
        == #"200 {"version":"1.4.8","standalone_mode":"standalone","function_mode":null}"#)
    let node = #"{"ip":"127.0.0.1","port":\#(registry.server.address.port),"state":"UP","#
    #expect(try await registry.get("/core/cluster/self").hasPrefix(#"200 {"code":200,"message":null,"data":\#(node)"#))
    #expect(try await registry.get("/core/cluster/nodes").hasPrefix(#"200 {"code":200,"message":null,"data":[\#(node)"#))
    #expect(
      try await registry.get("/core/cluster/nodes", ["keyword": "10."]) == #"200 {"code":200,"message":null,"data":[]}"#)
    #expect(try await registry.get("/core/cluster/health") == #"200 {"code":200,"message":null,"data":"UP"}"#)
    #expect(
      try await registry.get("/core/cluster/simple/nodes")
        == #"200 {"code":200,"message":null,"data":["\#(registry.server.address)"]}"#)
    #expect(try await registry.get("/ns/raft/leader") == "500 caused: old raft protocol already stop;")
  }
}
