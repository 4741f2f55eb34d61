import RegistryModel

/// Says what a stock Nacos is asked next, and when. One request at a time: what is on screen each second, the list of
/// services round and round at a pace that leaves the server three quarters of its time, and those services at once whose
/// counts have changed.
struct StockPlan: Sendable {
  enum Step: Hashable, Sendable {
    case send(StockRequest)
    /// Nothing is due before.
    case wait(until: MonotonicTime)
  }

  struct Loss: Hashable, Sendable {
    var since: MonotonicTime
    var why: String
    var attempt: Int
    var retryAt: MonotonicTime
  }

  let rules: StockRules
  let interest: Interest
  private(set) var isLoaded = false
  /// Whether the first look round goes through pages with instances: there are too many services to look at each.
  private(set) var loadsInBulk = false
  private(set) var loss: Loss?
  /// Milliseconds that an answer may take.
  private(set) var patience: Int64

  var namespaces: [String] = [ServiceKey.defaultNamespace]
  private var attention: [ServiceKey: MonotonicTime] = [:]
  private var lookedAt: [ServiceKey: MonotonicTime] = [:]
  private var urgent = RequestQueue()
  private var changed = ServiceQueue()
  private var unfilled = ServiceQueue()
  private var list: Round
  private var bulk: Round
  private var namespacesDue: MonotonicTime?
  private var switchesDue: MonotonicTime?
  /// Which of the things that are not on screen was asked for last.
  private var turn = 2
  private var heardAt: MonotonicTime?
  /// When the next thing that is not on screen may be asked.
  private var backgroundDue = MonotonicTime(milliseconds: .min)
  private var needsWord = false

  init(_ rules: StockRules = StockRules(), interest: Interest = .everything) {
    self.rules = rules
    self.interest = interest
    patience = rules.patience.lowerBound
    list = Round(size: rules.pageSize)
    bulk = Round(size: rules.bulkSize)
    if case .namespace(let id) = interest { namespaces = [id] }
    if case .service(let key) = interest { namespaces = [key.namespace] }
  }

  /// How long the answer to a request may take, in milliseconds.
  func patience(with request: StockRequest) -> Int64 { request == .word ? 2 * rules.doubt : patience }
}

// What comes in.
extension StockPlan {
  /// The console asks about a service: it is on screen.
  mutating func attend(_ key: ServiceKey, at now: MonotonicTime) {
    attention = attention.filter { now.milliseconds - $0.value.milliseconds < rules.attention }
    attention[key] = now
  }

  func isAttended(_ key: ServiceKey, at now: MonotonicTime) -> Bool {
    attention[key].map { now.milliseconds - $0.milliseconds < rules.attention } ?? false
  }

  /// To be asked at once, before anything else.
  mutating func demand(_ request: StockRequest) { urgent.append(request) }

  /// Services that the list counts otherwise than we do.
  mutating func suspect(_ keys: some Sequence<ServiceKey>) { for key in keys { changed.append(key) } }

  /// Services of which not everything is known yet, which nobody waits for.
  mutating func fill(_ keys: some Sequence<ServiceKey>) { for key in keys { unfilled.append(key) } }

  mutating func loadInBulk() { loadsInBulk = true }

  /// The first look round has ended.
  mutating func finishLoading() { isLoaded = true }

  /// Whether the first look round has nothing more to look at.
  var hasLookedRound: Bool {
    guard namespacesDue != nil, switchesDue != nil else { return false }
    if case .service(let key) = interest { return lookedAt[key] != nil }
    return list.rounds > 0 && changed.isEmpty && (!loadsInBulk || bulk.rounds > 0)
  }

  /// Whether a round through the list has ended since it was last asked.
  mutating func takeListEnd() -> Bool { list.takeEnd() }
}

// What is next.
extension StockPlan {
  mutating func next(at now: MonotonicTime) -> Step {
    if let loss { return loss.retryAt <= now ? .send(.word) : .wait(until: loss.retryAt) }
    if needsWord { return .send(.word) }
    if let request = urgent.first { return .send(request) }
    if let request = onScreen(at: now) { return .send(request) }
    let background = isLoaded ? backgroundDue : now
    if background <= now, let request = dueInBackground(at: now) { return .send(request) }
    if wordDue <= now { return .send(.word) }
    return .wait(until: earliest(after: now, background: background))
  }

  /// The service on screen that was looked at the longest ago, if a look is due.
  private func onScreen(at now: MonotonicTime) -> StockRequest? {
    guard isLoaded else { return nil }
    let due = shown(at: now).filter { lookDue($0) <= now }
    return due.min { (lookDue($0), $0) < (lookDue($1), $1) }.map { .service($0) }
  }

  private func shown(at now: MonotonicTime) -> [ServiceKey] {
    var keys = attention.filter { now.milliseconds - $0.value.milliseconds < rules.attention }.map(\.key)
    if case .service(let key) = interest { keys.append(key) }
    return keys
  }

  private func lookDue(_ key: ServiceKey) -> MonotonicTime {
    lookedAt[key].map { $0 + rules.glance } ?? MonotonicTime(milliseconds: .min)
  }

  private var wordDue: MonotonicTime { heardAt.map { $0 + rules.glance } ?? MonotonicTime(milliseconds: .min) }

