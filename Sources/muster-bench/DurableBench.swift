import Glibc

/// Persistent instances: how many are registered in a second, each answered when it is on disk, and how soon a server
/// that finds many of them takes requests.
struct DurableBench {
  private static let instances = 100_000
  private static let connections = 64

  let muster: String

  func run() throws {
    let scratch = try Scratch()
    let folder = "\(scratch.path)/data"
    defer { _ = try? Child("rm", ["-r", folder]).remainingOutput() }
    let (rate, cpu) = try register(in: folder)
    row("persistent registrations", "a second", "cpu µs", "at \(Self.connections) connections")
    row("\(Self.instances)", rate.shown(0), cpu.shown(2), "")
    let starts = try (0..<3).map { _ in try MusterServer(muster, ["--data", folder]).startMilliseconds }
    row("restart with them", "median ms", "", "")
    row("to the ready line", median(starts).shown(1), "", "\n")
  }

  private func register(in folder: String) throws -> (rate: Double, cpu: Double) {
    let server = try MusterServer(muster, ["--data", folder])
    let population = Population(port: server.port, isPersistent: true)
    let pipelines = try (0..<Self.connections).map { _ in try Pipeline(port: server.port) }
    let before = try ProcessFigures.processorSeconds(server.child.pid)
    let start = microseconds()
    for first in stride(from: 0, to: Self.instances, by: Self.connections) {
      for (offset, pipeline) in pipelines.enumerated() {
        let number = first + offset
        try pipeline.send([population.request(service: number % 10_000, instance: number / 10_000)])
      }
      for pipeline in pipelines { try pipeline.awaitAnswers(1) }
    }
    let seconds = (microseconds() - start) / 1e6
    let used = try ProcessFigures.processorSeconds(server.child.pid) - before
    return (Double(Self.instances) / seconds, used * 1e6 / Double(Self.instances))
  }
}
