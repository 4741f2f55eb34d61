import RegistryModel
import Testing

@testable import RegistryEngine

@Suite struct SwitchTests {
  private var driver = Driver()

  private mutating func set(_ entry: String, _ value: String) throws -> Switches {
    try driver.submit(.setSwitch(entry: entry, value: value))
    return driver.registry.switches
  }

  @Test mutating func everyEntrySetsItsSwitch() throws {
    #expect(try set("distroThreshold", "0.5").distroThreshold == 0.5)
    #expect(try set("clientBeatInterval", "6000").clientBeatInterval == 6_000)
    #expect(try set("pushVersion", "java:1.2.3").pushJavaVersion == "1.2.3")
    #expect(try set("pushVersion", "python:1.2.3").pushPythonVersion == "1.2.3")
    #expect(try set("pushVersion", "c:1.2.3").pushCVersion == "1.2.3")
    #expect(try set("pushVersion", "go:1.2.3").pushGoVersion == "1.2.3")
    #expect(try set("pushCSharpVersion", "1.2.3").pushCSharpVersion == "1.2.3")
    #expect(try set("pushCacheMillis", "10000").defaultPushCacheMillis == 10_000)
    #expect(try set("defaultCacheMillis", "1000").defaultCacheMillis == 1_000)
    #expect(try set("masters", "a,b").masters == ["a", "b"])
    #expect(try set("masters", "a,,b,").masters == ["a", "", "b"])
    #expect(try set("masters", "").masters == [""])
    #expect(try set("distroThreshold", " 0.25f ").distroThreshold == 0.25)
    #expect(try set("pushVersion", "java:2.0.0:9").pushJavaVersion == "2.0.0")
    #expect(try set("distro", "false").distroEnabled == false)
    #expect(try set("check", "no").healthCheckEnabled == false)
    #expect(try set("pushEnabled", "TRUE").pushEnabled)
    #expect(try set("serviceStatusSynchronizationPeriodMillis", "5000").serviceStatusSynchronizationPeriodMillis == 5_000)
    #expect(try set("serverStatusSynchronizationPeriodMillis", "1000").serverStatusSynchronizationPeriodMillis == 1_000)
    #expect(try set("healthCheckTimes", "5").checkTimes == 5)
    #expect(try set("disableAddIP", "true").disableAddIP)
    #expect(try set("sendBeatOnly", "true").sendBeatOnly)
    #expect(try set("limitedUrlMap", "/nacos/x:404,/y:503").limitedUrlMap == ["/nacos/x": 404, "/y": 503])
    #expect(try set("limitedUrlMap", "").limitedUrlMap.isEmpty)
    #expect(try set("enableStandalone", "false").enableStandalone)
    #expect(try set("enableStandalone", "").enableStandalone == false)
    #expect(try set("limitedUrlMap", "/x:404:1").limitedUrlMap == ["/x": 404])
    #expect(try set("overriddenServerStatus", "READ_ONLY").overriddenServerStatus == "READ_ONLY")
    #expect(try set("overriddenServerStatus", "null").overriddenServerStatus == "")
    #expect(try set("defaultInstanceEphemeral", "false").defaultInstanceEphemeral == false)
    #expect(try set("distroServerExpiredMillis", "20000").distroServerExpiredMillis == 20_000)
    #expect(try set("lightBeatEnabled", "off").lightBeatEnabled == false)
    #expect(try set("lightBeatEnabled", "yes").lightBeatEnabled)
    #expect(try set("autoChangeHealthCheckEnabled", "false").autoChangeHealthCheckEnabled == false)
    #expect(try set("healthCheckWhiteList", "g@@a,g@@b").healthCheckWhiteList == ["g@@a", "g@@b"])
    let changes = driver.commits.flatMap(\.changes)
    #expect(changes.allSatisfy { if case .switches = $0 { true } else { false } })
    #expect(driver.commits.allSatisfy { $0.isDurable })
    guard case .switches("distroThreshold", "0.7", "0.5", let all) = changes[0] else {
      Issue.record("the first change is \(changes[0])")
      return
    }
    #expect(all.distroThreshold == 0.5)
  }

  @Test(
    "6.2: what is refused, with the wire's words",
    arguments: [
      ("distroThreshold", "0", "distroThreshold can not be zero or negative: 0.0"),
      ("distroThreshold", "abc", "For input string: \"abc\""),
      ("clientBeatInterval", "5s", "For input string: \"5s\""),
      ("pushVersion", "java:1.2", "illegal version, must match: [0-9]+\\.[0-9]+\\.[0-9]+"),
      ("pushVersion", "1.2.3", "illegal version, must match: [0-9]+\\.[0-9]+\\.[0-9]+"),
      ("pushVersion", "rust:1.2.3", "unsupported client type: rust"),
      ("pushCacheMillis", "9999", "min cache time for http or tcp is too small(<10000)"),
      ("defaultCacheMillis", "10", "min default cache time  is too small(<1000)"),
      ("serviceStatusSynchronizationPeriodMillis", "4999", "serviceStatusSynchronizationPeriodMillis is too small(<5000)"),
      ("serverStatusSynchronizationPeriodMillis", "999", "serverStatusSynchronizationPeriodMillis is too small(<15000)"),
      ("pushVersion", "csharp:1.2.3", "unsupported client type: csharp"),
      ("healthCheckTimes", "3000000000", "For input string: \"3000000000\""),
      ("limitedUrlMap", "/x", "invalid input for limited urls"),
      ("limitedUrlMap", " :404", "url can not be empty, url:  "),
      ("limitedUrlMap", "/x:0", "illegal normal status code: 0"),
      ("overriddenServerStatus", "UPP", "illegal server status: UPP"),
    ])
  func refusals(entry: String, value: String, text: String) {
    var driver = Driver()
    #expect(throws: RegistryError.switchRefused(text)) { try driver.submit(.setSwitch(entry: entry, value: value)) }
    #expect(driver.registry.switches == Switches())
  }

  @Test mutating func anUnknownEntrySucceedsAndDoesNothing() throws {
    #expect(try driver.submit(.setSwitch(entry: "nothing", value: "1")).didChange == false)
    #expect(try driver.submit(.setSwitch(entry: "clientBeatInterval", value: "5000")).didChange == false)
  }

  @Test mutating func allAtOnce() throws {
    var all = Switches()
    all.checkTimes = 7
    all.adWeightMap = ["a": 1]
    try driver.submit(.replaceSwitches(all))
    #expect(driver.registry.switches == all)
    // The one that a batch cannot say.
    try driver.submit(.setSwitch(entry: "enableStandalone", value: ""))
    try driver.submit(.replaceSwitches(all))
    all.enableStandalone = false
    #expect(driver.registry.switches == all)
    let cases: [(WritableKeyPath<Switches, Switches.CheckBounds>, Switches.CheckBounds, String)] = [
      (\.httpHealthParams, .init(max: 5_000, min: 499, factor: 0.5), "min check time for http or tcp is too small(<500)"),
      (\.tcpHealthParams, .init(max: 2_999, min: 500, factor: 0.5), "max check time for http or tcp is too small(<3000)"),
      (\.mysqlHealthParams, .init(max: 5_000, min: 500, factor: 1.1), "malformed factor"),
      (\.mysqlHealthParams, .init(max: 5_000, min: 500, factor: .nan), "malformed factor"),
    ]
    for (path, bounds, text) in cases {
      var bad = Switches()
      bad[keyPath: path] = bounds
      #expect(throws: RegistryError.switchRefused(text)) { try driver.submit(.replaceSwitches(bad)) }
    }
    #expect(driver.registry.switches == all)
  }
}
