import RegistryEngine
import RegistryModel
import Synchronization
import TestSupport

/// One life of a server: the machines as the real one has them, between two crashes.
struct SimulatedServer {
  let engine: Engine
  let store = SimulatedStore()
  let answers = Answers()
  var ledger: PushLedger
  var plan = ProbePlan()
  var cursor: PushCursor
  /// What the probes have read of the log, and what the judges have.
  var probed: Revision
  var judged: Revision
  /// When the push and the probes look at the log; nil while there is nothing new. Microseconds.
  var pushReads: Int64?
  var probesRead: Int64?
  /// Requests that wait for the store.
  var open: [Int64: Request] = [:]
  /// The commits that they became.
  var revisions: [Int64: Revision] = [:]
  let startedAt: Int64

  init(limits: Limits, restored: StoredState, clock: SimulatedClock, seams: Seams) {
    let time = seams.registryTime
    engine = Engine(limits: limits, restored: restored, store: store) { time(clock.moment) }
    ledger = PushLedger(limits: limits)
    cursor = PushCursor(after: engine.revision)
    probed = engine.revision
    judged = engine.revision
    startedAt = clock.now
    ledger.isEnabled = engine.switches.pushEnabled
  }

  mutating func useLedger(_ body: (inout PushLedger) -> [PushAction]) -> [PushAction] { body(&ledger) }

  mutating func usePlan<Result>(_ body: (inout ProbePlan) -> Result) -> Result { body(&plan) }

  /// Lists that changed, for the ledger.
  mutating func readLog() -> [(service: ServiceKey, revision: Revision)] {
    pushReads = nil
    let news = cursor.news(in: engine, isAwaited: { ledger.count > 0 }) { ledger.services }
    if let isEnabled = news.isEnabled { ledger.isEnabled = isEnabled }
    return news.services
  }

  /// Lets the plan take in what is new.
  mutating func followLog(at now: Moment, random: inout SeededRandom) {
    probesRead = nil
    reading: while true {
      switch engine.read(after: probed) {
      case .behind: followCatalog(at: now, random: &random)
      case .commits(let commits):
        guard let last = commits.last else { break reading }
        probed = last.revision
        for commit in commits { plan.follow(commit, at: now, random: &random) }
      }
    }
  }

  mutating func followCatalog(at now: Moment, random: inout SeededRandom) {
    let catalog = engine.catalog
    probed = catalog.revision
    plan.follow(catalog, engine.switches, at: now, random: &random)
  }

  /// When something is to be done that time alone brings, in microseconds.
  var nextDeadline: Int64? {
    var next = engine.nextDeadline.map { $0.milliseconds * 1_000 } ?? .max
    if let time = ledger.nextDeadline { next = min(next, time) }
    if let time = plan.nextDeadline { next = min(next, time.milliseconds * 1_000) }
    next = min(next, pushReads ?? .max, probesRead ?? .max)
    return next == .max ? nil : next
  }
}

/// Answers that commands got, in the order in which they came.
final class Answers: Sendable {
  private let results = Mutex<[(number: Int64, result: Result<Receipt, RegistryError>)]>([])

  func add(_ number: Int64, _ result: Result<Receipt, RegistryError>) {
    results.withLock { $0.append((number, result)) }
  }

  func take() -> [(number: Int64, result: Result<Receipt, RegistryError>)] {
    results.withLock { results in
      if results.isEmpty { return [] }
      defer { results = [] }
      return results
    }
  }
}