  private mutating func dueInBackground(at now: MonotonicTime) -> StockRequest? {
    if namespacesDue.map({ $0 <= now }) ?? true { return .namespaces }
    if switchesDue.map({ $0 <= now }) ?? true { return .switches }
    if case .service(let key) = interest {
      if !isLoaded, lookedAt[key] == nil { return .service(key) }
      return nil
    }
    // In turns: neither starves, however many services change.
    let turns: [StockRequest?] = [listPage(at: now), changed.first.map { .service($0) }, bulkPage(at: now)]
    for step in 1...turns.count {
      let next = (turn + step) % turns.count
      if let request = turns[next] {
        turn = next
        return request
      }
    }
    return unfilled.first.map { .service($0) }
  }

  private mutating func listPage(at now: MonotonicTime) -> StockRequest? {
    guard isLoaded || list.rounds == 0, let (namespace, page) = list.next(namespaces, at: now) else { return nil }
    return .summaries(namespace: namespace, page: page, size: list.size)
  }

  private mutating func bulkPage(at now: MonotonicTime) -> StockRequest? {
    guard isLoaded || loadsInBulk && bulk.rounds == 0, let (namespace, page) = bulk.next(namespaces, at: now) else {
      return nil
    }
    return .bulk(namespace: namespace, page: page, size: bulk.size)
  }

  private func earliest(after now: MonotonicTime, background: MonotonicTime) -> MonotonicTime {
    var times = [wordDue] + shown(at: now).map(lookDue)
    if case .service = interest {} else { times += [max(background, list.due), max(background, bulk.due)] }
    times += [namespacesDue, switchesDue].compactMap { $0 }.map { max(background, $0) }
    if !changed.isEmpty || !unfilled.isEmpty { times.append(background) }
    return max(now + 1, times.min() ?? now + rules.glance)
  }
}

// What came of it.
extension StockPlan {
  mutating func end(_ request: StockRequest, _ outcome: StockOutcome, began: MonotonicTime, at now: MonotonicTime) {
    urgent.remove(request)
    switch outcome {
    case .answered, .listed, .refused: hear(at: now)
    case .tooSlow(let why): return beSlow(request, why, at: now)
    case .unreachable(let why): return lose(why, at: now)
    }
    if case .refused(let why) = outcome, request.isVital { return lose(why, at: now) }
    settle(request, outcome, at: now)
    let took = max(0, now.milliseconds - began.milliseconds)
    if request != .word { backgroundDue = now + max(rules.rest, took * rules.restFactor) }
  }

  /// The server has said something.
  mutating func hear(at now: MonotonicTime) {
    heardAt = now
    loss = nil
    needsWord = false
  }

  private mutating func settle(_ request: StockRequest, _ outcome: StockOutcome, at now: MonotonicTime) {
    switch request {
    case .word: break
    case .namespaces: namespacesDue = now + rules.settings
    case .switches: switchesDue = now + rules.settings
    case .summaries:
      guard case .listed(let rows, let total) = outcome else { break }
      list.advance(rows: rows, total: total, namespaces: namespaces.count, next: now + rules.round)
    case .bulk:
      // A server that does not know this page is looked at service by service.
      guard case .listed(let rows, let total) = outcome else {
        bulk.skip(next: now + rules.settings)
        break
      }
      bulk.advance(rows: rows, total: total, namespaces: namespaces.count, next: now + rules.bulkRound)
    case .service(let key):
      changed.remove(key)
      unfilled.remove(key)
      lookedAt = lookedAt.filter { now.milliseconds - $0.value.milliseconds < rules.attention }
      lookedAt[key] = now
    }
  }

  /// Whether it is there at all says a word; what took too long is asked for in smaller pieces, with more patience.
  private mutating func beSlow(_ request: StockRequest, _ why: String, at now: MonotonicTime) {
    if request == .word { return lose(why, at: now) }
    needsWord = true
    patience = min(patience * 2, rules.patience.upperBound)
    switch request {
    case .summaries: list.shrink()
    case .bulk: bulk.shrink()
    case .service(let key):
      // To the end of the line: others are behind it.
      changed.remove(key)
      unfilled.remove(key)
      unfilled.append(key)
      lookedAt[key] = now
    case .word, .namespaces, .switches: break
    }
    backgroundDue = now + rules.glance
  }

  private mutating func lose(_ why: String, at now: MonotonicTime) {
    let attempt = (loss?.attempt ?? 0) + 1
    let pause = min(rules.retry.upperBound, rules.retry.lowerBound << min(attempt - 1, 8))
    needsWord = false
    loss = Loss(since: loss?.since ?? heardAt ?? now, why: why, attempt: attempt, retryAt: now + pause)
  }
}

extension StockRequest {
  /// Whether nothing can be shown of a server that refuses it.
  fileprivate var isVital: Bool {
    switch self {
    case .word, .summaries: true
    case .namespaces, .switches, .bulk, .service: false
    }
  }
}

extension MonotonicTime {
  static func + (time: MonotonicTime, milliseconds: Int64) -> MonotonicTime {
    let (sum, isBeyond) = time.milliseconds.addingReportingOverflow(milliseconds)
    return MonotonicTime(milliseconds: isBeyond ? (milliseconds > 0 ? .max : .min) : sum)
  }
}
