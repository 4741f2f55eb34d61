import Glibc

/// What it costs to probe persistent instances.
struct ProbeBench {
  private static let probed = 20_000
  private static let instancesEach = 10

  let muster: String

  func run() throws { try ProbedHosts.with(Self.instancesEach, probing) }

  /// By TCP, all of which are well.
  private func probing(at hosts: ProbedHosts) throws {
    let server = try MusterServer(muster)
    try Population(port: server.port, hosts: hosts).fillDurably(
      services: Self.probed / Self.instancesEach, instancesEach: Self.instancesEach)
    sleep(10)
    let before = try (probes(of: server), ProcessFigures.processorSeconds(server.child.pid), microseconds())
    sleep(20)
    let passed = (microseconds() - before.2) / 1e6
    let used = try ProcessFigures.processorSeconds(server.child.pid) - before.1
    let begun = try probes(of: server) - before.0
    row("probing \(Self.probed) instances", "cores", "probes/s", "µs a probe")
    row(
      "each every \((Double(Self.probed) * passed / begun).shown(2)) s", (used / passed).shown(3), (begun / passed).shown(0),
      (used * 1e6 / begun).shown(2))
  }

  private func probes(of server: MusterServer) throws -> Double {
    let url = "http://127.0.0.1:\(server.port)/actuator/prometheus"
    let page = try Child("curl", ["-s", "--noproxy", "*", url]).remainingOutput()
    let lines = page.split(separator: "\n").filter { $0.hasPrefix("muster_probes_total{") }
    let counts = lines.compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }
    guard !counts.isEmpty else { throw BenchFailure("no count of probes at \(url)") }
    return counts.reduce(0, +)
  }
}
