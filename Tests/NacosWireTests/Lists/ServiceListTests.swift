import RegistryModel
import Testing

@testable import NacosWire

@Suite struct ServiceListTests {
  let time = WallTime(milliseconds: 1_700_000_000_000)

  private func list(_ service: Service, _ flavour: ListFlavour = ListFlavour(cacheMillis: 3_000)) -> String {
    text(ServiceList(service, flavour, checksum: "sum", at: time).bytes)
  }

  /// The hosts' addresses with `+` for a healthy one, in order.
  private func hosts(_ service: Service, _ flavour: ListFlavour = ListFlavour(cacheMillis: 3_000)) throws -> [String] {
    let root = try JSONDocument(ServiceList(service, flavour, checksum: "sum", at: time).bytes).root
    return (root["hosts"].map { Array($0.elements) } ?? []).map { host in
      (host["ip"]?.string ?? "") + (host["healthy"]?.bool == true ? "+" : "-")
    }
  }

  @Test func unknown() {
    let flavour = ListFlavour(clusters: "a", cacheMillis: 10_000)
    #expect(
      text(ServiceList(unknown: ServiceKey(grouped: "g@@s"), flavour).bytes)
        == #"{"name":"g@@s","clusters":"a","cacheMillis":10000,"hosts":[]}"#)
  }

  @Test func withoutInstances() {
    let builder = ServiceBuilder(settings: ServiceSettings(metadata: ["k": "v"]))
    let flavour = ListFlavour(clusters: "x,y", usesFullNames: true, cacheMillis: 3_000, environment: "e")
    #expect(
      list(builder.service, flavour)
        == #"{"dom":"DEFAULT_GROUP@@svc","name":"DEFAULT_GROUP@@svc","cacheMillis":3000,"lastRefTime":1700000000000,"checksum":"sum","useSpecifiedURL":false,"clusters":"x,y","env":"e","hosts":[],"metadata":{"k":"v"}}"#
    )
  }

  @Test func withInstances() {
    var builder = ServiceBuilder()
    builder.instance("10.0.0.1", 8080, weight: 0.5, metadata: ["a\"b": "运维", "z": "1"])
    #expect(
      list(builder.service)
        == #"{"hosts":[{"ip":"10.0.0.1","port":8080,"valid":true,"healthy":true,"marked":false,"instanceId":"10.0.0.1#8080#DEFAULT#DEFAULT_GROUP@@svc","metadata":{"a\"b":"运维","z":"1"},"enabled":true,"weight":0.5,"clusterName":"DEFAULT","serviceName":"svc","ephemeral":true}],"dom":"svc","name":"DEFAULT_GROUP@@svc","cacheMillis":3000,"lastRefTime":1700000000000,"checksum":"sum","useSpecifiedURL":false,"clusters":"","env":"","metadata":{}}"#
    )
    let full = list(builder.service, ListFlavour(usesFullNames: true, cacheMillis: 10_000))
    #expect(full.contains(#""serviceName":"DEFAULT_GROUP@@svc","ephemeral":true}],"dom":"DEFAULT_GROUP@@svc","name""#))
  }

  @Test func putsTheUnhealthyFirst() throws {
    var builder = ServiceBuilder()
    builder.instance("10.0.0.1", 80)
    builder.instance("10.0.0.2", 80, isHealthy: false)
    #expect(try hosts(builder.service) == ["10.0.0.2-", "10.0.0.1+"])
    #expect(try hosts(builder.service, ListFlavour(isHealthyOnly: true, cacheMillis: 1)) == ["10.0.0.1+"])
  }

  @Test func protectsByTheThreshold() throws {
    var builder = ServiceBuilder(settings: ServiceSettings(protectThreshold: 0.5))
    builder.instance("10.0.0.1", 80)
    builder.instance("10.0.0.2", 80, isHealthy: false)
    #expect(try Set(hosts(builder.service)) == ["10.0.0.2+", "10.0.0.1+"])
    builder.instance("10.0.0.3", 80)
    #expect(try hosts(builder.service).filter { $0.hasSuffix("-") } == ["10.0.0.2-"])
  }

  @Test func servesALoneSilentOneAsHealthy() throws {
    var builder = ServiceBuilder()
    builder.instance("10.0.0.1", 80, isHealthy: false)
    #expect(try hosts(builder.service, ListFlavour(isHealthyOnly: true, cacheMillis: 1)) == ["10.0.0.1+"])
  }

  /// They count for protection all the same; and form C stays C with nobody in it.
  @Test func leavesOutTheDisabled() throws {
    var builder = ServiceBuilder()
    builder.instance("10.0.0.1", 80, isEnabled: false)
    #expect(list(builder.service).hasPrefix(#"{"hosts":[],"dom":"#))
    builder.instance("10.0.0.2", 80, isHealthy: false)
    #expect(try hosts(builder.service) == ["10.0.0.2-"])
  }

  @Test func choosesClusters() throws {
    var builder = ServiceBuilder()
    builder.instance("10.0.0.1", 80, cluster: "a")
    builder.instance("10.0.0.2", 80, cluster: "b", isHealthy: false)
    builder.instance("10.0.0.3", 80, cluster: "c")
    let flavour = { ListFlavour(clusters: $0, cacheMillis: 1) }
    #expect(try hosts(builder.service, flavour("a,,zz")) == ["10.0.0.1+"])
    #expect(try hosts(builder.service, flavour("b")) == ["10.0.0.2+"])
    #expect(try hosts(builder.service, flavour("a,b")) == ["10.0.0.2-", "10.0.0.1+"])
    #expect(try hosts(builder.service, flavour(",")).count == 3)
    #expect(list(builder.service, flavour("nowhere")).hasPrefix(#"{"dom":"svc""#))
  }

  @Test func stampsTheTime() {
    var builder = ServiceBuilder()
    builder.instance("10.0.0.1", 80)
    var list = ServiceList(builder.service, ListFlavour(cacheMillis: 1), checksum: "", at: time)
    let before = text(list.bytes)
    for (milliseconds, digits) in [(1_700_000_000_123, "1700000000123"), (9, "9"), (1_800_000_000_000, "1800000000000")] {
      list.stamp(WallTime(milliseconds: Int64(milliseconds)))
      #expect(text(list.bytes) == before.replacing("1700000000000", with: digits))
    }
  }
}

