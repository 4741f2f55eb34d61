import RegistryModel
import Testing

@testable import RegistryEngine

@Suite("Push ledger")
struct PushLedgerTests {
  @Test("R12: the answer to a repeat that a pause held up is known")
  func repeatsAfterAPauseCanBeAcknowledged() throws {
    var bench = PushBench()
    try bench.subscribe(PushBench.subscriber(9_000))
    let nonce = try #require(bench.change().batches.first?.nonce)
    bench.pass(milliseconds: 20_000)
    let again = bench.ledger.advance(to: bench.now, random: &bench.random)
    #expect(again.batches.map(\.nonce) == [nonce])
    bench.pass(milliseconds: 1)
    _ = try bench.acknowledge(nonce, from: 9_000)
    #expect(bench.ledger.counters.acknowledged == 1 && bench.ledger.counters.stray == 0)
    _ = bench.live(milliseconds: 13_000)
    #expect(bench.ledger.remembered.isEmpty)
  }

  @Test("the first change of a quiet service goes out at once, the next ones together when the pace allows")
  func leadingEdgeThenTogether() throws {
    var bench = PushBench()
    try bench.subscribe(PushBench.subscriber(9001))
    let first = bench.change()
    #expect(first.ports == [9001])
    _ = try bench.acknowledge(first.batches[0].nonce, from: 9001)

    bench.pass(milliseconds: 10)
    #expect(bench.change().isEmpty)
    bench.pass(milliseconds: 10)
    #expect(bench.change().isEmpty)
    #expect(bench.ledger.nextDeadline == 1_050_000)
    let later = bench.live(milliseconds: 40)
    #expect(later.rounds.map(\.revision) == [3])
    #expect(bench.live(milliseconds: 1_000).isEmpty)
  }

  @Test("a service that changes all the time is told at most once per pace, and of its last change")
  func flappingIsBounded() throws {
    var bench = PushBench()
    try bench.subscribe(PushBench.subscriber(9001))
    var told: [Revision] = []
    for _ in 0..<1_000 {
      for round in bench.change().rounds + bench.live(milliseconds: 1).rounds {
        told.append(round.revision)
        _ = try bench.acknowledge(round.batches[0].nonce, from: 9001)
      }
    }
    told += bench.live(milliseconds: 50).rounds.map(\.revision)
    #expect(told.count <= 21)
    #expect(told == told.sorted())
    #expect(told.last == 1_000)
  }

  @Test("one batch for each list that differs, however many want it")
  func oneBatchPerFlavour() throws {
    var bench = PushBench()
    for port in 9001...9010 { try bench.subscribe(PushBench.subscriber(UInt16(port))) }
    try bench.subscribe(PushBench.subscriber(9011, agent: "Nacos-Go-Client:v1.0.9"), naming: .bare)
    try bench.subscribe(PushBench.subscriber(9001, clusters: "a"))
    let batches = bench.change().batches
    #expect(batches.count == 3)
    #expect(Set(batches.map(\.nonce)).count == 3)
    #expect(batches.first { $0.flavour == PushFlavour(clusters: "", naming: .grouped) }?.targets.count == 10)
    #expect(batches.first { $0.flavour == PushFlavour(clusters: "", naming: .bare) }?.targets.map(\.port) == [9011])
    #expect(batches.first { $0.flavour == PushFlavour(clusters: "a", naming: .grouped) }?.targets.map(\.port) == [9001])
  }

  @Test("an acknowledgement ends it: nothing is repeated")
  func acknowledged() throws {
    var bench = PushBench()
    try bench.subscribe(PushBench.subscriber(9001))
    let batch = bench.change().batches[0]
    bench.pass(milliseconds: 3)
    #expect(try bench.acknowledge(batch.nonce, from: 9001).isEmpty)
    #expect(bench.live(milliseconds: 9_000).isEmpty)
    let state = try #require(bench.ledger.subscribers(of: PushBench.service, offset: 0, limit: 9).subscribers.first)
    #expect(state.outcome == .acknowledged)
    #expect(state.pushedRevision == 1)
    #expect(state.acknowledgedRevision == 1)
    #expect(state.roundTrip == 3_000)
    #expect(bench.ledger.counters.acknowledged == 1)
    #expect(bench.ledger.counters.pending == 0)
  }

  @Test("without an acknowledgement there is one repeat, the same packet, and then peace")
  func oneRepeat() throws {
    var bench = PushBench()
    try bench.subscribe(PushBench.subscriber(9001))
    let batch = bench.change().batches[0]
    let later = bench.live(milliseconds: 9_000)
    #expect(later.batches.map(\.nonce) == [batch.nonce])
    #expect(later.batches.map(\.isRepeat) == [true])
    #expect(later.givenUp == 1)
    #expect(bench.ledger.counters.retried == 1)
    #expect(bench.ledger.counters.failed == 1)
    let state = try #require(bench.ledger.subscribers(of: PushBench.service, offset: 0, limit: 9).subscribers.first)
    #expect(state.outcome == .failed)
    #expect(state.failuresInARow == 1)
  }

