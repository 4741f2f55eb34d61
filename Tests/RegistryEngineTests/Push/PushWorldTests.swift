import RegistryModel
import Testing

@testable import RegistryEngine
import TestSupport

/// A network that loses, doubles and delays by a seed, clients that poll and acknowledge on it, and a ledger between.
private struct PushWorld {
  private struct Client {
    var subscriber: Subscriber
    var endpoint: PushEndpoint
    var revision: Revision = 0
    var nextPoll: Int64
    /// By datagram, in the order of their first arrival.
    var seen: [(nonce: Int64, revision: Revision)] = []
  }

  private enum Parcel {
    case datagram(client: Int, nonce: Int64, revision: Revision)
    case answer(PushAcknowledgement)
  }

  private var bench = PushBench()
  private var clients: [Client] = []
  private var parcels: [(at: Int64, parcel: Parcel)] = []
  /// Nothing arrives and nobody polls before these.
  private var nextParcel = Int64.max
  private var nextPoll = Int64.min
  private var random: SeededRandom
  private let service = PushBench.service
  private(set) var revision: Revision = 0
  private(set) var datagrams = 0

  init(seed: UInt64, clients count: Int) throws {
    random = SeededRandom(seed: seed)
    bench.random = SeededRandom(seed: seed &+ 1)
    for index in 0..<count {
      let subscriber = PushBench.subscriber(UInt16(9_000 + index))
      let endpoint = try #require(PushEndpoint(ip: subscriber.ip, port: subscriber.port))
      try bench.subscribe(subscriber)
      let poll = bench.now.microseconds + Int64.random(in: 0..<10_000_000, using: &random)
      clients.append(Client(subscriber: subscriber, endpoint: endpoint, nextPoll: poll))
    }
  }

  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  /// 30 % lost, 10 % doubled, 25 % of the rest held up long enough to be overtaken, but never as long as the ledger's
  /// ordering window: beyond that no order can be promised.
  private mutating func mail(_ parcel: Parcel) {
    for _ in 0..<(chance(10) ? 2 : 1) where !chance(30) {
      let delay = chance(25) ? Int64.random(in: 20_000..<200_000, using: &random) : 300
      parcels.append((bench.now.microseconds + delay, parcel))
      nextParcel = min(nextParcel, bench.now.microseconds + delay)
    }
  }

  private mutating func obey(_ actions: [PushAction]) {
    for batch in actions.batches {
      for target in batch.targets {
        let client = Int(target.port) - 9_000
        datagrams += 1
        mail(.datagram(client: client, nonce: batch.nonce, revision: revision))
      }
    }
  }

  mutating func change() {
    revision += 1
    obey(bench.ledger.changed(service, revision: revision, at: bench.now, random: &bench.random))
  }

  /// Lets the world go on for `milliseconds`, in steps of one.
  mutating func live(milliseconds: Int) throws {
    for _ in 0..<milliseconds {
      bench.pass(milliseconds: 1)
      try deliver()
      try poll()
      if let deadline = bench.ledger.nextDeadline, deadline <= bench.now.microseconds {
        obey(bench.ledger.advance(to: bench.now, random: &bench.random))
      }
    }
  }

  private mutating func deliver() throws {
    if nextParcel > bench.now.microseconds { return }
    let due = parcels.filter { $0.at <= bench.now.microseconds }.sorted { $0.at < $1.at }
    parcels.removeAll { $0.at <= bench.now.microseconds }
    nextParcel = parcels.lazy.map(\.at).min() ?? .max
    for (_, parcel) in due {
      switch parcel {
      case .answer(let answer):
        obey(bench.ledger.acknowledged(answer, at: bench.now, random: &bench.random))
      case .datagram(let client, let nonce, let revision):
        if !clients[client].seen.contains(where: { $0.nonce == nonce }) { clients[client].seen.append((nonce, revision)) }
        clients[client].revision = revision
        mail(.answer(PushAcknowledgement(source: clients[client].endpoint, nonce: nonce)))
      }
    }
  }

  private mutating func poll() throws {
    if nextPoll > bench.now.microseconds { return }
    for index in clients.indices where clients[index].nextPoll <= bench.now.microseconds {
      clients[index].nextPoll += 10_000_000
      try bench.subscribe(clients[index].subscriber)
      clients[index].revision = revision
    }
    nextPoll = clients.lazy.map(\.nextPoll).min() ?? .max
  }

  /// How many clients hold a list that is not the newest.
  var behind: Int { clients.count { $0.revision != revision } }
  /// How many times a client was shown an older list after a newer one. A network that doubles a datagram shows an old
  /// one again whatever the sender does; that is not counted.
  var reversals: Int {
    clients.reduce(0) { sum, client in
      sum + zip(client.seen, client.seen.dropFirst()).count { $0.revision > $1.revision }
    }
  }

  var ledger: PushLedger { bench.ledger }
}

@Suite("Push over a bad network")
struct PushWorldTests {
  @Test("all converge, and memory stays bounded (reliability R15)", arguments: UInt64(1)...6)
  func converges(seed: UInt64) throws {
    var world = try PushWorld(seed: seed, clients: 100)
    var random = SeededRandom(seed: seed &+ 99)
    for _ in 0..<200 {
      world.change()
      try world.live(milliseconds: Int.random(in: 0...40, using: &random))
    }
    try world.live(milliseconds: 12_000)
    #expect(world.behind == 0, "seed \(seed)")
    let counters = world.ledger.counters
    #expect(counters.pending == 0, "seed \(seed)")
    #expect(counters.pushed == counters.acknowledged + counters.failed + counters.superseded, "seed \(seed)")
    #expect(counters.retried <= counters.pushed)
    try world.live(milliseconds: 12_000)
    #expect(world.ledger.remembered.isEmpty && world.ledger.repeats.count == 0 && world.ledger.endings.count == 0)
  }

  @Test("push alone brings most there, before any poll does", arguments: UInt64(1)...4)
  func pushAlone(seed: UInt64) throws {
    var world = try PushWorld(seed: seed, clients: 100)
    world.change()
    try world.live(milliseconds: 1_700)
    // Two tries at 30 % loss: 9 in 100 are expected to be without it.
    #expect(world.behind < 30, "seed \(seed)")
  }

  @Test("no datagram is older than one before it", arguments: UInt64(1)...6)
  func neverBackwards(seed: UInt64) throws {
    var world = try PushWorld(seed: seed, clients: 40)
    for _ in 0..<150 {
      world.change()
      try world.live(milliseconds: 30)
    }
    try world.live(milliseconds: 5_000)
    #expect(world.reversals == 0, "seed \(seed)")
  }
}
