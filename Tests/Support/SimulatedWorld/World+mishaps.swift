import RegistryEngine
import RegistryModel

/// What happens to a world from outside.
enum Mishap: CaseIterable {
  case clientPause, serverPause, wallStep, crash, fullDisk, hostTurns
}

extension World {
  private func mean(of mishap: Mishap) -> Int64 {
    switch mishap {
    case .clientPause: faults.clientPauses
    case .serverPause: faults.serverPauses
    case .wallStep: faults.wallSteps
    case .crash: faults.crashes
    case .fullDisk: faults.fullDisks
    case .hostTurns: faults.illHosts
    }
  }

  func planMishaps() {
    for mishap in Mishap.allCases { planNext(mishap) }
  }

  private func planNext(_ mishap: Mishap) {
    let mean = mean(of: mishap)
    if mean > 0 { agenda.plan(.mishap(mishap), at: clock.now + random.number(1_000...(2 * mean))) }
  }

  func happen(_ mishap: Mishap) {
    if isCalm { return }
    switch mishap {
    case .clientPause: pauseClient()
    case .serverPause: pauseServer()
    case .wallStep:
      let step = random.number(1_000...(random.chance(30) ? 200_000_000 : 60_000))
      transcript.note("wall clock steps", step, at: clock.now)
      clock.stepWall(by: random.chance(50) ? step : -step)
    case .crash: crash()
    case .fullDisk:
      isDiskFull.toggle()
      transcript.note("disk", isDiskFull ? 1 : 0, at: clock.now, isDiskFull ? "is full" : "has room")
    case .hostTurns: turnHost()
    }
    planNext(mishap)
  }

  private func pauseClient() {
    let length = random.number(100_000...60_000_000)
    if random.chance(50) {
      let place = random.pick(below: providers.count)
      transcript.note("provider stops", Int64(place), length, at: clock.now)
      providers[place].stoppedUntil = clock.now + length
      agenda.plan(.providerWakes(place), at: clock.now + length)
    } else {
      let place = random.pick(below: watchers.count)
      transcript.note("watcher stops", Int64(place), length, at: clock.now)
      watchers[place].stoppedUntil = clock.now + length
      agenda.plan(.watcherWakes(place), at: clock.now + length)
    }
  }

  private func pauseServer() {
    if server == nil || asleepUntil != nil { return }
    let length = random.chance(50) ? random.number(5_000...900_000) : random.number(900_000...70_000_000)
    transcript.note("server stops", length, at: clock.now)
    asleepUntil = clock.now + length
    wakefulness.note(clock.now..<(clock.now + length))
    agenda.plan(.serverWakes, at: clock.now + length)
  }

  /// Acknowledgements that have arrived are read before time is looked at; the rest comes before or after.
  func wakeServer() {
    guard asleepUntil != nil else { return }
    asleepUntil = nil
    transcript.note("server goes on", at: clock.now)
    let events = held
    held = []
    for event in events where event.isAcknowledgement { serveHeld(event) }
    if random.chance(50) {
      runTimers()
      afterStep()
    }
    for event in events where !event.isAcknowledgement { serveHeld(event) }
  }

  private func serveHeld(_ event: Event) {
    serve(event)
    afterStep()
  }

  /// What was on its way to the server is lost with its connections, and whoever sent it learns that.
  private func crash() {
    guard let server else { return }
    crashes += 1
    transcript.note("crash", at: clock.now)
    // A transaction may have come to its end and not to its answers.
    if random.chance(50), !isDiskFull, seams.answersEarlyBy == 0 { keep(server.store.commits) }
    rememberTheLiving(of: server.engine)
    for request in server.open.values.sorted(by: { $0.number < $1.number }) { fail(request, in: 1_000) }
    for case .request(let request) in held { fail(request, in: 1_000) }
    self.server = nil
    asleepUntil = nil
    held = []
    life += 1
    let length = random.chance(50) ? random.number(300_000...2_000_000) : random.number(2_000_000...40_000_000)
    agenda.plan(.serverStarts, at: clock.now + length)
  }

  func start() {
    let restored = seams.restored(disk.state)
    server = SimulatedServer(limits: limits, restored: restored, clock: clock, seams: seams)
    transcript.note("server starts", Int64(disk.revision), at: clock.now)
    server?.followCatalog(at: clock.moment, random: &machineRandom)
    judgeStart()
  }

  private func turnHost() {
    let places = hosts.keys.sorted()
    if places.isEmpty { return }
    let place = places[random.pick(below: places.count)]
    let conditions = Host.Condition.allCases
    let condition = random.chance(40) ? .well : conditions[random.pick(below: conditions.count)]
    transcript.note("host turns", at: clock.now, "\(place) \(condition)")
    hosts[place]?.condition = condition
    hosts[place]?.lastIll = clock.now
  }

  /// From now on nothing goes wrong, and nobody wants anything but to be there.
  func calmDown() {
    transcript.note("calm", at: clock.now)
    isCalm = true
    faults = .none
    isDiskFull = false
    for place in hosts.keys {
      hosts[place]?.condition = .well
      hosts[place]?.lastIll = clock.now
    }
    for place in providers.indices { providers[place].stoppedUntil = min(providers[place].stoppedUntil, clock.now) }
    for place in watchers.indices { watchers[place].stoppedUntil = min(watchers[place].stoppedUntil, clock.now) }
    for place in providers.indices {
      wake(provider: place)
      // Everybody says again what it is: operators may have made it flap.
      if providers[place].state != .leaving {
        providers[place].state = .away
        plan(provider: place, in: random.number(0...10_000_000))
      }
    }
    for place in watchers.indices {
      wake(watcher: place)
      if watchers[place].isAway { plan(watcher: place, in: random.number(0...10_000_000)) }
    }
    // A server that stands still goes on, and one that is down is started.
    wakeServer()
    for entry in ["check", "pushEnabled"] {
      lastNumber += 1
      let command = Command(.setSwitch(entry: entry, value: "true"), by: .operator(name: "ann"))
      let request = Request(number: lastNumber, sender: .person, body: .command(command), sentAt: clock.now)
      agenda.plan(.request(request), at: clock.now + 45_000_000)
    }
  }
}

extension World.Event {
  fileprivate var isAcknowledgement: Bool { if case .acknowledgement = self { true } else { false } }
}
