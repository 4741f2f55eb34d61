import RegistryModel
import Testing

@testable import RegistryEngine

@Suite("Push subscriptions")
struct PushSubscriptionTests {
  @Test("the same service, clusters, address and agent are one subscription; any difference is another")
  func identity() throws {
    var bench = PushBench()
    #expect(try bench.subscribe(PushBench.subscriber(9001)) == [.joined(PushBench.subscriber(9001))])
    #expect(try bench.subscribe(PushBench.subscriber(9001)).isEmpty)
    try bench.subscribe(PushBench.subscriber(9001, clusters: "a"))
    try bench.subscribe(PushBench.subscriber(9001, agent: "Nacos-Java-Client:v1.4.7"))
    try bench.subscribe(PushBench.subscriber(9002))
    try bench.subscribe(PushBench.subscriber(9001, ip: "10.0.0.2"))
    try bench.subscribe(PushBench.subscriber(9001, service: ServiceKey(namespace: "n", group: "g", name: "s")))
    #expect(bench.ledger.count == 6)
    #expect(bench.ledger.subscribers(of: PushBench.service, offset: 0, limit: 100).total == 5)
  }

  @Test("a subscription lapses when its client ceases to poll (reliability C102)")
  func lapses() throws {
    var bench = PushBench()
    try bench.subscribe(PushBench.subscriber(9001))
    for _ in 0..<5 {
      #expect(bench.live(milliseconds: 10_000).isEmpty)
      try bench.subscribe(PushBench.subscriber(9001))
    }
    #expect(bench.live(milliseconds: 29_000).isEmpty)
    #expect(bench.live(milliseconds: 4_000).departures == [.lapsed])
    #expect(bench.ledger.count == 0)
    #expect(bench.change().isEmpty)
  }

  @Test("one that was told of no hosts lives through the client's longest back-off (reliability R21)")
  func livesThroughBackOff() throws {
    var bench = PushBench()
    try bench.subscribe(PushBench.subscriber(9001), sawHosts: false)
    #expect(bench.live(milliseconds: 60_000).isEmpty)
    #expect(bench.change().ports == [9001])
    try bench.subscribe(PushBench.subscriber(9001), sawHosts: false)
    _ = bench.live(milliseconds: 69_000)
    #expect(bench.ledger.count == 1)
    _ = bench.live(milliseconds: 4_000)
    #expect(bench.ledger.count == 0)
  }

  @Test("a poll that sees hosts again shortens the life again")
  func shorterLife() throws {
    var bench = PushBench()
    try bench.subscribe(PushBench.subscriber(9001), sawHosts: false)
    bench.pass(milliseconds: 5_000)
    try bench.subscribe(PushBench.subscriber(9001), sawHosts: true)
    bench.pass(milliseconds: 31_000)
    #expect(bench.change().departures == [.lapsed])
  }

  @Test("time in which the process stood still is not held against the clients (reliability R12)")
  func pauseIsForgiven() throws {
    var bench = PushBench()
    try bench.subscribe(PushBench.subscriber(9001))
    bench.pass(milliseconds: 120_000)
    #expect(bench.ledger.advance(to: bench.now, random: &bench.random).isEmpty)
    #expect(bench.change().ports == [9001])
    #expect(bench.live(milliseconds: 34_000).departures == [.lapsed])
  }

  @Test("a port where nothing listens loses its subscriptions, but only while an answer is awaited")
  func unreachable() throws {
    var bench = PushBench()
    let other = ServiceKey(group: "g", name: "other")
    let endpoint = try #require(PushEndpoint(ip: "10.0.0.1", port: 9001))
    try bench.subscribe(PushBench.subscriber(9001))
    try bench.subscribe(PushBench.subscriber(9001, service: other))
    try bench.subscribe(PushBench.subscriber(9002))
    #expect(bench.ledger.unreachable(endpoint).isEmpty)
    _ = bench.change()
    #expect(bench.ledger.unreachable(endpoint).departures == [.unreachable, .unreachable])
    #expect(bench.ledger.count == 1)
    #expect(bench.ledger.counters.pending == 1)
    #expect(bench.change(other).isEmpty)
    #expect(bench.live(milliseconds: 2_000).ports == [9002])
  }

  @Test("who neither polls nor answers is left alone, and forgotten (reliability R17)")
  func silent() throws {
    var rules = PushRules()
    rules.unanswered = 4
    var bench = PushBench(rules: rules)
    try bench.subscribe(PushBench.subscriber(9001))
    #expect(bench.change().ports == [9001])
    #expect(bench.live(milliseconds: 10_000).ports == [9001])
    #expect(bench.change().ports == [9001])
    #expect(bench.live(milliseconds: 4_000).departures == [.silent])
    #expect(bench.change().isEmpty)
  }

  @Test("a client that is late with its poll is not pushed to, and has not left either")
  func late() throws {
    var bench = PushBench()
    try bench.subscribe(PushBench.subscriber(9001))
    #expect(bench.live(milliseconds: 12_000).isEmpty)
    #expect(bench.change().isEmpty)
    #expect(bench.ledger.count == 1)
    #expect(bench.ledger.counters == PushCounters())
    #expect(try bench.subscribe(PushBench.subscriber(9001)).isEmpty)
    #expect(bench.change().ports == [9001])
  }

