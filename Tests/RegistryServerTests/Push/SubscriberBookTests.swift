import EventLoop
import RegistryEngine
import RegistryModel
import RegistryStore
import TestSupport
import Testing

@testable import RegistryServer

@Suite("Subscribers across a restart")
struct SubscriberBookTests {
  private let store = MemoryRecords()

  private func bench() throws -> PushBench {
    try PushBench(book: SubscriberBook(store: store, records: store.records))
  }

  @Test func aServerThatComesBackPushesToWhomItPushedBefore() async throws {
    let clients = try PushClients(1)
    let before = try bench()
    #expect(before.subscribe(clients.addresses[0], agent: "Nacos-Go-Client:v1.0.9"))
    try await wait(for: "the record") { store.records.count == 1 }
    before.stop()

    let after = try bench()
    #expect(after.service.desk.digest().subscribers == 1)
    after.register("10.4.0.1")
    try await wait(for: "the push") { clients.counts == [1] }
    #expect(clients.datagrams()[0].list.contains(#""dom":"svc""#))
    #expect(after.service.report.subscribers(PushBench.key, 0, 10).subscribers.map(\.subscriber.app) == ["app"])
    clients.stop()
    after.stop()
  }

  @Test func whoeverLapsesIsForgotten() async throws {
    let clients = try PushClients(1)
    let before = try bench()
    #expect(before.subscribe(clients.addresses[0]))
    try await wait(for: "the record") { store.records.count == 1 }
    before.stop()
    clients.stop()
    var rules = PushBench.patient
    rules.attention = 50_000
    rules.lifetime = 100_000
    let after = try PushBench(rules: rules, book: SubscriberBook(store: store, records: store.records))
    try await wait(for: "the table to be empty") { store.records.isEmpty }
    #expect(after.engine.catalog.totals.subscribers == 0)
    after.stop()
  }

  @Test func recordsThatAreNoneOfOursAreLeftAlone() async throws {
    let odd = Record(kind: SubscriberBook.kind, name: "a\nb", value: "")
    let foreign = Record(kind: "user", name: "nacos", value: "x")
    let unreachable = Subscriber(
      service: PushBench.key, clusters: "", ip: "nowhere", port: 4_000, agent: PushBench.java, app: "")
    let refused = Record(key: try #require(unreachable.recordKey), value: "")
    let store = MemoryRecords([odd, foreign, refused])
    let bench = try PushBench(book: SubscriberBook(store: store, records: store.records))
    try await wait(for: "what cannot be subscribed to go") { !store.records.contains(refused) }
    #expect(Set(store.records) == [odd, foreign])
    bench.stop()
  }

  @Test func readsWhatItWrites() throws {
    let subscriber = Subscriber(
      service: ServiceKey(namespace: "dev", grouped: "g@@s"), clusters: "a,b", ip: "fe80::1", port: 9_000,
      agent: "Nacos-Java-Client:v1.4.8", app: "shop")
    let key = try #require(subscriber.recordKey)
    #expect(Subscriber(Record(key: key, value: subscriber.app)) == subscriber)
    var hostile = subscriber
    hostile.clusters = "a\nb"
    #expect(hostile.recordKey == nil)
  }
}
