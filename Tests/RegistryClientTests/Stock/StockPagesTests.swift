import NacosWire
import RegistryModel
import Testing

@testable import RegistryClient

@Suite("Pages of a stock Nacos")
struct StockPagesTests {
  static func document(_ text: String) throws -> JSONValue { try JSONDocument(text).root }

  private func page(_ recording: StockRecording, _ key: String) throws -> JSONValue {
    try Self.document(try #require(recording.pages[key]).body)
  }

  private static let orders = ServiceKey(group: "DEFAULT_GROUP", name: "orders")
  private static let services = "/v1/ns/catalog/services"

  @Test("the list of services, as recorded", arguments: StockRecording.allCases)
  func summaries(recording: StockRecording) throws {
    let list = try StockSummaries(try page(recording, StockRecording.key(Self.services)), namespace: "public")
    #expect(list.total == 3 && Set(list.services.map(\.key.grouped)) == ["DEFAULT_GROUP@@orders", "pay@@empty", "pay@@ledger"])
    let ledger = try #require(list.services.first { $0.key.name == "ledger" })
    #expect(ledger == StockSummary(key: ServiceKey(group: "pay", name: "ledger"), instances: 2, healthy: 2))
  }

  @Test("the list with instances, as recorded: no kinds are told", arguments: StockRecording.allCases)
  func bulk(recording: StockRecording) throws {
    let root = try page(recording, StockRecording.key(Self.services, withInstances: true))
    let orders = try #require(try StockBulk.list(root, namespace: "public").first { $0.key == Self.orders })
    let host = try #require(orders.hosts.first { $0.ip == "10.20.0.2" })
    let expected = StockHost(
      cluster: "hz", ip: "10.20.0.2", port: 8080, weight: 2.5, isEnabled: true, isHealthy: true,
      metadata: ["version": "1.4.1", "zone": "b"])
    #expect(host == expected)
    #expect(orders.hosts.first { $0.ip == "10.20.0.3" }?.isEnabled == false)
  }

  @Test("a service and its instances, as recorded", arguments: StockRecording.allCases)
  func service(recording: StockRecording) throws {
    let key = StockRecording.key("/v1/ns/catalog/service", service: "orders")
    #expect(try StockService(try page(recording, key)).clusters.map(\.name) == ["hz", "sh"])
    let empty = try StockService(try page(recording, StockRecording.key("/v1/ns/catalog/service", service: "empty")))
    #expect(empty.settings == ServiceSettings(protectThreshold: 0.5, metadata: ["owner": "team-pay"]))
    let hosts = StockRecording.key("/v1/ns/catalog/instances", service: "ledger", cluster: "DEFAULT")
    let ledger = try StockHosts(try page(recording, hosts), cluster: "DEFAULT")
    #expect(ledger.total == 2 && ledger.hosts.allSatisfy { $0.isEphemeral == false })
    #expect(ledger.hosts.allSatisfy { ($0.lastBeat != nil) == (recording == .one) })
  }

  @Test("namespaces, switches and subscribers, as recorded", arguments: StockRecording.allCases)
  func console(recording: StockRecording) throws {
    let now = WallTime(milliseconds: 5)
    let namespaces = try Namespace.stockList(try page(recording, StockRecording.key("/v1/console/namespaces")), at: now)
    #expect(namespaces.map(\.id) == ["kaifa", "staging"] && namespaces.first?.name == "\u{5f00}\u{53d1}")
    let switches = try #require(recording.pages[StockRecording.key("/v1/ns/operator/switches")])
    #expect(Switches(stock: switches.body) == Switches())
    let key = StockRecording.key("/v1/ns/service/subscribers", service: "orders")
    let page = try SubscriberPage(try page(recording, key), of: Self.orders, at: now)
    let subscriber = try #require(page.subscribers.first?.subscriber)
    #expect(page.total == 1)
    #expect(subscriber.hostAndPort == (recording == .one ? "127.0.0.1:46577" : "192.0.2.2:0"))
  }

  @Test("subscribers of services with a longer name are left out (naming-server-v1 1.2.7)")
  func fuzzy() throws {
    let root = try Self.document(
      #"{"subscribers":[{"addrStr":"1.1.1.1:1","serviceName":"DEFAULT_GROUP@@orders-2"},{"addrStr":"1.1.1.1:2","serviceName":"DEFAULT_GROUP@@orders"}],"count":2}"#
    )
    let page = try SubscriberPage(root, of: Self.orders, at: WallTime(milliseconds: 0))
    #expect(page.total == 1 && page.subscribers.map(\.subscriber.port) == [2])
  }

  @Test(
    "what is no page is said to be none",
    arguments: ["{}", "[]", "null", "3", #""serviceList""#, #"{"serviceList":{}}"#, #"{"service":1}"#, #"{"data":"x"}"#])
  func nonsense(text: String) throws {
    let root = try Self.document(text)
    #expect(throws: StockFailure.self) { try StockSummaries(root, namespace: "public") }
    #expect(throws: StockFailure.self) { try StockService(root) }
    #expect(throws: StockFailure.self) { try StockHosts(root, cluster: "c") }
    #expect(throws: StockFailure.self) { try Namespace.stockList(root, at: WallTime(milliseconds: 0)) }
  }

  @Test("rows that are none are left out")
  func nonsenseRows() throws {
    let root = try Self.document(
      #"{"list":[1,null,{"ip":"a"},{"ip":"a","port":-1},{"ip":"a","port":70000},{"ip":"a","port":1,"metadata":{"a":1,"b":"2"},"weight":"x"}],"count":-5}"#
    )
    let page = try StockHosts(root, cluster: "c")
    #expect(page.total == 1 && page.hosts.first?.metadata == ["b": "2"] && page.hosts.first?.weight == 1)
    let list = try Self.document(#"{"serviceList":[{},{"name":""},{"name":3},{"name":"s"}],"count":9223372036854775807}"#)
    #expect(try StockSummaries(list, namespace: "n").services.map(\.key.grouped) == ["DEFAULT_GROUP@@s"])
  }
}