  @Test("a repeat that is acknowledged was a success, and an answer after giving up clears the failure")
  func lateAnswers() throws {
    var bench = PushBench()
    try bench.subscribe(PushBench.subscriber(9001))
    let first = bench.change().batches[0]
    #expect(bench.live(milliseconds: 1_600).batches.count == 1)
    _ = try bench.acknowledge(first.nonce, from: 9001)
    #expect(bench.ledger.counters.acknowledged == 1)

    let second = bench.change().batches[0]
    _ = bench.live(milliseconds: 4_000)
    #expect(bench.ledger.failing.count == 1)
    _ = try bench.acknowledge(second.nonce, from: 9001)
    #expect(bench.ledger.failing.isEmpty)
    #expect(bench.ledger.counters.failed == 1)
    let state = try #require(bench.ledger.subscribers(of: PushBench.service, offset: 0, limit: 9).subscribers.first)
    #expect(state.outcome == .acknowledged)
    #expect(state.failures == 1)
    #expect(state.failuresInARow == 0)
  }

  @Test("a newer list waits behind an unacknowledged datagram that may still be on its way")
  func newerWaits() throws {
    var bench = PushBench()
    try bench.subscribe(PushBench.subscriber(9001))
    try bench.subscribe(PushBench.subscriber(9002))
    let first = bench.change().batches[0]
    _ = try bench.acknowledge(first.nonce, from: 9001)
    bench.pass(milliseconds: 60)
    #expect(bench.change().ports == [9001])
    // The other one's answer frees it as soon as the pace allows.
    bench.pass(milliseconds: 10)
    #expect(try bench.acknowledge(first.nonce, from: 9002).isEmpty)
    #expect(bench.live(milliseconds: 40).ports == [9002])
  }

  @Test("and is sent all the same when no answer comes in time")
  func newerWaitsNoLongerThanItMust() throws {
    var bench = PushBench()
    try bench.subscribe(PushBench.subscriber(9001))
    let first = bench.change().batches[0]
    bench.pass(milliseconds: 60)
    #expect(bench.change().isEmpty)
    let later = bench.live(milliseconds: 190)
    #expect(later.rounds.map(\.revision) == [2])
    #expect(bench.ledger.counters.superseded == 1)
    #expect(bench.ledger.counters.pending == 1)
    // The late answer to the first is no answer to the second, yet shows that somebody listens.
    _ = try bench.acknowledge(first.nonce, from: 9001)
    #expect(bench.ledger.counters.pending == 1)
    #expect(bench.ledger.counters.stray == 0)
    #expect(bench.live(milliseconds: 2_000).batches.map(\.nonce) == later.batches.map(\.nonce))
  }

  @Test("an address that never answers receives in proportion to what is asked in its name (reliability T1)")
  func unansweredAreWithheld() throws {
    var bench = PushBench()
    try bench.subscribe(PushBench.subscriber(9001))
    var sent = 0
    for _ in 0..<20 {
      sent += bench.change().ports.count + bench.live(milliseconds: 400).ports.count
    }
    #expect(sent == 2)
    try bench.subscribe(PushBench.subscriber(9001))
    sent = 0
    for _ in 0..<20 {
      sent += bench.change().ports.count + bench.live(milliseconds: 400).ports.count
    }
    #expect(sent == 1)
    #expect(bench.ledger.counters.withheld > 0)
    let batch = try #require(
      { () throws -> PushBatch? in
        try bench.subscribe(PushBench.subscriber(9001))
        return bench.change().batches.first
      }())
    _ = try bench.acknowledge(batch.nonce, from: 9001)
    #expect(bench.change().isEmpty)
    #expect(bench.live(milliseconds: 60).ports == [9001])
  }

  @Test("what fits no datagram is not repeated, and nobody is blamed for it (reliability R20)")
  func undeliverable() throws {
    var bench = PushBench()
    try bench.subscribe(PushBench.subscriber(9001))
    for _ in 0..<6 {
      for batch in bench.change().batches { bench.ledger.undeliverable(batch.nonce) }
      #expect(bench.live(milliseconds: 100).isEmpty)
    }
    #expect(bench.ledger.counters.undeliverable == 6)
    #expect(bench.ledger.counters.failed == 6)
    #expect(bench.ledger.counters.pending == 0)
    #expect(bench.change().ports == [9001])
  }

  @Test("push switched off sends nothing, not even what was waiting")
  func switchedOff() throws {
    var bench = PushBench()
    try bench.subscribe(PushBench.subscriber(9001))
    let first = bench.change().batches[0]
    _ = try bench.acknowledge(first.nonce, from: 9001)
    #expect(bench.change().isEmpty)
    bench.ledger.isEnabled = false
    #expect(bench.live(milliseconds: 100).isEmpty)
    #expect(bench.change().isEmpty)
    bench.ledger.isEnabled = true
    #expect(bench.change().ports == [9001])
  }

  @Test("a change of a service that nobody subscribes to costs nothing")
  func nobodyThere() {
    var bench = PushBench()
    #expect(bench.change().isEmpty)
    #expect(bench.ledger.nextDeadline == nil)
  }
}
