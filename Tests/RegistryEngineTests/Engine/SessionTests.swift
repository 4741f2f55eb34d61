import RegistryModel
import Synchronization
import TestSupport
import Testing

@testable import RegistryEngine

@Suite struct SessionTests {
  private let clock = FakeClock()

  private func engine(limits: Limits = Limits()) -> Engine { Engine(limits: limits, clock: { [clock] in clock.now }) }

  private func session(_ engine: Engine, push: PushReport = .none) -> EmbeddedSession {
    EmbeddedSession(
      engine, capabilities: Capabilities(server: "Muster", address: "127.0.0.1:8848", isEmbedded: true), push: push)
  }

  private func register(_ number: Int, _ engine: Engine) {
    engine.submit(.register(Registration(key: instanceKey("10.0.\(number / 250).\(number % 250)"))))
  }

  @Test func aSnapshotComesFirstAndThenWhatChanges() async throws {
    let engine = engine()
    register(1, engine)
    var feed = session(engine).watch(.everything).makeAsyncIterator()
    let snapshot = try #require(await feed.next()?.snapshot)
    #expect(snapshot.catalog.revision == 1)
    #expect(snapshot.recent.map(\.revision) == [1])
    #expect(snapshot.timeline.samples.last?.registered == 1)
    #expect(await feed.next()?.isLive == true)
    register(2, engine)
    register(3, engine)
    #expect(await feed.next()?.revisions == [2, 3])
    // Beats are nobody's news.
    _ = try engine.beat(Beat(service: instanceKey().service, ip: "10.0.0.1", port: 80), by: .system)
    let next = Task { [feed] in
      var feed = feed
      return await feed.next()?.revisions
    }
    try await waitForReader(engine)
    register(4, engine)
    #expect(await next.value == [4])
  }

  @Test("A reader that fell behind gets a snapshot, and no commit is missing or twice", .timeLimit(.minutes(2)))
  func slowReaders() async throws {
    var limits = Limits()
    limits.changeLogCommits = 16
    let engine = engine(limits: limits)
    let feed = session(engine).watch(.everything)
    let writer = Task.detached {
      for number in 0..<2_000 {
        register(number, engine)
        if number % 40 == 0 { await Task.yield() }
      }
    }
    var catalog = Catalog()
    var snapshots = 0
    for await event in feed {
      switch event {
      case .snapshot(let snapshot):
        #expect(snapshot.catalog.revision >= catalog.revision)
        catalog = snapshot.catalog
        snapshots += 1
      case .commits(let commits):
        for commit in commits {
          #expect(commit.revision == catalog.revision + 1)
          catalog.apply(commit)
        }
      case .push, .link: break
      }
      if catalog.revision == 2_000 { break }
    }
    await writer.value
    #expect(snapshots >= 1)
    #expect(catalog.totals.instances == engine.catalog.totals.instances)
    #expect(engine.waitingReaders == 0)
  }

  @Test(.timeLimit(.minutes(1))) func aReaderThatIsCancelledLeavesNothingBehind() async throws {
    let engine = engine()
    for _ in 0..<50 {
      let reader = Task { [session = session(engine)] in
        var events = 0
        for await _ in session.watch(.everything) { events += 1 }
        return events
      }
      try await waitForReader(engine)
      reader.cancel()
      #expect(await reader.value == 2)
      #expect(engine.waitingReaders == 0)
    }
  }

  @Test(.timeLimit(.minutes(1))) func feedsEndWithTheEngine() async throws {
    let engine = engine()
    let reader = Task { [session = session(engine)] in
      for await _ in session.watch(.everything) {}
      return true
    }
    try await waitForReader(engine)
    engine.endFeeds()
    #expect(await reader.value)
    #expect(await session(engine).watch(.everything).makeAsyncIterator().first() == nil)
  }

