import RegistryEngine
import RegistryModel
import TestSupport

/// A seeded world: a server made of the real machines, its disk, its clients, its operators and a bad network, in
/// simulated time. Everything that happens follows from the seed; the judges look after every step.
///
/// It is wild until `wildTime` and calm from then on, so that at the end everybody must agree.
public final class World {
  enum Event {
    case provider(Int, turn: Int)
    case watcher(Int, turn: Int)
    case person
    case request(Request)
    case reply(Request, Reply)
    case datagram(Datagram)
    case acknowledgement(PushAcknowledgement)
    case unreachable(PushEndpoint)
    case stored(life: Int)
    case finding(life: Int, ticket: UInt64, ProbeFinding)
    case mishap(Mishap)
    case serverWakes
    case serverStarts
    case providerWakes(Int)
    case watcherWakes(Int)
    case calm
  }

  /// Microseconds.
  static let wildTime: Int64 = 240_000_000
  static let calmTime: Int64 = 120_000_000

  public let seed: UInt64
  let seams: Seams
  let clock = SimulatedClock()
  var random: SeededRandom
  /// For what the machines draw themselves.
  var machineRandom: SeededRandom
  var faults: Faults
  var limits = Limits()
  var agenda = Agenda<Event>()
  var transcript: Transcript
  var isCalm = false

  var disk = SimulatedDisk()
  var isDiskFull = false
  var server: SimulatedServer?
  var life = 0
  var asleepUntil: Int64?
  /// What arrived while the server stood still.
  var held: [Event] = []

  var providers: [Provider] = []
  var providerPlaces: [InstanceKey: Int] = [:]
  var watchers: [Watcher] = []
  var watcherPlaces: [PushEndpoint: Int] = [:]
  var hosts: [String: Host] = [:]
  var wishes: Wishes
  var services: [ServiceKey] = []
  var lastNumber: Int64 = 0
  var lastVersion: Int64 = 0

  var wakefulness = Wakefulness()
  var silence = SilenceJudge()
  var kept = KeptJudge()
  var departures = DepartureJudge()
  var push = PushJudge()
  /// The last commit about each instance.
  var touched: [InstanceKey: Revision] = [:]
  /// What a restart must keep: instances that were called healthy, and notes on ephemeral ones that are away.
  var aliveBefore: Set<InstanceKey> = []
  var waitingNotes: [InstanceKey: InstanceNote] = [:]
  var isChecking = true
  /// Commits that were answered and are not kept yet: only where a test wants that.
  var late: [(at: Int64, life: Int, commits: [Commit])] = []
  var commits = 0
  var requests = 0
  var crashes = 0
  public internal(set) var fault: Fault?

  /// - Parameter lines: how many lines of what happened are kept in words.
  public init(seed: UInt64, seams: Seams = Seams(), lines: Int = 0) {
    self.seed = seed
    self.seams = seams
    var random = SeededRandom(seed: seed)
    machineRandom = SeededRandom(seed: random.next())
    faults = Faults(&random)
    self.random = random
    transcript = Transcript(kept: lines)
    wishes = Wishes(services: [], instances: [])
    populate()
    start()
  }

  func blame(_ invariant: Invariant, _ what: @autoclosure () -> String) {
    if fault != nil { return }
    fault = Fault(invariant: invariant, what: what(), at: clock.now / 1_000, step: transcript.steps)
  }
}
