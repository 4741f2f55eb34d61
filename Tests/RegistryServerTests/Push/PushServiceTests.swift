import EventLoop
import NacosWire
import RegistryEngine
import RegistryModel
import TestSupport
import Testing

@testable import RegistryServer

@Suite("UDP push")
struct PushServiceTests {
  @Test("a change reaches the subscriber, is acknowledged, and every register and deregister is told")
  func changeIsPushed() async throws {
    let bench = try PushBench()
    let clients = try PushClients(1)
    bench.register("10.4.0.1")
    #expect(bench.subscribe(clients.addresses[0]))
    #expect(bench.engine.catalog.totals.subscribers == 1)
    bench.register("10.4.0.2")
    try await wait(for: "the first push") { clients.counts == [1] }
    try await wait(for: "its acknowledgement") { bench.service.desk.counters.acknowledged == 1 }
    let datagram = clients.datagrams()[0]
    let list = try JSONDocument(datagram.list).root
    #expect(list["hosts"]?.elements.map { $0["ip"]?.string ?? "" }.sorted() == ["10.4.0.1", "10.4.0.2"])
    #expect(list["dom"]?.string == PushBench.key.grouped)
    #expect(list["cacheMillis"]?.integer == 10_000)

    bench.deregister("10.4.0.2")
    bench.deregister("10.4.0.1")
    try await wait(for: "the empty list") { clients.datagrams().last?.list.contains("\"hosts\":[]") == true }
    try await wait(for: "its acknowledgement") { bench.service.desk.counters.pending == 0 }
    #expect(bench.service.desk.counters.retried == 0)
    clients.stop()
    bench.stop()
  }

  @Test("one who subscribed before the service existed is told of its first instance")
  func subscribedFirst() async throws {
    let bench = try PushBench()
    let clients = try PushClients(1)
    #expect(bench.subscribe(clients.addresses[0]))
    bench.register("10.4.0.9")
    try await wait(for: "the push") { clients.counts == [1] }
    clients.stop()
    bench.stop()
  }

  @Test("each agent sees names its own way, each subscriber its clusters")
  func flavours() async throws {
    let bench = try PushBench()
    let clients = try PushClients(3)
    bench.subscribe(clients.addresses[0])
    bench.subscribe(clients.addresses[1], agent: "Nacos-Go-Client:v1.0.9")
    bench.subscribe(clients.addresses[2], clusters: "none,a")
    bench.register("10.4.0.9")
    try await wait(for: "three pushes") { clients.counts == [1, 1, 1] }
    let lists = (0..<3).map { clients.datagrams($0)[0].list }
    #expect(lists[0].contains(#""dom":"DEFAULT_GROUP@@svc""#))
    #expect(lists[1].contains(#""dom":"svc""#))
    #expect(lists[2].contains(#""clusters":"none,a""#) && lists[2].contains(#""hosts":[]"#))
    clients.stop()
    bench.stop()
  }

  @Test("who does not answer gets one repeat of the same packet, and is then known to fail")
  func repeatThenPeace() async throws {
    var rules = PushRules()
    rules.acknowledgementWait = 30_000
    let bench = try PushBench(rules: rules)
    let clients = try PushClients(1, .silent)
    bench.register("10.4.0.5")
    bench.subscribe(clients.addresses[0])
    bench.register("10.4.0.6")
    try await wait(for: "giving up") { bench.service.desk.counters.failed == 1 }
    try await wait(for: "both datagrams") { clients.counts == [2] }
    #expect(Set(clients.datagrams().map(\.nonce)).count == 1)
    #expect(bench.service.desk.counters.pending == 0)
    let page = bench.service.report.subscribers(PushBench.key, 0, 10)
    #expect(page.subscribers.map(\.outcome) == [.failed])
    #expect(bench.service.report.digest().failing.count == 1)
    clients.stop()
    bench.stop()
  }

  @Test("a client that ended without a word is forgotten when its port says so (reliability R17)")
  func unreachable() async throws {
    let bench = try PushBench()
    let clients = try PushClients(2)
    bench.subscribe(clients.addresses[0])
    bench.subscribe(clients.addresses[1], ServiceKey(group: "DEFAULT_GROUP", name: "other"))
    bench.subscribe(clients.addresses[1])
    clients.stop()
    bench.register("10.4.0.1")
    try await wait(for: "all to be forgotten") { bench.engine.catalog.waitingSubscribers.isEmpty }
    try await wait(for: "the count") { bench.engine.catalog.totals.subscribers == 0 }
    #expect(bench.service.desk.services.isEmpty)
    #expect(bench.service.desk.counters.pending == 0)
    bench.stop()
  }

