import Glibc

/// Measures a release build of `muster serve` beside nginx on the same machine, in interleaved rounds: processor time
/// for each operation, as medians, because requests a second say more about the machine's mood than about the server.
@main
struct Bench {
  static func main() {
    do {
      var words = CommandLine.arguments.dropFirst()
      let folder = CommandLine.arguments[0].split(separator: "/", omittingEmptySubsequences: false).dropLast()
      var bench = Bench(muster: (folder + ["muster"]).joined(separator: "/"))
      while let word = words.popFirst() {
        switch (word, words.popFirst()) {
        case ("--rounds", let value?): bench.rounds = max(1, Int(value) ?? bench.rounds)
        case ("--seconds", let value?): bench.seconds = max(1, Int(value) ?? bench.seconds)
        case ("--muster", let value?): bench.muster = value
        case ("--only", let value?): bench.only = try Part.named(value)
        default: throw BenchFailure("usage: muster-bench [--rounds N] [--seconds N] [--muster PATH] [--only \(Part.names)]")
        }
      }
      try bench.run()
    } catch {
      fputs("muster-bench: \(error)\n", stderrFile())
      exit(1)
    }
  }

  enum Part: String, CaseIterable {
    case requests, push, start, memory, scale, durable, probes

    static var names: String { allCases.map(\.rawValue).joined(separator: "|") }

    static func named(_ name: String) throws -> Part {
      guard let part = Part(rawValue: name) else { throw BenchFailure("no part \(name); there are \(names)") }
      return part
    }
  }

  var muster: String
  var rounds = 3
  var seconds = 3
  /// Nil for all of them.
  var only: Part?

  init(muster: String) { self.muster = muster }

  func run() throws {
    print("medians of \(rounds) interleaved rounds of \(seconds) s; cpu = user + system time of the server process\n")
    for part in Part.allCases where only == nil || part == only { try run(part) }
  }

  private func run(_ part: Part) throws {
    switch part {
    case .requests: try requests()
    case .push:
      try push(subscribers: 100)
      try push(subscribers: 1_000)
    case .start: try starts()
    case .memory: try memory(instances: 100_000)
    case .scale: try ScaleBench(muster: muster).run()
    case .durable: try DurableBench(muster: muster, rounds: rounds, seconds: seconds).run()
    case .probes: try ProbeBench(muster: muster).run()
    }
  }

  /// Beat, list and register beside nginx's constant and file.
  private func requests() throws {
    let scratch = try Scratch()
    let server = try MusterServer(muster)
    try Population(port: server.port).fill(services: 1_000, instancesEach: 10)
    let listBytes = try Population(port: server.port).listBytes()
    let nginx = try NginxServer(fileBytes: listBytes)
    var figures: [String: [(cpu: Double, rate: Double)]] = [:]
    for _ in 0..<rounds {
      for load in [Load.beat, .list] {
        figures[load.name, default: []].append(
          try load.run(port: server.port, pid: server.child.pid, seconds: seconds, scratch: scratch))
      }
      for load in [Load.constant("nginx constant", "/beat"), .constant("nginx file", "/list")] {
        figures[load.name, default: []].append(
          try load.run(port: nginx.port, pid: nginx.child.pid, seconds: seconds, scratch: scratch))
      }
    }
    for _ in 0..<rounds {
      // Each round starts again, so that the services do not grow from one to the next.
      let fresh = try MusterServer(muster)
      try Population(port: fresh.port).fill(services: 1_000, instancesEach: 10)
      figures["register", default: []].append(
        try Load.register.run(port: fresh.port, pid: fresh.child.pid, seconds: seconds, scratch: scratch))
    }
    func cpu(_ name: String) -> Double { median((figures[name] ?? []).map(\.cpu)) }
    row("operation", "cpu µs", "requests/s", "ratio")
    for (name, yardstick) in [
      ("nginx constant", "nginx constant"), ("beat", "nginx constant"), ("register", "nginx constant"),
      ("nginx file", "nginx file"), ("list of 10", "nginx file"),
    ] {
      let rate = median((figures[name] ?? []).map(\.rate))
      row(name, cpu(name).shown(2), rate.shown(0), "\((cpu(name) / cpu(yardstick)).shown(2)) x \(yardstick)")
    }
    print("(a list of 10 is \(listBytes) bytes)\n")
  }

  /// From the edit's request to the datagram at each subscriber, all of which acknowledge.
  private func push(subscribers: Int) throws {
    let processors = Processors()
    let server = try MusterServer(muster, on: processors.allButTheLast)
    try processors.moveToTheLast()
    let figures = try PushBench(server: server, subscribers: subscribers).run(changes: 200)
    try processors.leaveTheLast()
    row("push, \(subscribers) subscribers", "p50", "p99", "cpu µs a datagram")
    row("first datagram, ms", percentile(figures.first, 0.5).shown(3), percentile(figures.first, 0.99).shown(3), "")
    row(
      "last datagram, ms", percentile(figures.last, 0.5).shown(3), percentile(figures.last, 0.99).shown(3), figures.cpu.shown(2))
    print("")
  }

  private func starts() throws {
    var times: [Double] = []
    var resident: [Double] = []
    var own: [Double] = []
    for _ in 0..<11 {
      let server = try MusterServer(muster)
      times.append(server.startMilliseconds)
      // What a start alone needed is given back a second after it.
      sleep(2)
      resident.append(Double(try ProcessFigures.residentBytes(server.child.pid)) / 1e6)
      own.append(Double(try ProcessFigures.residentBytes(server.child.pid, .own)) / 1e6)
    }
    row("start", "median", "max", "")
    row("to the ready line, ms", median(times).shown(1), (times.max() ?? 0).shown(1), "")
    row("resident idle, MB", median(resident).shown(1), (resident.max() ?? 0).shown(1), "")
    row("of it no file's, MB", median(own).shown(1), (own.max() ?? 0).shown(1), "\n")
  }

  private func memory(instances: Int) throws {
    row("resident at \(instances) instances", "bytes each", "MB in all", "")
    for (name, distinct) in [("equal metadata", false), ("distinct metadata", true)] {
      let server = try MusterServer(muster)
      let before = try ProcessFigures.residentBytes(server.child.pid)
      try Population(port: server.port, metadata: distinct ? .distinct : .equal).fill(
        services: instances / 10, instancesEach: 10)
      let after = try ProcessFigures.residentBytes(server.child.pid)
      row(name, (Double(after - before) / Double(instances)).shown(0), (Double(after) / 1e6).shown(1), "")
    }
  }
}

private func stderrFile() -> UnsafeMutablePointer<FILE>? { fdopen(2, "w") }

extension Double {
  func shown(_ decimals: Int) -> String {
    if isNaN { return "-" }
    let scale = [1.0, 10, 100, 1_000][decimals]
    let scaled = Int((self * scale).rounded())
    guard decimals > 0 else { return "\(scaled)" }
    let fraction = String(abs(scaled) % Int(scale))
    return "\(scaled / Int(scale))." + String(repeating: "0", count: decimals - fraction.count) + fraction
  }
}

func row(_ cells: String...) {
  let widths = [32, 14, 14, 24]
  print(zip(cells, widths).map { $0 + String(repeating: " ", count: max(1, $1 - $0.count)) }.joined())
}
