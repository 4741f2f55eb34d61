import RegistryModel
import Synchronization
import Testing

@testable import RegistryEngine

@Suite("Push desk")
struct PushDeskTests {
  private final class Log: Sendable {
    let joined = Mutex<[Subscriber]>([])
    let left = Mutex<[Subscriber]>([])
    let touches = Mutex(0)
  }

  private let start = PushInstant(microseconds: 1_000_000, wall: WallTime(milliseconds: 1_700_000_000_000))

  private func desk(_ log: Log) -> PushDesk {
    PushDesk(
      onMembers: { joined, left in
        log.joined.withLock { $0 += joined }
        log.left.withLock { $0 += left }
      },
      onTouched: { log.touches.withLock { $0 += 1 } })
  }

  @Test("who comes and goes is told once each, and news are announced once per report")
  func announces() throws {
    let log = Log()
    let desk = desk(log)
    let subscriber = PushBench.subscriber(9001)
    try desk.subscribe(subscriber, naming: .grouped, sawHosts: true, at: start)
    try desk.subscribe(subscriber, naming: .grouped, sawHosts: true, at: start)
    #expect(log.joined.withLock { $0 } == [subscriber])
    #expect(log.touches.withLock { $0 } == 1)

    let rounds = desk.changed([(PushBench.service, 1)], at: start)
    #expect(rounds.count == 1)
    #expect(log.touches.withLock { $0 } == 1)
    let digest = desk.digest()
    #expect(digest.subscribers == 1 && digest.pushed == 1 && digest.pending == 1)
    #expect(digest.touched == [PushBench.service])

    let endpoint = try #require(PushEndpoint(ip: "10.0.0.1", port: 9001))
    var later = start
    later.microseconds += 250
    desk.encoded(rounds[0].batches[0].nonce, hosts: 12)
    _ = desk.acknowledged([PushAcknowledgement(source: endpoint, nonce: rounds[0].batches[0].nonce)], at: later)
    #expect(log.touches.withLock { $0 } == 2)
    let second = desk.digest()
    #expect(second.touched == [PushBench.service])
    #expect(second.acknowledged == 1 && second.pending == 0 && second.roundTripMedian == 250)
    #expect(desk.subscribers(of: PushBench.service, offset: 0, limit: 1).subscribers.first?.toldHosts == 12)
    #expect(desk.subscribers(of: nil, offset: 0, limit: 0) == SubscriberPage(subscribers: [], total: 1))

    later.microseconds += 120_000_000
    for second in 1...40 {
      later.microseconds = start.microseconds + Int64(second) * 1_000_000
      _ = desk.advance(to: later)
    }
    #expect(log.left.withLock { $0 } == [subscriber])
    #expect(desk.digest().subscribers == 0)
  }

  @Test("a digest names what changed since the one before, or says that it is much")
  func touched() throws {
    let desk = desk(Log())
    let services = (0..<65).map { ServiceKey(group: "g", name: "\($0)") }
    for service in services.dropLast() {
      try desk.subscribe(PushBench.subscriber(9001, service: service), naming: .grouped, sawHosts: true, at: start)
    }
    #expect(desk.digest().touched == services.dropLast().sorted())
    #expect(desk.digest().touched.isEmpty)
    for service in services {
      try desk.subscribe(PushBench.subscriber(9002, service: service), naming: .grouped, sawHosts: true, at: start)
    }
    let digest = desk.digest()
    #expect(digest.touchedMany && digest.touched.isEmpty)
    #expect(!desk.digest().touchedMany)
  }

  @Test("a full table is an error, and nobody is told of it")
  func refuses() {
    let log = Log()
    let desk = desk(log)
    #expect(throws: RegistryError.illegalHost("nowhere")) {
      try desk.subscribe(PushBench.subscriber(9001, ip: "nowhere"), naming: .bare, sawHosts: true, at: start)
    }
    #expect(log.joined.withLock { $0.isEmpty })
  }

  @Test("threads that subscribe, change, answer and look at once lose nothing")
  func manyThreads() async throws {
    let log = Log()
    let desk = desk(log)
    let start = start
    await withTaskGroup(of: Void.self) { group in
      for host in 0..<8 {
        group.addTask {
          for port in 0..<200 {
            let subscriber = PushBench.subscriber(UInt16(1_024 + port), ip: "10.0.0.\(host)")
            try? desk.subscribe(subscriber, naming: .grouped, sawHosts: true, at: start)
            _ = desk.changed([(PushBench.service, Revision(host * 1_000 + port))], at: start)
            _ = desk.digest()
          }
        }
      }
    }
    #expect(desk.subscribers(of: PushBench.service, offset: 0, limit: 0).total == 1_600)
    #expect(log.joined.withLock { $0.count } == 1_600)
  }
}
