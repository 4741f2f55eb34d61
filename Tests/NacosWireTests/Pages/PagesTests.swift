import RegistryModel
import Testing

@testable import NacosWire

@Suite struct PagesTests {
  @Test func instances() throws {
    var builder = ServiceBuilder()
    builder.instance("10.0.0.1", 8080, metadata: ["a": "1"])
    let address = InstanceAddress(ip: "10.0.0.1", port: 8080)
    let instance = try #require(builder.service.instances[address])
    #expect(
      text(InstancePages.detail(instance, of: builder.key))
        == #"{"service":"DEFAULT_GROUP@@svc","ip":"10.0.0.1","port":8080,"clusterName":"DEFAULT","weight":1.0,"healthy":true,"instanceId":"10.0.0.1#8080#DEFAULT#DEFAULT_GROUP@@svc","metadata":{"a":"1"}}"#
    )
    #expect(text(InstancePages.statuses(of: builder.service)) == #"{"ips":["10.0.0.1:8080_true"]}"#)
    let persistent = InstanceAddress(cluster: "c", ip: "2.2.2.2", port: 0, isEphemeral: false)
    #expect(
      text(InstancePages.updated([address, persistent]))
        == #"{"updated":["10.0.0.1:8080:unknown:DEFAULT:ephemeral","2.2.2.2:unknown:c:persist"]}"#)
  }

  @Test func beats() {
    #expect(
      text(InstancePages.beat(interval: 5_000, isLightEnabled: true))
        == #"{"clientBeatInterval":5000,"code":10200,"lightBeatEnabled":true}"#)
    #expect(text(InstancePages.beatOfStranger(interval: 6_000)) == #"{"clientBeatInterval":6000,"code":20404}"#)
  }

  @Test func services() {
    let selector = Selector.label(expression: "CONSUMER.label.a=PROVIDER.label.a", labels: ["a"])
    var builder = ServiceBuilder(
      ServiceKey(namespace: "dev", grouped: "g@@s"),
      settings: ServiceSettings(protectThreshold: 0.8, metadata: ["k": "v"], selector: selector))
    builder.cluster("c1", ClusterSettings(checker: .mysql(user: "u", password: nil, command: "select 1"), metadata: ["x": "y"]))
    #expect(
      text(ServicePages.detail(builder.service))
        == #"{"name":"s","namespaceId":"dev","protectThreshold":0.8,"metadata":{"k":"v"},"selector":{"type":"label","expression":"CONSUMER.label.a=PROVIDER.label.a","labels":["a"]},"groupName":"g","clusters":[{"name":"c1","healthChecker":{"type":"MYSQL","user":"u","cmd":"select 1"},"metadata":{"x":"y"}}]}"#
    )
    #expect(text(ServicePages.list(["a", "b"], total: 5)) == #"{"doms":["a","b"],"count":5}"#)
    #expect(text(ServicePages.names([("public", ["a", "b"])])) == #"{"services":{"public":["a","b"]},"count":1}"#)
    #expect(text(ServicePages.allNames([("public", ["a", "b"])])) == #"{"count":2,"doms":{"public":["a","b"]}}"#)
    #expect(text(ServicePages.allNames(["a"])) == #"{"count":1,"doms":["a"]}"#)
    let subscriber = Subscriber(
      service: builder.key, clusters: "", ip: "10.1.1.1", port: 53443, agent: "Nacos-Java-Client:v1.4.2", app: "unknown")
    #expect(
      text(ServicePages.subscribers([subscriber], total: 1))
        == #"{"subscribers":[{"addrStr":"10.1.1.1:53443","agent":"Nacos-Java-Client:v1.4.2","app":"unknown","ip":"10.1.1.1","namespaceId":"dev","serviceName":"g@@s"}],"count":1}"#
    )
  }

  @Test func catalogService() {
    var builder = ServiceBuilder()
    builder.cluster("DEFAULT")
    builder.instance("10.0.0.1", 80)
    #expect(
      text(CatalogPages.service(builder.service))
        == #"{"service":{"name":"svc","protectThreshold":0.0,"groupName":"DEFAULT_GROUP","selector":{"type":"none"},"metadata":{}},"clusters":[{"serviceName":"DEFAULT_GROUP@@svc","name":"DEFAULT","healthChecker":{"type":"TCP"},"defaultPort":80,"defaultCheckPort":80,"useIPPort4Check":true,"metadata":{},"sitegroup":"","defCkport":80,"empty":false,"defIPPort":80}]}"#
    )
  }

  @Test func catalogInstances() throws {
    var builder = ServiceBuilder()
    builder.instance("10.0.0.1", 8080)
    let instance = try #require(builder.service.instances[InstanceAddress(ip: "10.0.0.1", port: 8080)])
    let beat = WallTime(milliseconds: 1_700_000_000_000)
    #expect(
      text(CatalogPages.instances([(instance, beat)], of: builder.key, total: 1))
        == #"{"list":[{"instanceId":"10.0.0.1#8080#DEFAULT#DEFAULT_GROUP@@svc","ip":"10.0.0.1","port":8080,"weight":1.0,"healthy":true,"enabled":true,"ephemeral":true,"clusterName":"DEFAULT","serviceName":"DEFAULT_GROUP@@svc","metadata":{},"lastBeat":1700000000000,"marked":false,"app":"DEFAULT","instanceHeartBeatInterval":5000,"instanceIdGenerator":"simple","instanceHeartBeatTimeOut":15000,"ipDeleteTimeout":30000}],"count":1}"#
    )
    var other = ServiceBuilder()
    other.instance("10.0.0.1", 8080, metadata: [PreservedKey.beatTimeout: "3000"], app: nil)
    let quiet = try #require(other.service.instances[InstanceAddress(ip: "10.0.0.1", port: 8080)])
    let page = text(CatalogPages.instances([(quiet, beat)], of: builder.key, total: 1))
    #expect(page.contains(#""marked":false,"instanceHeartBeatInterval":5000,"instanceHeartBeatTimeOut":3000,"#))
  }

  @Test func catalogServices() {
    var builder = ServiceBuilder()
    builder.cluster("DEFAULT")
    builder.instance("10.0.0.1", 8080)
    builder.instance("10.0.0.2", 8080, isHealthy: false)
    #expect(
      text(CatalogPages.services([builder.service], total: 37))
        == #"{"serviceList":[{"name":"svc","groupName":"DEFAULT_GROUP","clusterCount":1,"ipCount":2,"healthyInstanceCount":1,"triggerFlag":"false"}],"count":37}"#
    )
    #expect(text(CatalogPages.services([], total: 37)) == #"{"serviceList":[],"count":0}"#)
    var web = ServiceBuilder(settings: ServiceSettings(metadata: ["k": "v"]))
    web.cluster("DEFAULT")
    web.cluster("empty")
    web.instance("10.0.0.1", 8080)
    #expect(
      text(CatalogPages.servicesWithInstances([web.service]))
        == #"[{"serviceName":"svc","groupName":"DEFAULT_GROUP","clusterMap":{"DEFAULT":{"hosts":[{"valid":true,"metadata":{},"port":8080,"ip":"10.0.0.1","weight":1.0,"enabled":true}]},"empty":{"hosts":[]}},"metadata":{"k":"v"}}]"#
    )
  }

  @Test func switches() {
    #expect(
      text(SwitchesPage.text(of: Switches()))
        == #"{"masters":null,"adWeightMap":{},"defaultPushCacheMillis":10000,"clientBeatInterval":5000,"defaultCacheMillis":3000,"distroThreshold":0.7,"healthCheckEnabled":true,"autoChangeHealthCheckEnabled":true,"distroEnabled":true,"enableStandalone":true,"pushEnabled":true,"checkTimes":3,"httpHealthParams":{"max":5000,"min":500,"factor":0.85},"tcpHealthParams":{"max":5000,"min":1000,"factor":0.75},"mysqlHealthParams":{"max":3000,"min":2000,"factor":0.65},"incrementalList":[],"serverStatusSynchronizationPeriodMillis":2000,"serviceStatusSynchronizationPeriodMillis":5000,"disableAddIP":false,"sendBeatOnly":false,"lightBeatEnabled":true,"limitedUrlMap":{},"distroServerExpiredMillis":10000,"pushGoVersion":"0.1.0","pushJavaVersion":"0.1.0","pushPythonVersion":"0.4.3","pushCVersion":"1.0.12","pushCSharpVersion":"0.9.0","enableAuthentication":false,"overriddenServerStatus":null,"defaultInstanceEphemeral":true,"healthCheckWhiteList":[],"name":"00-00---000-NACOS_SWITCH_DOMAIN-000---00-00","checksum":null}"#
    )
    var changed = Switches()
    changed.masters = ["a", "b"]
    changed.limitedUrlMap = ["/x": 503, "/a": 500]
    changed.overriddenServerStatus = "UP"
    let page = text(SwitchesPage.text(of: changed))
    #expect(page.contains(#""masters":["a","b"]"#) && page.contains(#""limitedUrlMap":{"/a":500,"/x":503}"#))
    #expect(page.contains(#""overriddenServerStatus":"UP""#))
  }

  @Test func namespaces() {
    let namespace = Namespace(id: "dev", name: "Dev", about: "d", createdAt: WallTime(milliseconds: 0))
    #expect(
      text(NamespacePages.list([namespace], configurations: ["": 2, "dev": 3]))
        == #"{"code":200,"message":null,"data":[{"namespace":"","namespaceShowName":"public","quota":200,"configCount":2,"type":0},{"namespace":"dev","namespaceShowName":"Dev","quota":200,"configCount":3,"type":2}]}"#
    )
    #expect(
      text(NamespacePages.detail(namespace, configurations: 3))
        == #"{"namespace":"dev","namespaceShowName":"Dev","quota":200,"configCount":3,"type":2,"namespaceDesc":"d"}"#)
    #expect(
      text(NamespacePages.detailOfPublic(askedAs: " ", configurations: 0))
        == #"{"namespace":" ","namespaceShowName":"Public","quota":200,"configCount":0,"type":0,"namespaceDesc":"Public Namespace"}"#
    )
  }

  @Test func server() {
    var totals = Catalog.Totals()
    totals.services = 3
    #expect(
      text(ServerPages.metrics(status: "UP", totals: totals, load: .init(cpu: 0.05, average: 1.2, memory: 0.71)))
        == #"{"status":"UP","serviceCount":3,"instanceCount":0,"raftNotifyTaskCount":0,"responsibleServiceCount":3,"responsibleInstanceCount":0,"cpu":0.05,"load":1.2,"mem":0.71}"#
    )
    #expect(
      text(ServerPages.pushState(total: 0, failed: 0, waiting: nil, isReset: false))
        == #"{"succeed":0,"total":0,"ratio":0,"reset":false}"#)
    #expect(
      text(ServerPages.pushState(total: 4, failed: 3, waiting: ["x"], isReset: true))
        == #"{"succeed":1,"total":4,"ratio":0.25,"data":["x"],"reset":true}"#)
    #expect(
      text(ServerPages.pushState(total: 1, failed: 2, waiting: nil, isReset: false))
        == #"{"succeed":0,"total":1,"ratio":0.0,"reset":false}"#)
    let member = ServerPages.Member(
      ip: "10.0.0.1", port: 8848, version: "1.4.8", refreshedAt: WallTime(milliseconds: 1_700_000_000_000))
    #expect(
      text(ServerPages.nodes([member]))
        == #"{"code":200,"message":null,"data":[{"ip":"10.0.0.1","port":8848,"state":"UP","extendInfo":{"lastRefreshTime":1700000000000,"raftPort":"7848","version":"1.4.8"},"address":"10.0.0.1:8848","failAccessCnt":0}]}"#
    )
    #expect(
      text(ServerPages.state(version: "1.4.8"))
        == #"{"version":"1.4.8","standalone_mode":"standalone","function_mode":null}"#)
  }

  @Test func errorDocument() {
    let document = ErrorDocument.text(
      status: 501, error: "Not Implemented", message: "no such api:GET:/nacos/v1/ns/x", path: "/nacos/v1/ns/x",
      at: WallTime(milliseconds: 1_704_067_200_007))
    #expect(
      text(document)
        == #"{"timestamp":"2024-01-01T00:00:00.007+00:00","status":501,"error":"Not Implemented","message":"no such api:GET:/nacos/v1/ns/x","path":"/nacos/v1/ns/x"}"#
    )
  }
}