  @Test("Push changes reach every reader, a few times a second at most", .timeLimit(.minutes(1)))
  func pushDigests() async throws {
    let engine = engine()
    let made = Mutex<UInt64>(0)
    let report = PushReport(
      digest: {
        var digest = PushDigest()
        digest.acknowledged = made.withLock {
          $0 += 1; return $0
        }
        return digest
      }, subscribers: { _, _, _ in SubscriberPage(subscribers: [], total: 0) })
    let session = session(engine, push: report)
    var first = session.watch(.everything).makeAsyncIterator()
    var second = session.watch(.everything).makeAsyncIterator()
    for _ in 0..<2 {
      _ = await first.next()
      _ = await second.next()
    }
    for _ in 0..<100 { engine.pushStateChanged() }
    #expect(await first.next()?.digest?.acknowledged == 1)
    #expect(await second.next()?.digest?.acknowledged == 1)
    // Too soon for another; a commit comes through meanwhile.
    engine.pushStateChanged()
    let next = Task { [first] in
      var first = first
      return [await first.next()?.revisions?.count, (await first.next()?.digest?.acknowledged).map(Int.init)]
    }
    try await waitForReader(engine)
    #expect(made.withLock { $0 } == 1)
    register(1, engine)
    clock.pass(300)
    #expect(await next.value == [1, 2])
    #expect(engine.snapshot().push.acknowledged == 2)
    #expect(engine.snapshot().timeline.samples.last?.pushed == 2)
  }

  @Test func commandsAndQuestions() async throws {
    let engine = engine()
    let subscriber = Subscriber(service: instanceKey().service, clusters: "", ip: "10.0.0.5", port: 9, agent: "", app: "")
    let page = SubscriberPage(
      subscribers: [SubscriberState(subscriber: subscriber, subscribedAt: WallTime(milliseconds: 0))], total: 7)
    let asked = Mutex<[String]>([])
    let session = session(
      engine,
      push: PushReport(
        digest: { PushDigest() },
        subscribers: { key, offset, limit in
          asked.withLock { $0.append("\(key?.grouped ?? "all") \(offset) \(limit)") }
          return page
        }))
    let receipt = try await session.submit(Command(.register(Registration(key: instanceKey())), by: .system))
    #expect(receipt.revision == 1)
    await #expect(throws: RegistryError.illegalWeight(-1)) {
      try await session.submit(Command(.operate(instanceKey(), .setWeight(-1)), by: .system))
    }
    guard case .vitals(let vitals) = try await session.ask(.vitals(instanceKey().service)) else { throw Behind() }
    #expect(vitals.map(\.beatAge) == [0])
    guard case .subscribers(page) = try await session.ask(.subscribers(nil, offset: -5, limit: 10)) else { throw Behind() }
    #expect(asked.withLock { $0 } == ["all 0 10"])
    guard case .metrics(let metrics) = try await session.ask(.metrics) else { throw Behind() }
    #expect(metrics.registers == 1)
    guard case .events(let events) = try await session.ask(.events(before: nil, limit: 5)) else { throw Behind() }
    #expect(events.map(\.revision) == [1])
  }

  /// Waits until somebody waits for news.
  private func waitForReader(_ engine: Engine) async throws {
    try await wait(for: "a reader") { engine.waitingReaders > 0 }
  }
}

extension Engine {
  fileprivate var waitingReaders: Int { state.withLock { $0.waiters.count } }
}

extension Feed.AsyncIterator {
  fileprivate func first() async -> FeedEvent? {
    var copy = self
    return await copy.next()
  }
}

extension FeedEvent {
  fileprivate var snapshot: Snapshot? { if case .snapshot(let snapshot) = self { snapshot } else { nil } }
  fileprivate var revisions: [Revision]? { if case .commits(let commits) = self { commits.map(\.revision) } else { nil } }
  fileprivate var digest: PushDigest? { if case .push(let digest) = self { digest } else { nil } }
  fileprivate var isLive: Bool { if case .link(.live) = self { true } else { false } }
}
