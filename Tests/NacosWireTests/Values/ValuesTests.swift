import RegistryModel
import Testing

@testable import NacosWire

@Suite struct MetadataTextTests {
  @Test(arguments: [
    ("", [:]), ("  ", [:]), ("{}", [:]), ("null", [:]), (",", [:]),
    (#"{"a":1,"b":true,"c":null,"d":"x","e":1.5}"#, ["a": "1", "b": "true", "d": "x", "e": "1.5"]),
    (#"{"a":"1","a":"2"}"#, ["a": "2"]), ("k1=v1,k2=v2", ["k1": "v1", "k2": "v2"]), ("a=1,", ["a": "1"]), ("=b", ["": "b"]),
    ("a=b=", ["a": "b"]), ("a= b ", ["a": " b "]),
  ])
  func reads(_ text: String, _ pairs: [String: String]) throws {
    #expect(try MetadataText.read(text) == Metadata(pairs))
  }

  @Test(arguments: ["nonsense", "{broken", "a=", "a=1,,b=2", "a=b=c", #"{"a":{"b":1}}"#, #"{"a":[]}"#, "[1]", "\"x\"", "1"])
  func refuses(_ text: String) {
    #expect(throws: Refusal.failed("metadata format incorrect:\(text)")) { try MetadataText.read(text) }
  }
}

@Suite struct BeatBodyTests {
  private func beat(_ json: String) throws -> BeatBody? {
    let escaped = json.replacing("%", with: "%25").replacing("&", with: "%26").replacing("+", with: "%2B")
    return try withParameters("beat=" + escaped) { try $0.beat() }
  }

  @Test func readsWhatJavaSends() throws {
    let beat = try #require(
      try beat(
        #"{"port":8080,"ip":"10.0.0.1","weight":1.0,"serviceName":"DEFAULT_GROUP@@svc","cluster":"c1","metadata":{"a":"1","n":2},"scheduled":false,"period":5000,"stopped":false,"ephemeral":false}"#
      ))
    #expect(beat.ip == "10.0.0.1" && beat.port == 8080 && beat.cluster == "c1" && beat.weight == 1 && !beat.isEphemeral)
    #expect(beat.metadata == ["a": "1", "n": "2"])
  }

  @Test func takesDefaultsAndCoercions() throws {
    let beat = try #require(try beat(#"{"port":"80","ip":"h","weight":"2.5","cluster":" ","metadata":null}"#))
    #expect(beat.port == 80 && beat.weight == 2.5 && beat.cluster == nil && beat.isEphemeral && beat.metadata.isEmpty)
    #expect(try self.beat("{}")?.weight == nil)
  }

  @Test func aLightBeatHasNone() throws {
    #expect(try withParameters("beat=") { try $0.beat() } == nil)
    #expect(try withParameters("beat=%20+") { try $0.beat() } == nil)
    #expect(try withParameters("ip=1") { try $0.beat() } == nil)
  }

  @Test(arguments: [
    "notjson", "[]", "1", "{", #"{"port":[]}"#, #"{"port":99999999999}"#, #"{"port":"x"}"#, #"{"weight":"heavy"}"#,
    #"{"metadata":{"a":{}}}"#, #"{"metadata":"x"}"#, #"{"ephemeral":"maybe"}"#, #"{"ip":"x"} y"#,
  ])
  func refusesOthers(_ json: String) {
    #expect(throws: Refusal.self) { try beat(json) }
  }

  @Test func refusesDeepNesting() {
    #expect(throws: Refusal.self) {
      try beat(String(repeating: #"{"a":"#, count: 1000) + "1" + String(repeating: "}", count: 1000))
    }
  }
}

@Suite struct BodiesTests {
  @Test func instancesOfABatch() {
    let text =
      #"[{"ip":"1.1.1.1","port":80},{"ip":"2.2.2.2","port":"81","ephemeral":false,"clusterName":"c"},{"clusterName":" "}]"#
    #expect(
      InstancesBody.read(text) == [
        InstanceAddress(ip: "1.1.1.1", port: 80), InstanceAddress(cluster: "c", ip: "2.2.2.2", port: 81, isEphemeral: false),
        InstanceAddress(ip: "", port: 0),
      ])
    for text in ["", "x", "{}", "[1]", "[{}"] { #expect(InstancesBody.read(text).isEmpty) }
  }

  @Test func healthCheckers() throws {
    #expect(try HealthCheckerBody.read(#"{"type":"TCP"}"#) == .tcp)
    #expect(
      try HealthCheckerBody.read(#"{"type":"HTTP","path":"/h","headers":"k:v"}"#)
        == .http(path: "/h", headers: "k:v", expectedCode: 200))
    #expect(
      try HealthCheckerBody.read(#"{"type":"MYSQL","user":"u","pwd":"p","cmd":"select 1"}"#)
        == .mysql(user: "u", password: "p", command: "select 1"))
    for text in [#"{"type":"ZZ","q":1}"#, "{}", #"{"type":"tcp"}"#, #"{"type":null}"#] {
      #expect(try HealthCheckerBody.read(text) == HealthChecker.none)
    }
    for text in ["", "x", "[]", "1"] { #expect(throws: Refusal.self) { try HealthCheckerBody.read(text) } }
  }

  @Test func selectors() throws {
    #expect(try SelectorText.read(" ") == .none)
    #expect(try SelectorText.read(#"{"type":"none"}"#) == .none)
    #expect(try SelectorText.read("%7B%22type%22%3A%22none%22%7D") == .none)
    let expression = "CONSUMER.label.a = PROVIDER.label.a & CONSUMER.label.b=PROVIDER.label.b"
    #expect(
      try SelectorText.read(#"{"type":"label","expression":"\#(expression)"}"#)
        == .label(expression: expression, labels: ["a", "b"]))
    #expect(try SelectorText.labels(of: "") == [])
    for text in ["CONSUMER.label.a = PROVIDER.label.b", "a=b", "CONSUMER.label.a", "CONSUMER.label.=PROVIDER.label.", "&"] {
      #expect(throws: Refusal.failed("parse expression failed!")) { try SelectorText.labels(of: text) }
    }
    #expect(throws: Refusal.failed("not match any type of selector!")) { try SelectorText.read(#"{"type":"unknown"}"#) }
    #expect(throws: Refusal.illegal("No enum constant com.alibaba.nacos.api.selector.SelectorType.x")) {
      try SelectorText.read(#"{"type":"x"}"#)
    }
    #expect(throws: Refusal.self) { try SelectorText.read("x") }
  }
}

@Suite struct ClientAgentTests {
  @Test(arguments: [
    ("Nacos-Java-Client:v1.4.8", ClientAgent.Kind.java, 1, 4, 8), ("Nacos-Java-Client:v0.9", .java, 0, 9, 0),
    ("Nacos-Go-Client:v1.0.9-beta", .go, 1, 0, 9), ("Nacos-DNS:v1.0.1", .dns, 1, 0, 1), ("vip-client4cpp:v1.0.12", .c, 1, 0, 12),
    ("Nacos-Java-Client", .java, 0, 0, 0), ("Nacos-CSharp-Client:v1_2x;3", .cSharp, 1, 2, 3), ("curl/7.88", .unknown, 0, 0, 0),
    ("Nacos-Java-Client:v99999999999999999999.1", .java, 999_999_999, 1, 0), ("", .unknown, 0, 0, 0),
    ("Nacos-Server:v1.4.8", .server, 1, 4, 8), ("nacos-java-client:v1.4.8", .unknown, 0, 0, 0),
  ])
  func recognises(_ text: String, _ kind: ClientAgent.Kind, _ major: Int, _ minor: Int, _ patch: Int) {
    #expect(ClientAgent(text) == ClientAgent(kind: kind, version: .init(major, minor, patch)))
  }

  @Test func decidesByKindAndVersion() {
    var switches = Switches()
    #expect(ClientAgent("Nacos-Java-Client:v1.0.0").usesFullNames)
    #expect(!ClientAgent("Nacos-Java-Client:v0.9.9").usesFullNames)
    #expect(!ClientAgent("Nacos-Go-Client:v1.0.9").usesFullNames)
    #expect(ClientAgent("Nacos-Java-Client:v0.1.0").isPushed(with: switches))
    #expect(!ClientAgent("Nacos-DNS:v0.4.2").isPushed(with: switches))
    #expect(ClientAgent("Nacos-C-Client:v1.0.12").isPushed(with: switches))
    #expect(!ClientAgent("Nacos-Python-Client:v9").isPushed(with: switches))
    #expect(!ClientAgent("Nacos-SDK-Java:v9.9.9").isPushed(with: switches))
    switches.pushJavaVersion = "1.5.0"
    #expect(!ClientAgent("Nacos-Java-Client:v1.4.8").isPushed(with: switches))
    switches.pushEnabled = false
    #expect(!ClientAgent("Nacos-Go-Client:v1.0.9").isPushed(with: switches))
  }
}
