import SimulatedWorld
import Testing

/// The machines together in seeded worlds (reliability B1). `muster-simulate` runs thousands of them.
@Suite struct WorldTests {
  @Test(arguments: UInt64(1)...16) func everyPromiseIsKept(seed: UInt64) {
    let report = World(seed: seed).run()
    #expect(report.fault == nil, "swift run -c release muster-simulate --seed \(seed)")
    #expect(report.commits > 20 && report.milliseconds == 360_000)
  }

  @Test func worldsAreWild() {
    let reports = (UInt64(1)...12).map { World(seed: $0).run() }
    #expect(reports.contains { $0.crashes > 0 })
    #expect(reports.contains { $0.datagrams > 100 })
  }

  @Test(arguments: [UInt64(3), 17, 4_711]) func sameSeedSameTranscript(seed: UInt64) {
    let first = World(seed: seed).run()
    let second = World(seed: seed, lines: 50).run()
    #expect(first.fingerprint == second.fingerprint)
    #expect(first.steps == second.steps && first.commits == second.commits)
    #expect(second.lines.count == 50 && first.lines.isEmpty)
    #expect(World(seed: seed + 1).run().fingerprint != first.fingerprint)
  }
}
