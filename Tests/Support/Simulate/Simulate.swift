import Dispatch
import Glibc
import SimulatedWorld
import Synchronization

/// Runs many simulated worlds, on as many cores as there are, and says in one line what they came to; of a world in which
/// a promise was broken it says which promise, when, what happened last, and how to see it again.
@main enum Simulate {
  private static let usage = """
    usage: muster-simulate [--seeds N] [--first SEED] [--threads N]   run worlds
           muster-simulate --seed SEED [--lines N]                   run one, and show what happened last in it

    """

  static func main() {
    let options: Options
    do {
      options = try Options(CommandLine.arguments.dropFirst())
    } catch {
      print(usage, terminator: "")
      exit(2)
    }
    let isSound = options.seed.map { show($0, lines: options.lines) } ?? runAll(options)
    exit(isSound ? 0 : 1)
  }

  private static func show(_ seed: UInt64, lines: Int) -> Bool {
    let report = World(seed: seed, lines: lines).run()
    for line in report.lines { print(line) }
    print(String(report))
    return report.fault == nil
  }

  private static func runAll(_ options: Options) -> Bool {
    let tally = Mutex(Tally())
    let next = Atomic<UInt64>(options.first)
    let end = options.first + options.seeds
    let start = ContinuousClock.now
    DispatchQueue.concurrentPerform(iterations: options.threads) { _ in
      while true {
        let seed = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if seed >= end { return }
        let report = World(seed: seed).run()
        tally.withLock { $0.add(report) }
      }
    }
    let sum = tally.withLock { $0 }
    for report in sum.broken.sorted(by: { $0.seed < $1.seed }).prefix(options.shown) {
      _ = show(report.seed, lines: options.lines)
    }
    print("\(sum.line), in \(Double((ContinuousClock.now - start) / .milliseconds(100)).rounded() / 10) s")
    return sum.broken.isEmpty
  }
}

private struct Options {
  var seeds: UInt64 = 2_000
  var first: UInt64 = 1
  var seed: UInt64?
  var threads = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  var lines = 40
  /// Broken worlds that are shown.
  let shown = 5

  struct Wrong: Error {}

  init(_ arguments: ArraySlice<String>) throws {
    var rest = arguments
    while let name = rest.popFirst() {
      guard let text = rest.popFirst(), let number = UInt64(text) else { throw Wrong() }
      switch name {
      case "--seeds": seeds = number
      case "--first": first = number
      case "--seed": seed = number
      case "--threads": threads = Int(clamping: max(1, number))
      case "--lines": lines = Int(clamping: number)
      default: throw Wrong()
      }
    }
  }
}

private struct Tally {
  var worlds = 0
  var milliseconds: Int64 = 0
  var steps = 0
  var commits = 0
  var requests = 0
  var datagrams = 0
  var crashes = 0
  var broken: [Report] = []

  mutating func add(_ report: Report) {
    worlds += 1
    milliseconds += report.milliseconds
    steps += report.steps
    commits += report.commits
    requests += report.requests
    datagrams += report.datagrams
    crashes += report.crashes
    if report.fault != nil { broken.append(report) }
  }

  var line: String {
    "\(worlds) seeds, \(broken.count) broken: \(milliseconds / 3_600_000) simulated hours, \(steps) steps, \(commits) commits, "
      + "\(requests) requests, \(datagrams) datagrams, \(crashes) crashes"
  }
}

extension String {
  fileprivate init(_ report: Report) {
    let outcome =
      report.fault.map { "seed \(report.seed) breaks \($0.invariant.rawValue) at \($0.at) ms, step \($0.step): \($0.what)" }
      ?? "seed \(report.seed) is sound: \(report.steps) steps, \(report.commits) commits, \(report.datagrams) datagrams"
    self = outcome + "\n  again: swift run -c release muster-simulate --seed \(report.seed)"
  }
}
