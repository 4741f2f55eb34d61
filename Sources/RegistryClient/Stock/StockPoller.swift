import HTTPTransport
import RegistryModel

/// Looks through a stock Nacos as planned, and tells readers what it has seen. One for a session, however many read.
actor StockPoller {
  let line: StockLine
  let rules: StockRules
  var mirror = StockMirror()
  var plan: StockPlan
  /// The last beats of services that are on screen, on the server's clock.
  var beats: [ServiceKey: [InstanceAddress: WallTime]] = [:]
  /// The list of services as far as the round under way has come.
  private var listed: [StockSummary] = []

  private(set) var link: LinkState?
  private(set) var linkNumber = 0
  private var heardAt = RemoteClock.wall
  private var saidLiveAt: MonotonicTime?

  private var sleep: Task<Void, Never>?
  private(set) var hasEnded = false
  private var readers: [UInt64: CheckedContinuation<Void, Never>] = [:]
  private var nextReader: UInt64 = 0
  /// Who waits for a look that begins after they asked.
  private var waiting: [StockRequest: [CheckedContinuation<Bool, Never>]] = [:]

  init(_ line: StockLine, rules: StockRules, interest: Interest) {
    self.line = line
    self.rules = rules
    plan = StockPlan(rules, interest: interest)
  }

  /// Goes on until its task is cancelled.
  func run() async {
    while !Task.isCancelled {
      switch plan.next(at: RemoteClock.monotonic) {
      case .wait(let time): await rest(until: time)
      case .send(let request): await look(request)
      }
    }
    hasEnded = true
    release(waiting.keys.map { $0 }, isSeen: false)
    wakeReaders()
  }

  private func rest(until time: MonotonicTime) async {
    let pause = max(1, time.milliseconds - RemoteClock.monotonic.milliseconds)
    let sleep = Task { _ = try? await Task.sleep(for: .milliseconds(pause)) }
    self.sleep = sleep
    await withTaskCancellationHandler {
      await sleep.value
    } onCancel: {
      sleep.cancel()
    }
  }

  /// Something is due sooner than was thought.
  private func hurry() { sleep?.cancel() }

  private func look(_ request: StockRequest) async {
    let began = RemoteClock.monotonic
    let askers = waiting.removeValue(forKey: request) ?? []
    let outcome = await fetch(request)
    plan.end(request, outcome, began: began, at: RemoteClock.monotonic)
    if plan.takeListEnd() { judgeList() }
    if !plan.isLoaded, plan.hasLookedRound { finishLoading() }
    tell(outcome)
    for asker in askers { asker.resume(returning: outcome.isAnswer) }
    // Nobody waits for a registry that is lost.
    if plan.loss != nil { release(waiting.keys.map { $0 }, isSeen: false) }
    wakeReaders()
  }

  private func judgeList() {
    let suspects = mirror.take(listed, namespaces: Set(plan.namespaces), at: RemoteClock.wall)
    listed = []
    if !plan.isLoaded, suspects.count > rules.mostAtFirst {
      plan.loadInBulk()
    } else {
      plan.suspect(suspects)
    }
  }

  private func finishLoading() {
    plan.finishLoading()
    mirror.finishLoading()
    plan.fill(mirror.catalog.services.lazy.map(\.key).filter { [mirror] in !mirror.isKnown($0) }.sorted())
  }

  private func tell(_ outcome: StockOutcome) {
    let now = RemoteClock.monotonic
    if let loss = plan.loss {
      let retryAt = WallTime(milliseconds: RemoteClock.wall.milliseconds + loss.retryAt.milliseconds - now.milliseconds)
      saidLiveAt = nil
      return set(.lost(since: heardAt, why: loss.why, attempt: loss.attempt, retryAt: retryAt))
    }
    guard outcome.isAnswer else { return }
    heardAt = RemoteClock.wall
    if let saidLiveAt, now < saidLiveAt + rules.glance { return }
    saidLiveAt = now
    set(.live(age: 0, roundTrip: line.roundTrip))
  }

  private func set(_ state: LinkState) {
    link = state
    linkNumber += 1
  }
}

// Asking for pages.
extension StockPoller {
  /// A page may take its time, but not the word whether the server is there.
  private func fetch(_ request: StockRequest) async -> StockOutcome {
    await withTaskGroup(of: StockOutcome?.self) { group in
      group.addTask { await self.outcome(of: request) }
      if request != .word { group.addTask { await self.doubt() } }
      for await outcome in group {
        guard let outcome else { continue }
        group.cancelAll()
        return outcome
      }
      return .unreachable("cancelled")
    }
  }

  private func outcome(of request: StockRequest) async -> StockOutcome {
    do throws(StockFailure) {
      return try await read(request)
    } catch {
      return StockOutcome(error)
    }
  }

  /// Asks for a word again and again, until one does not come. Nil when nothing had to be doubted.
  private func doubt() async -> StockOutcome? {
    while (try? await Task.sleep(for: .milliseconds(rules.doubt))) != nil {
      do throws(StockFailure) {
        try await line.greet(patience: rules.doubt)
      } catch {
        return Task.isCancelled ? nil : .unreachable(error.description)
      }
      plan.hear(at: RemoteClock.monotonic)
      tell(.answered)
      wakeReaders()
    }
    return nil
  }

