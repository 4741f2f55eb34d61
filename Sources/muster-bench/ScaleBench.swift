import Glibc

/// How the cost of registering grows with the size of the service, and what instances cost that say nothing.
struct ScaleBench {
  private static let instances = 100_000
  private static let added = 10_000

  let muster: String

  func run() throws {
    row("register into a service of", "cpu µs", "", "")
    var points: [(x: Double, y: Double)] = []
    for size in [100, 1_000, 10_000, 100_000] {
      let cost = try registering(intoServicesOf: size)
      points.append((log(Double(size)), log(cost)))
      row("\(size)", cost.shown(2), "", "")
    }
    row("growth exponent", slope(points).shown(3), "", "\n")
    row("\(Self.instances) silent instances", "cores", "", "")
    row("over 5 s", try silence().shown(3), "", "\n")
  }

  /// Processor microseconds of a registration. Whatever the size, there are as many instances in all: what differs is
  /// among how many services they are spread.
  private func registering(intoServicesOf size: Int) throws -> Double {
    let server = try MusterServer(muster)
    let services = Self.instances / size
    let population = Population(port: server.port, metadata: .lasting)
    try population.fill(services: services, instances: 0..<size)
    let before = try ProcessFigures.processorSeconds(server.child.pid)
    try population.fill(services: services, instances: size..<(size + Self.added / services))
    let used = try ProcessFigures.processorSeconds(server.child.pid) - before
    return used * 1e6 / Double(Self.added)
  }

  /// How much of a core instances take that neither beat nor are due.
  private func silence() throws -> Double {
    let server = try MusterServer(muster)
    try Population(port: server.port, metadata: .lasting).fill(services: Self.instances / 10, instances: 0..<10)
    sleep(1)
    let before = try ProcessFigures.processorSeconds(server.child.pid)
    sleep(5)
    return (try ProcessFigures.processorSeconds(server.child.pid) - before) / 5
  }

  private func slope(_ points: [(x: Double, y: Double)]) -> Double {
    let count = Double(points.count)
    let x = points.map(\.x).reduce(0, +) / count
    let y = points.map(\.y).reduce(0, +) / count
    let covariance = points.map { ($0.x - x) * ($0.y - y) }.reduce(0, +)
    return covariance / points.map { ($0.x - x) * ($0.x - x) }.reduce(0, +)
  }
}