  @Test("an acknowledgement is a sign of life as a poll is, but does not keep a subscription for ever")
  func acknowledgementIsLife() throws {
    var bench = PushBench()
    try bench.subscribe(PushBench.subscriber(9001))
    var told = 0
    var departures: [PushDeparture] = []
    for _ in 0..<8 {
      let actions = bench.live(milliseconds: 9_000) + bench.change()
      departures += actions.departures
      for batch in actions.batches {
        told += 1
        _ = try bench.acknowledge(batch.nonce, from: 9001)
      }
    }
    #expect(told == 3)
    #expect(departures == [.lapsed])
  }

  @Test("full tables refuse by name and keep what they have")
  func limits() throws {
    var limits = Limits()
    limits.subscribers = 3
    limits.subscribersPerService = 2
    var bench = PushBench(limits: limits)
    try bench.subscribe(PushBench.subscriber(9001))
    try bench.subscribe(PushBench.subscriber(9002))
    #expect(throws: RegistryError.limit(what: "subscribers of one service", most: 2)) {
      try bench.subscribe(PushBench.subscriber(9003))
    }
    let other = ServiceKey(group: "g", name: "other")
    try bench.subscribe(PushBench.subscriber(9003, service: other))
    #expect(throws: RegistryError.limit(what: "subscribers", most: 3)) {
      try bench.subscribe(PushBench.subscriber(9004, service: other))
    }
    try bench.subscribe(PushBench.subscriber(9001))
    #expect(bench.ledger.count == 3)
    #expect(bench.change().ports == [9001, 9002])
  }

  @Test("one host, one service's lists and long texts have bounds")
  func smallerLimits() throws {
    var rules = PushRules()
    rules.subscriptionsPerHost = 2
    rules.flavoursPerService = 1
    var bench = PushBench(rules: rules)
    try bench.subscribe(PushBench.subscriber(9001))
    #expect(throws: RegistryError.limit(what: "different lists of one service", most: 1)) {
      try bench.subscribe(PushBench.subscriber(9001, clusters: "a"))
    }
    try bench.subscribe(PushBench.subscriber(9002))
    #expect(throws: RegistryError.limit(what: "subscriptions of one host", most: 2)) {
      try bench.subscribe(PushBench.subscriber(9003))
    }
    #expect(throws: RegistryError.self) {
      try bench.subscribe(PushBench.subscriber(9001, ip: "10.0.0.9", agent: String(repeating: "a", count: 10_000)))
    }
    for host in ["example.com", "10.0.0", "", "fe80::1%eth0", " 10.0.0.1"] {
      #expect(throws: RegistryError.illegalHost(host)) { try bench.subscribe(PushBench.subscriber(9001, ip: host)) }
    }
  }

  @Test("a forged acknowledgement changes nothing but a count (reliability T3)")
  func forged() throws {
    var bench = PushBench()
    try bench.subscribe(PushBench.subscriber(9001))
    let batch = bench.change().batches[0]
    _ = try bench.acknowledge(batch.nonce, from: 9002)
    _ = try bench.acknowledge(batch.nonce, from: 9001, ip: "10.0.0.2")
    for nonce in [batch.nonce + 1, batch.nonce - 1, 0, -1, .max, .min] { _ = try bench.acknowledge(nonce, from: 9001) }
    #expect(bench.ledger.counters.stray == 8)
    #expect(bench.ledger.counters.acknowledged == 0)
    #expect(bench.live(milliseconds: 2_000).batches.count == 1)
  }

  @Test("churn leaves nothing behind (reliability E18)")
  func churn() throws {
    var bench = PushBench()
    for round in 0..<2_000 {
      let service = ServiceKey(group: "g", name: "s\(round % 7)")
      try bench.subscribe(PushBench.subscriber(UInt16(9_000 + round % 50), service: service, clusters: "c\(round % 3)"))
      _ = bench.change(service)
      _ = bench.live(milliseconds: 200)
      let endpoint = try #require(PushEndpoint(ip: "10.0.0.1", port: UInt16(9_000 + round % 50)))
      _ = bench.ledger.unreachable(endpoint)
    }
    _ = bench.live(milliseconds: 120_000)
    let ledger = bench.ledger
    #expect(ledger.count == 0)
    #expect(ledger.topicByKey.isEmpty && ledger.firstAtPlace.isEmpty && ledger.firstAtEndpoint.isEmpty)
    #expect(ledger.subscriptionsByHost.isEmpty && ledger.remembered.isEmpty && ledger.failing.isEmpty)
    #expect(ledger.repeats.count == 0 && ledger.endings.count == 0 && ledger.wakes.count == 0 && ledger.lapses.count == 0)
    #expect(ledger.subscriptions.count < 200)
    #expect(ledger.topics.count <= 7)
    #expect(ledger.counters.pending == 0)
    #expect(ledger.nextDeadline == nil)
  }

  @Test("pages are in order and cut where they are asked to be")
  func pages() throws {
    var bench = PushBench()
    let services = ["b", "a", "c"].map { ServiceKey(group: "g", name: $0) }
    for service in services {
      for port in [9003, 9001, 9002] { try bench.subscribe(PushBench.subscriber(UInt16(port), service: service)) }
    }
    let all = bench.ledger.subscribers(offset: 0, limit: 100) { _ in true }
    #expect(all.total == 9)
    #expect(all.subscribers.map(\.subscriber) == all.subscribers.map(\.subscriber).sorted())
    for offset in 0...10 {
      let page = bench.ledger.subscribers(offset: offset, limit: 4) { _ in true }
      #expect(page.total == 9)
      #expect(page.subscribers == Array(all.subscribers.dropFirst(offset).prefix(4)))
    }
    let some = bench.ledger.subscribers(offset: 0, limit: 100) { $0.name != "a" }
    #expect(some.total == 6)
  }
}
