import NacosWire
import RegistryEngine
import RegistryModel
import Testing

@Suite struct BeatTests {
  let registry: TestRegistry
  let place = ["serviceName": "svc", "ip": "10.0.0.1", "port": "80"]
  let alive = #"200 {"clientBeatInterval":5000,"code":10200,"lightBeatEnabled":true}"#
  let stranger = #"200 {"clientBeatInterval":5000,"code":20404}"#

  init() throws { registry = try TestRegistry() }

  @Test func keepsAnInstanceAlive() async throws {
    _ = try await registry.ask("POST", "/ns/instance", place)
    for _ in 0..<10 {
      registry.pass(milliseconds: 5_000)
      #expect(try await registry.ask("PUT", "/ns/instance/beat", place) == alive)
    }
    #expect(try await registry.hosts("svc") == ["10.0.0.1:80+"])
    registry.pass(milliseconds: 16_000)
    #expect(registry.engine.service(ServiceKey(grouped: "DEFAULT_GROUP@@svc"))?.counts.healthy == 0)
    registry.pass(milliseconds: 16_000)
    #expect(try await registry.hosts("svc") == [])
    #expect(try await registry.ask("PUT", "/ns/instance/beat", place) == stranger)
  }

  @Test func aFullBeatRegisters() async throws {
    let beat = #"{"ip":"10.0.0.2","port":81,"cluster":"c1","weight":2.0,"metadata":{"a":"1"}}"#
    #expect(try await registry.ask("PUT", "/ns/instance/beat", ["serviceName": "svc", "beat": beat], form: true) == alive)
    #expect(try await registry.hosts("svc", ["clusters": "c1"]) == ["10.0.0.2:81+"])
    let persistent = #"{"ip":"10.0.0.3","port":81,"ephemeral":false}"#
    #expect(try await registry.ask("PUT", "/ns/instance/beat", ["serviceName": "svc", "beat": persistent]) == alive)
    #expect(registry.engine.service(ServiceKey(grouped: "DEFAULT_GROUP@@svc"))?.counts.ephemeral == 1)
  }

  @Test func tellsTheIntervalOfTheInstanceOrTheSwitch() async throws {
    _ = try await registry.ask("POST", "/ns/instance", place.merging(["metadata": "preserved.heart.beat.interval=2000"]) { $1 })
    #expect(
      try await registry.ask("PUT", "/ns/instance/beat", place)
        == #"200 {"clientBeatInterval":2000,"code":10200,"lightBeatEnabled":true}"#)
    _ = try await registry.ask("PUT", "/ns/operator/switches", ["entry": "clientBeatInterval", "value": "6000"])
    _ = try await registry.ask("PUT", "/ns/operator/switches", ["entry": "lightBeatEnabled", "value": "false"])
    _ = try await registry.ask("POST", "/ns/instance", place)
    #expect(
      try await registry.ask("PUT", "/ns/instance/beat", place)
        == #"200 {"clientBeatInterval":6000,"code":10200,"lightBeatEnabled":false}"#)
    #expect(
      try await registry.ask("PUT", "/ns/instance/beat", ["serviceName": "no"])
        == #"200 {"clientBeatInterval":6000,"code":20404}"#)
  }

  @Test(arguments: [
    (["ip": "1", "port": "1"], "400 caused: Param 'serviceName' is required.;"),
    (["serviceName": "svc", "port": "abc"], "400 caused: For input string: \"abc\";"),
    (["serviceName": "@@"], "400 caused: Param 'serviceName' is illegal, it should be format as 'groupName@@serviceName';"),
    (
      ["serviceName": "a b", "beat": #"{"ip":"1","port":1}"#],
      "400 caused: dom name can only have these characters: 0-9a-zA-Z-._:, current: DEFAULT_GROUP@@a b;"
    ),
    (["serviceName": "svc", "beat": #"{"ip":"1","port":70000}"#], "400 caused: port 70000 is not between 0 and 65535;"),
  ])
  func refuses(_ parameters: [String: String], _ answer: String) async throws {
    #expect(try await registry.ask("PUT", "/ns/instance/beat", parameters) == answer)
  }

  @Test func aBeatThatSaysNothingIsALightOne() async throws {
    _ = try await registry.ask("POST", "/ns/instance", place)
    for beat in ["null", " null ", " "] {
      #expect(try await registry.ask("PUT", "/ns/instance/beat", place.merging(["beat": beat]) { $1 }) == alive)
    }
  }

  @Test(arguments: ["notjson", "[", "{\"port\":{}}", String(repeating: "{\"a\":", count: 900)])
  func refusesBeatsThatCannotBeRead(_ beat: String) async throws {
    let answer = try await registry.ask("PUT", "/ns/instance/beat", ["serviceName": "svc", "beat": beat])
    #expect(answer.hasPrefix("400 caused: beat "))
  }
}