@Suite struct ServiceChecksumTests {
  private func source(_ service: Service) -> String { text(Array(ServiceChecksum.source(of: service))) }

  /// The vectors of naming-server-v1 12.
  @Test func vectors() {
    #expect(ServiceChecksum.text(of: ServiceBuilder().service) == "9ee8817ca9b38c7ec2b626869ffb65d8")

    var one = ServiceBuilder()
    one.cluster("DEFAULT")
    one.instance("10.0.0.1", 8080)
    #expect(ServiceChecksum.text(of: one.service) == "f0b0d1c66990b29a77baace462f1b76e")

    var web = ServiceBuilder(ServiceKey(grouped: "g1@@web"), settings: ServiceSettings(protectThreshold: 0.8))
    let checker = HealthChecker.http(path: "/ping", headers: "", expectedCode: 200)
    web.cluster("C1", ClusterSettings(checker: checker, checkPort: 8081, usesInstancePort: false))
    web.instance("10.0.0.2", 8080, cluster: "C1", weight: 0.5, isHealthy: false, isEphemeral: false)
    web.instance("10.0.0.1", 8080, cluster: "C1", isEphemeral: false)
    #expect(ServiceChecksum.text(of: web.service) == "b041d48c7da73f9e523779ad39b86f30")
    #expect(web.service.isProtected)
  }

  @Test func ordersAsNacosSortsTexts() {
    var builder = ServiceBuilder()
    for ip in ["10.0.0.1", "10.0.0.2", "10.0.0.10"] { builder.instance(ip, 80) }
    #expect(
      source(builder.service).hasSuffix(
        "}10.0.0.10:80_1.0_true_DEFAULT,10.0.0.1:80_1.0_true_DEFAULT,10.0.0.2:80_1.0_true_DEFAULT,"))
  }
}
