import RegistryModel
import TestSupport

/// What goes wrong in one world, and how often. Every kind is left out of a third of all worlds and is rare or frequent in
/// the others: a world in which everything goes wrong at once hides as much as one in which nothing does.
///
/// Shares are percents; times are microseconds, those of what recurs are means, 0 for never.
struct Faults {
  var datagramLoss = 0
  var datagramCopies = 0
  /// Datagrams held up long enough to be overtaken, but never as long as the ledger's ordering window: beyond that no
  /// order can be promised.
  var datagramDelays = 0
  var requestLoss = 0
  var answerLoss = 0
  var requestDelays = 0
  var clientPauses: Int64 = 0
  var serverPauses: Int64 = 0
  var wallSteps: Int64 = 0
  var crashes: Int64 = 0
  var fullDisks: Int64 = 0
  var illHosts: Int64 = 0
  var lostProbes = 0
  var operators: Int64 = 0
  /// Whether readers of the change log fall behind easily.
  var isLogShort = false

  static let none = Faults()

  private init() {}

  init(_ random: inout SeededRandom) {
    func share(_ most: Int, _ random: inout SeededRandom) -> Int {
      random.chance(33) ? 0 : 1 + random.pick(below: most)
    }
    func mean(_ seconds: ClosedRange<Int64>, _ random: inout SeededRandom) -> Int64 {
      random.chance(33) ? 0 : random.number(seconds) * 1_000_000
    }
    datagramLoss = share(50, &random)
    datagramCopies = share(30, &random)
    datagramDelays = share(60, &random)
    requestLoss = share(20, &random)
    answerLoss = share(20, &random)
    requestDelays = share(40, &random)
    clientPauses = mean(5...60, &random)
    serverPauses = mean(10...120, &random)
    wallSteps = mean(10...120, &random)
    crashes = mean(20...200, &random)
    fullDisks = mean(20...120, &random)
    illHosts = mean(2...30, &random)
    lostProbes = share(10, &random)
    operators = mean(1...10, &random)
    isLogShort = random.chance(25)
  }
}