  @Test("large lists go compressed; what fits no datagram is counted and sent nowhere (reliability R20)")
  func sizes() async throws {
    let bench = try PushBench()
    let clients = try PushClients(1)
    bench.subscribe(clients.addresses[0])
    bench.register("10.4.0.1", metadata: ["text": String(repeating: "a", count: 2_000)])
    try await wait(for: "a compressed push") { clients.counts == [1] }
    #expect(GzipDecoder.isGzip(clients.datagrams()[0].bytes))

    var random = SystemRandomNumberGenerator()
    for index in 0..<3 {
      let noise = (0..<60_000).map { _ in Character(Unicode.Scalar(UInt8.random(in: 35...91, using: &random))) }
      bench.register("10.4.1.\(index)", metadata: ["text": String(noise)])
      try await wait(for: "the end of round \(index)") { bench.service.desk.counters.pending == 0 }
    }
    try await wait(for: "a list too large") { bench.service.desk.counters.undeliverable >= 1 }
    for index in 0..<3 { bench.deregister("10.4.1.\(index)") }
    try await wait(for: "small again") { clients.datagrams().last?.list.contains("10.4.1.") == false }
    clients.stop()
    bench.stop()
  }

  @Test("push switched off by the operator: no subscription, no datagram, until it is on again")
  func switchedOff() async throws {
    let bench = try PushBench()
    let clients = try PushClients(2)
    bench.subscribe(clients.addresses[0])
    #expect(bench.submit(.setSwitch(entry: "pushEnabled", value: "false")))
    #expect(!bench.subscribe(clients.addresses[1]))
    bench.register("10.4.0.1")
    #expect(bench.submit(.setSwitch(entry: "pushEnabled", value: "true")))
    #expect(bench.subscribe(clients.addresses[1]))
    bench.register("10.4.0.2")
    try await wait(for: "the push after") {
      (0...1).allSatisfy { clients.datagrams($0).last?.list.contains("10.4.0.2") == true }
    }
    clients.stop()
    bench.stop()
  }

  @Test("old and unknown agents are not pushed to (naming-server-v1 4.2)")
  func agents() throws {
    let bench = try PushBench()
    let address = SocketAddress.loopback(port: 9_999)
    for agent in ["curl/7.88", "", "Nacos-Python-Client:v0.1.14", "Nacos-Server:v1.4.8", "Nacos-C-Client:v1.0.11"] {
      #expect(!bench.subscribe(address, agent: agent), "\(agent)")
    }
    for agent in ["Nacos-Java-Client:v1.4.8", "Nacos-Go-Client:v1.0.0", "Nacos-C-Client:v1.0.12"] {
      #expect(bench.subscribe(address, agent: agent), "\(agent)")
    }
    bench.stop()
  }

  @Test("garbage sent to the socket is counted and changes nothing (reliability R24)")
  func garbage() async throws {
    let bench = try PushBench()
    let clients = try PushClients(1, .silent)
    bench.subscribe(clients.addresses[0])
    bench.register("10.4.0.1")
    try await wait(for: "the push") { clients.counts == [1] }
    let nonce = clients.datagrams()[0].nonce
    let address = bench.address
    let (foreign, _) = try LoopThread.start(name: "foreign") { loop in
      let socket = try UDPSocket(loop, bind: .loopback(port: 0)) { _, _ in }
      loop.keep(socket)
      let texts = [
        "", "x", "{}", "{\"lastRefTime\":1}", "{\"lastRefTime\":\"\(nonce)\"}", String(repeating: "[", count: 10_000),
        String(repeating: "{\"a\":", count: 5_000), "\u{1f}\u{8b}",
      ]
      for text in texts { socket.send(Array(text.utf8), to: address) }
      socket.send([UInt8](repeating: 0xff, count: 60_000), to: address)
      return socket.localAddress
    }
    // Datagrams longer than any acknowledgement are dropped before they are counted.
    try await wait(for: "the garbage") { bench.service.desk.counters.stray >= 6 }
    #expect(bench.service.desk.counters.acknowledged == 0)
    #expect(bench.service.desk.counters.pending == 1)
    foreign.stop()
    clients.stop()
    bench.stop()
  }

  @Test("a thousand changes under way to a hundred subscribers: all end with the last (reliability R22)")
  func race() async throws {
    let bench = try PushBench()
    let clients = try PushClients(100)
    for address in clients.addresses { bench.subscribe(address) }
    for round in 0..<500 {
      bench.register("10.4.0.1", metadata: ["round": "\(round)"])
      if round % 50 == 0 { try await Task.sleep(for: .milliseconds(1)) }
    }
    try await wait(for: "the last list everywhere") {
      (0..<100).allSatisfy { clients.datagrams($0).last?.list.contains("\"round\":\"499\"") == true }
    }
    for index in 0..<100 {
      let rounds = clients.datagrams(index).compactMap { datagram in
        (try? JSONDocument(datagram.list))?.root["hosts"]?.elements.first(where: { _ in true })?["metadata"]?["round"]?.string
          .flatMap { Int($0) }
      }
      #expect(rounds == rounds.sorted())
      #expect(rounds.count < 100)
    }
    clients.stop()
    bench.stop()
  }
}
