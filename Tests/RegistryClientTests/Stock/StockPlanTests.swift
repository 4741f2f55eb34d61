import RegistryModel
import Testing

@testable import RegistryClient

/// A server that answers each request after some milliseconds, and counts them.
private struct PlannedServer {
  var plan: StockPlan
  var now = MonotonicTime(milliseconds: 1_000_000)
  var delay: Int64 = 10
  var services = 3
  private(set) var asked: [(request: StockRequest, at: MonotonicTime)] = []

  init(_ plan: StockPlan = StockPlan()) { self.plan = plan }

  /// Lets so much time pass.
  mutating func pass(_ milliseconds: Int64, _ outcome: (StockRequest) -> StockOutcome? = { _ in nil }) {
    let end = now + milliseconds
    while now < end {
      switch plan.next(at: now) {
      case .wait(let time):
        #expect(time > now)
        now = min(end, max(time, now + 1))
      case .send(let request):
        let began = now
        asked.append((request, began))
        now = now + delay
        plan.end(request, outcome(request) ?? answer(request), began: began, at: now)
        if !plan.isLoaded, plan.hasLookedRound { plan.finishLoading() }
      }
    }
  }

  private func answer(_ request: StockRequest) -> StockOutcome {
    switch request {
    case .summaries(_, let page, let size), .bulk(_, let page, let size):
      .listed(rows: max(0, min(size, services - page * size)), total: services)
    default: .answered
    }
  }

  mutating func forget() { asked = [] }
  func count(_ condition: (StockRequest) -> Bool) -> Int { asked.count { condition($0.request) } }
}

@Suite("The plan for a stock Nacos")
struct StockPlanTests {
  private static func key(_ index: Int) -> ServiceKey { ServiceKey(group: "g", name: "s\(index)") }

  @Test("the first look goes through namespaces, switches and the list before anything else")
  func first() {
    var server = PlannedServer()
    server.pass(100)
    let first = server.asked.prefix(3).map(\.request)
    #expect(first == [.namespaces, .switches, .summaries(namespace: "public", page: 0, size: 500)])
    #expect(server.plan.isLoaded)
  }

  @Test("what is on screen is looked at each second, and no longer than it is asked about")
  func attention() {
    var server = PlannedServer()
    server.pass(3_000)
    server.forget()
    for _ in 0..<10 {
      server.plan.attend(Self.key(1), at: server.now)
      server.pass(1_000)
    }
    #expect((9...11).contains(server.count { $0 == .service(Self.key(1)) }))
    server.pass(10_000)
    server.forget()
    server.pass(10_000)
    #expect(server.count { $0 == .service(Self.key(1)) } == 0)
  }

  @Test("at least one word a second is heard of a registry where nothing is due")
  func words() {
    var server = PlannedServer(StockPlan(interest: .service(Self.key(1))))
    server.pass(60_000)
    let times = server.asked.map(\.at.milliseconds)
    #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 <= 1_100 })
    #expect(server.count { if case .summaries = $0 { true } else { false } } == 0)
  }

  @Test("ten thousand services take at most a quarter of the server's time, and the list is gone through all the same")
  func many() {
    var server = PlannedServer()
    server.services = 10_000
    server.delay = 40
    server.plan.loadInBulk()
    server.pass(60_000)
    #expect(server.plan.isLoaded)
    server.forget()
    server.plan.fill((0..<10_000).map(Self.key))
    for second in 0..<120 {
      server.plan.attend(Self.key(1), at: server.now)
      if second % 10 == 0 { server.plan.suspect((0..<50).map { Self.key(second * 100 + $0) }) }
      server.pass(1_000)
    }
    // Looks at what is on screen come on top.
    let isOnScreen = { (request: StockRequest) in request == .service(Self.key(1)) || request == .word }
    #expect(server.count { !isOnScreen($0) } * 40 <= 121_000 / 4)
    #expect(server.count { if case .summaries(_, 19, _) = $0 { true } else { false } } >= 10)
    #expect(server.count { if case .bulk = $0 { true } else { false } } >= 100)
  }

  @Test("a demand goes before all, and services whose counts changed before those that nobody waits for")
  func order() {
    var server = PlannedServer()
    server.pass(3_000)
    server.plan.fill([Self.key(9)])
    server.plan.suspect([Self.key(1), Self.key(2), Self.key(1)])
    server.plan.demand(.service(Self.key(5)))
    server.forget()
    server.pass(1_500)
    let services = server.asked.compactMap { if case .service(let key) = $0.request { key } else { nil } }
    #expect(services == [Self.key(5), Self.key(1), Self.key(2), Self.key(9)])
  }

  @Test("a registry that is lost is only asked for a word, again and again, more slowly up to a bound")
  func loss() throws {
    var server = PlannedServer()
    server.pass(3_000)
    server.pass(10_000) { _ in .unreachable("connection refused") }
    let loss = try #require(server.plan.loss)
    #expect(loss.why == "connection refused" && loss.attempt >= 8)
    let words = server.asked.suffix(loss.attempt - 1)
    #expect(words.allSatisfy { $0.request == .word })
    let pauses = zip(words, words.dropFirst()).map { $1.at.milliseconds - $0.at.milliseconds }
    #expect(pauses.first.map { $0 < 600 } == true && pauses.allSatisfy { $0 <= 1_000 + server.delay })
    server.forget()
    server.pass(3_000)
    #expect(server.plan.loss == nil && server.count { $0 != .word } > 0)
  }

  @Test("pages that take too long become smaller, and a word decides whether the registry is there")
  func slow() {
    var server = PlannedServer()
    server.pass(3_000)
    server.pass(60_000) { request in if case .bulk = request { .tooSlow("timed out") } else { nil } }
    #expect(server.plan.loss == nil)
    let sizes = server.asked.compactMap { if case .bulk(_, _, let size) = $0.request { size } else { nil } }
    #expect(sizes.last == 1 && server.plan.patience == StockRules().patience.upperBound)
    for (index, asked) in server.asked.enumerated().dropLast() {
      if case .bulk(_, _, let size) = asked.request, size < 100 { #expect(server.asked[index + 1].request == .word) }
    }
    server.pass(5_000) { _ in .tooSlow("timed out") }
    #expect(server.plan.loss != nil)
  }

  @Test("a refusal of the list is a loss with its reason, of less it is not")
  func refusals() {
    var server = PlannedServer()
    server.pass(20_000) { request in
      switch request {
      case .switches, .namespaces, .bulk, .service: .refused("forbidden")
      default: nil
      }
    }
    #expect(server.plan.loss == nil && server.plan.isLoaded)
    server.pass(20_000) { request in if case .summaries = request { .refused("no such API") } else { nil } }
    #expect(server.plan.loss?.why == "no such API")
  }

  @Test("only what is of interest is asked for")
  func interest() {
    var server = PlannedServer(StockPlan(interest: .namespace("staging")))
    server.pass(20_000)
    #expect(server.plan.isLoaded)
    for (request, _) in server.asked {
      switch request {
      case .summaries(let namespace, _, _), .bulk(let namespace, _, _): #expect(namespace == "staging")
      default: break
      }
    }
  }
}
