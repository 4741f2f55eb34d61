import Glibc

/// Persistent instances: how many are registered in a second, each answered when it is on disk, how soon a server that finds
/// many of them takes requests, and what it costs to probe them.
struct DurableBench {
  private static let services = 10_000
  private static let instancesEach = 10
  private static let probed = 20_000

  let muster: String
  let rounds: Int
  let seconds: Int

  func run() throws {
    try ProbedHosts.with(64, registering)
    try ProbedHosts.with(Self.instancesEach, restarting)
    try ProbedHosts.with(Self.instancesEach, probing)
  }

  private func registering(at hosts: ProbedHosts) throws {
    let scratch = try Scratch()
    let load = Load.registerPersistent(services: Self.services, port: hosts.port)
    let figures = try (0..<rounds).map { _ in
      try withFolder { folder in
        let server = try MusterServer(muster, ["--data", folder])
        return try load.run(port: server.port, pid: server.child.pid, seconds: seconds, scratch: scratch)
      }
    }
    row("persistent registrations", "a second", "cpu µs", "")
    row("at 64 connections", median(figures.map(\.rate)).shown(0), median(figures.map(\.cpu)).shown(2), "\n")
  }

  private func restarting(at hosts: ProbedHosts) throws {
    try withFolder { folder in
      do {
        let server = try MusterServer(muster, ["--data", folder])
        try fill(server, with: Self.services, at: hosts)
      }
      var starts: [Double] = []
      var stops: [Double] = []
      for _ in 0..<5 {
        let server = try MusterServer(muster, ["--data", folder])
        starts.append(server.startMilliseconds)
        let start = microseconds()
        server.child.stop()
        stops.append((microseconds() - start) / 1_000)
      }
      row("restart with \(Self.services * Self.instancesEach)", "median ms", "max", "")
      row("to the ready line", median(starts).shown(1), (starts.max() ?? 0).shown(1), "")
      row("from there to the end", median(stops).shown(1), (stops.max() ?? 0).shown(1), "\n")
    }
  }

  /// By TCP, all of which are well.
  private func probing(at hosts: ProbedHosts) throws {
    let server = try MusterServer(muster)
    let services = Self.probed / Self.instancesEach
    try fill(server, with: services, at: hosts)
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

  private func fill(_ server: MusterServer, with services: Int, at hosts: ProbedHosts) throws {
    let population = Population(port: server.port, hosts: hosts)
    let pipelines = try (0..<256).map { _ in try Pipeline(port: server.port) }
    let requests = (0..<Self.instancesEach).flatMap { instance in
      (0..<services).lazy.map { population.request(service: $0, instance: instance) }
    }
    for first in stride(from: 0, to: requests.count, by: pipelines.count) {
      let batch = requests[first..<min(first + pipelines.count, requests.count)]
      for (pipeline, request) in zip(pipelines, batch) { try pipeline.send([request]) }
      for (pipeline, _) in zip(pipelines, batch) { try pipeline.awaitAnswers(1) }
    }
  }

  private func probes(of server: MusterServer) throws -> Double {
    let url = "http://127.0.0.1:\(server.port)/actuator/prometheus"
    let page = try Child("curl", ["-s", "--noproxy", "*", url]).remainingOutput()
    let lines = page.split(separator: "\n").filter { $0.hasPrefix("muster_probes_total{") }
    let counts = lines.compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }
    guard !counts.isEmpty else { throw BenchFailure("no count of probes at \(url)") }
    return counts.reduce(0, +)
  }

  private func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let scratch = try Scratch()
    let folder = "\(scratch.path)/data"
    defer { _ = try? Child("rm", ["-r", folder]).remainingOutput() }
    return try body(folder)
  }
}
