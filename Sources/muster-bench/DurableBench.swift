import Glibc

/// Persistent instances: how many are registered in a second, each answered when it is on disk, and how soon a server that
/// finds many of them takes requests.
struct DurableBench {
  private static let services = 10_000
  private static let instancesEach = 10

  let muster: String
  let rounds: Int
  let seconds: Int

  func run() throws {
    try ProbedHosts.with(64, registering)
    try ProbedHosts.with(Self.instancesEach, restarting)
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
        try Population(port: server.port, hosts: hosts).fillDurably(services: Self.services, instancesEach: Self.instancesEach)
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

  private func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let scratch = try Scratch()
    let folder = "\(scratch.path)/data"
    defer { _ = try? Child("rm", ["-r", folder]).remainingOutput() }
    return try body(folder)
  }
}
