import EventLoop
import RegistryModel

/// Lives a fleet: its past at once, its present on a thread of its own.
public final class FleetDriver: Sendable {
  private let thread: LoopThread

  /// Returns when the past is lived: the registry then is what it would be after `Fleet.history` of real time.
  /// - Parameter clock: the one the registry was given.
  public init(seed: UInt64, world: FleetWorld, clock: FleetClock) throws {
    (thread, _) = try LoopThread.start(name: "fleet") { loop in
      let life = FleetLife(seed: seed, world: world, clock: clock)
      life.livePast()
      try life.livePresent(on: loop)
      loop.keep(life)
    }
  }

  public func stop() { thread.stop() }
}

/// The fleet and what stands for its processes, on the loop's thread.
private final class FleetLife {
  private var fleet: Fleet
  private let world: FleetWorld
  private let clock: FleetClock
  private var farm: SubscriberFarm?
  private var clients: Task<Void, Never>?

  init(seed: UInt64, world: FleetWorld, clock: FleetClock) {
    fleet = Fleet(seed: seed)
    self.world = world
    self.clock = clock
  }

  deinit { clients?.cancel() }

  /// Milliseconds between looks at the registry's deadlines in the fast past: well under what would count as a pause.
  private static let pastStep: Int64 = 500
  private static let presentStep = Duration.milliseconds(50)

  func livePast() {
    var time: Int64 = 0
    while time < Fleet.history {
      time += Self.pastStep
      clock.show(past: time)
      advance(to: time)
      world.advance()
    }
    clock.show(past: nil)
  }

  func livePresent(on loop: Loop) throws {
    farm = try SubscriberFarm(loop, plan: fleet.plan, world: world)
    if let checkout = fleet.plan.service("public", "checkout") {
      let clients = SocketClients(
        server: world.server, service: fleet.plan.services[checkout].key, members: fleet.handOver(checkout))
      self.clients = Task { await clients.live() }
    }
    loop.timer(every: Self.presentStep) { [unowned self] in advance(to: clock.life) }
  }

  private func advance(to time: Int64) {
    let plan = fleet.plan
    fleet.advance(to: time) { action in
      switch action {
      case .command(let command): world.submit(command)
      case .beats(let service): world.beatAll(plan.services[service].key)
      case .beat(let member):
        let planned = plan.members[member]
        world.beat(InstanceKey(service: plan.services[planned.service].key, address: planned.address))
      }
    }
  }
}
