import RegistryEngine
import RegistryModel

extension World {
  /// The probes read the log a few times a second at most; one that has fallen behind looks at everything anew.
  func readLogForProbes() {
    server?.followLog(at: clock.moment, random: &machineRandom)
    probe()
  }

  func probe() {
    let now = clock.moment
    for order in server?.usePlan({ $0.advance(to: now) }) ?? [] {
      let (finding, delay) = (hosts[order.host] ?? Host()).finding(&random)
      transcript.note("probe", Int64(order.ticket), at: clock.now, "\(order.host) \(finding.verdict)")
      if random.chance(faults.lostProbes) { continue }
      agenda.plan(.finding(life: life, ticket: order.ticket, finding), at: clock.now + delay)
    }
  }

  func take(_ finding: ProbeFinding, _ ticket: UInt64) {
    let now = clock.moment
    if let decision = server?.usePlan({ $0.finished(ticket, finding, at: now) }) ?? nil {
      transcript.note("verdict", decision.isHealthy ? 1 : 0, at: clock.now, decision.key.words)
      server?.engine.submit(decision.command) { _ in }
    }
    probe()
  }
}