  private func read(_ request: StockRequest) async throws(StockFailure) -> StockOutcome {
    let patience = plan.patience(with: request)
    let call = request.call(countsFromOne: StockVersion.major(of: line.version) >= 2)
    switch request {
    case .word: try await line.greet(patience: patience)
    case .namespaces:
      try take(namespaces: Namespace.stockList(try await line.read(call, patience: patience), at: RemoteClock.wall))
    case .switches:
      let text = try await line.send(call, patience: patience).text
      if let switches = Switches(stock: text) { _ = mirror.take(switches, at: RemoteClock.wall) }
    case .summaries(let namespace, _, _):
      let page = try StockSummaries(try await line.read(call, patience: patience), namespace: namespace)
      listed += page.services
      return .listed(rows: page.services.count, total: page.total)
    case .bulk(let namespace, _, _):
      let page = try StockBulk.list(try await line.read(call, patience: patience), namespace: namespace)
      plan.suspect(mirror.take(page, at: RemoteClock.wall))
      return .listed(rows: page.count, total: mirror.catalog.totals(in: namespace)?.services ?? 0)
    case .service(let key): try await look(at: key, call, patience: patience)
    }
    return .answered
  }

  private func take(namespaces: [Namespace]) {
    _ = mirror.take(namespaces, at: RemoteClock.wall)
    if case .everything = plan.interest { plan.namespaces = mirror.catalog.namespaceIDs }
  }

  private func look(at key: ServiceKey, _ call: StockCall, patience: Int64) async throws(StockFailure) {
    let page: StockService
    do throws(StockFailure) {
      page = try StockService(try await line.read(call, patience: patience))
    } catch {
      guard error.isAbsence else { throw error }
      _ = mirror.takeAbsence(of: key, at: RemoteClock.wall)
      beats[key] = nil
      return
    }
    var hosts: [StockHost] = []
    for cluster in page.clusters { hosts += try await self.hosts(of: key, cluster: cluster.name, patience: patience) }
    _ = mirror.take(page, hosts: hosts, of: key, at: RemoteClock.wall)
    remember(hosts, of: key)
  }

  private func hosts(of key: ServiceKey, cluster: String, patience: Int64) async throws(StockFailure) -> [StockHost] {
    var hosts: [StockHost] = []
    var number = 0
    while true {
      let call = StockRequest.hosts(of: key, cluster: cluster, page: number, size: rules.instancesOnPage)
      let page: StockHosts
      do throws(StockFailure) {
        page = try StockHosts(try await line.read(call, patience: patience), cluster: cluster)
      } catch {
        // Gone between two questions.
        if error.isAbsence { return [] }
        throw error
      }
      hosts += page.hosts
      number += 1
      if page.hosts.isEmpty || hosts.count >= page.total { return hosts }
    }
  }

  /// Only of what is on screen.
  private func remember(_ hosts: [StockHost], of key: ServiceKey) {
    guard plan.isAttended(key, at: RemoteClock.monotonic) else { return }
    beats = beats.filter { plan.isAttended($0.key, at: RemoteClock.monotonic) }
    let known = hosts.compactMap { host in
      host.lastBeat.map { (host.address(isEphemeral: host.isEphemeral ?? true), $0) }
    }
    beats[key] = Dictionary(known, uniquingKeysWith: { $1 })
  }
}

// Waiting.
extension StockPoller {
  /// Looks at something at once. Whether it was answered.
  func look(now request: StockRequest) async -> Bool {
    if hasEnded { return false }
    plan.demand(request)
    hurry()
    return await withCheckedContinuation { waiting[request, default: []].append($0) }
  }

  func attend(_ key: ServiceKey) {
    plan.attend(key, at: RemoteClock.monotonic)
    hurry()
  }

  /// Returns once there may be news, or the task is cancelled.
  func waitForNews() async {
    if hasEnded || Task.isCancelled { return }
    let number = nextReader
    nextReader += 1
    await withTaskCancellationHandler {
      await withCheckedContinuation { readers[number] = $0 }
    } onCancel: {
      Task { await self.release(number) }
    }
  }

  private func release(_ number: UInt64) { readers.removeValue(forKey: number)?.resume() }

  private func wakeReaders() {
    let woken = readers
    readers = [:]
    for reader in woken.values { reader.resume() }
  }

  private func release(_ requests: [StockRequest], isSeen: Bool) {
    for request in requests {
      for asker in waiting.removeValue(forKey: request) ?? [] { asker.resume(returning: isSeen) }
    }
  }
}

extension StockOutcome {
  fileprivate init(_ failure: StockFailure) {
    switch failure {
    case .tooSlow(let why): self = .tooSlow(why)
    case .unreachable(let why): self = .unreachable(why)
    case .refused, .unreadable, .needsLogin, .noNaming: self = .refused(failure.description)
    }
  }

  fileprivate var isAnswer: Bool {
    switch self {
    case .answered, .listed: true
    case .tooSlow, .unreachable, .refused: false
    }
  }
}
