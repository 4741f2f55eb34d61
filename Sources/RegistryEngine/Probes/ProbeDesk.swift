public import RegistryModel
import Synchronization

/// The plan behind a lock, for the threads that use it: the shell drives it, sessions and pages look.
public final class ProbeDesk: Sendable {
  private struct State: Sendable {
    var plan: ProbePlan
    /// Chance spreads probes; it guards nothing.
    var random = SeededRandom(seed: .random(in: .min ... .max))
  }

  private let state: Mutex<State>
  private let clock: @Sendable () -> Moment

  public init(rules: ProbeRules = ProbeRules(), clock: @escaping @Sendable () -> Moment) {
    state = Mutex(State(plan: ProbePlan(rules: rules)))
    self.clock = clock
  }

  public func follow(_ commits: [Commit]) {
    state.withLock { state in
      let now = clock()
      for commit in commits { state.plan.follow(commit, at: now, random: &state.random) }
    }
  }

  public func follow(_ catalog: Catalog, _ switches: Switches) {
    state.withLock { state in
      state.plan.follow(catalog, switches, at: clock(), random: &state.random)
    }
  }

  /// Hands in findings; the result is what follows from them.
  public func finished(_ findings: [(ticket: UInt64, finding: ProbeFinding)]) -> [ProbeDecision] {
    state.withLock { state in
      let now = clock()
      return findings.compactMap { state.plan.finished($0.ticket, $0.finding, at: now) }
    }
  }

  /// Probes to be made now, and when to ask again; nil for not before something has changed.
  public func advance() -> (orders: [ProbeOrder], next: MonotonicTime?) {
    state.withLock { state in
      let orders = state.plan.advance(to: clock())
      return (orders, state.plan.nextDeadline)
    }
  }

  public var counters: ProbeCounters { state.withLock { $0.plan.counters } }

  /// Instances that are followed, and those of them that are probed.
  public var counts: (followed: Int, probed: Int) { state.withLock { ($0.plan.memberCount, $0.plan.probedCount) } }

  public var report: ProbeReport {
    ProbeReport(
      page: { [self] service in state.withLock { $0.plan.page(of: service, at: clock()) } }, counters: { [self] in counters })
  }
}
