public import RegistryModel
import Synchronization

/// The plan behind a lock, for the threads that use it: the shell drives it, sessions and pages look.
public final class ProbeDesk: Sendable {
  private let plan: Mutex<ProbePlan>
  private let clock: @Sendable () -> Moment

  public init(rules: ProbeRules = ProbeRules(), clock: @escaping @Sendable () -> Moment) {
    plan = Mutex(ProbePlan(rules: rules))
    self.clock = clock
  }

  public func follow(_ commits: [Commit]) {
    plan.withLock { plan in
      var random = SystemRandomNumberGenerator()
      for commit in commits { plan.follow(commit, at: clock(), random: &random) }
    }
  }

  public func follow(_ catalog: Catalog, _ switches: Switches) {
    plan.withLock { plan in
      var random = SystemRandomNumberGenerator()
      plan.follow(catalog, switches, at: clock(), random: &random)
    }
  }

  /// Hands in findings; the result is what follows from them.
  public func finished(_ findings: [(ticket: UInt64, finding: ProbeFinding)]) -> [ProbeDecision] {
    plan.withLock { plan in
      let now = clock()
      return findings.compactMap { plan.finished($0.ticket, $0.finding, at: now) }
    }
  }

  /// Probes to be made now, and when to ask again; nil for not before something has changed.
  public func advance() -> (orders: [ProbeOrder], next: MonotonicTime?) {
    plan.withLock { plan in
      let orders = plan.advance(to: clock())
      return (orders, plan.nextDeadline)
    }
  }

  public var counters: ProbeCounters { plan.withLock { $0.counters } }

  /// Instances that are followed, and those of them that are probed.
  public var counts: (followed: Int, probed: Int) { plan.withLock { ($0.memberCount, $0.probedCount) } }

  public var report: ProbeReport {
    ProbeReport(
      page: { [self] service in plan.withLock { $0.page(of: service, at: clock()) } }, counters: { [self] in counters })
  }
}
