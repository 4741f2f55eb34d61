import RegistryEngine
import RegistryModel

extension World {
  /// A provider does what is next for it.
  func act(provider place: Int) {
    let provider = providers[place]
    if provider.stoppedUntil > clock.now { return plan(provider: place, in: provider.stoppedUntil - clock.now) }
    switch provider.state {
    case .away: arrive(provider: place)
    case .registering: register(provider: place)
    case .leaving: leave(provider: place)
    case .registered: live(provider: place)
    }
  }

  private func arrive(provider place: Int) {
    lastVersion += 1
    providers[place].version = lastVersion
    providers[place].weight = Double(1 + random.pick(below: 9))
    providers[place].beatsAreLight = false
    register(provider: place)
  }

  private func register(provider place: Int) {
    providers[place].state = .registering
    let provider = providers[place]
    transcript.note("provider registers", Int64(place), provider.version, at: clock.now, provider.key.words)
    send(.command(Command(.register(provider.registration), by: origin(of: provider))), from: .provider(place))
    // Replaced when the answer comes.
    plan(provider: place, in: 6_000_000)
  }

  private func leave(provider place: Int) {
    providers[place].state = .leaving
    let provider = providers[place]
    transcript.note("provider leaves", Int64(place), at: clock.now, provider.key.words)
    send(.command(Command(.deregister(provider.key), by: origin(of: provider))), from: .provider(place))
    plan(provider: place, in: 6_000_000)
  }

  private func live(provider place: Int) {
    let dice = isCalm ? 99 : random.pick(below: 100)
    switch dice {
    case 0..<3: leave(provider: place)
    case 3..<5:
      // Its process ends without a word, and is started again some time later.
      transcript.note("provider dies", Int64(place), at: clock.now, providers[place].key.words)
      providers[place].state = .away
      plan(provider: place, in: random.number(1_000_000...90_000_000))
    case 5..<8: arrive(provider: place)
    default: beat(provider: place)
    }
  }

  private func beat(provider place: Int) {
    let provider = providers[place]
    let spread = random.number(0...50_000)
    guard provider.key.address.isEphemeral else { return plan(provider: place, in: 8_000_000 + spread) }
    let address = provider.key.address
    let body = provider.beatsAreLight ? nil : Beat.Body(weight: provider.weight, metadata: provider.metadata)
    let beat = Beat(
      service: provider.key.service, cluster: address.cluster, ip: address.ip, port: Int(address.port), body: body)
    transcript.note("provider beats", Int64(place), at: clock.now)
    send(.beat(beat), from: .provider(place))
    plan(provider: place, in: provider.interval + spread)
  }

  func take(_ reply: Reply, to request: Request, provider place: Int) {
    let provider = providers[place]
    switch (provider.state, reply) {
    case (.registering, .done):
      guard request.isRegistration(provider.version) else { return }
      providers[place].state = .registered
      plan(provider: place, in: random.number(0...provider.interval))
    case (.registering, .refused), (.registering, .unreachable):
      if request.isRegistration(provider.version) { plan(provider: place, in: random.number(500_000...2_000_000)) }
    case (.leaving, .done):
      guard request.isDeregistration else { return }
      providers[place].state = .away
      plan(provider: place, in: isCalm ? 1_000 : random.number(1_000_000...60_000_000))
    case (.leaving, .refused), (.leaving, .unreachable):
      if request.isDeregistration { plan(provider: place, in: random.number(100_000...1_000_000)) }
    case (.registered, .beat(.alive(_, let lightBeats))): providers[place].beatsAreLight = lightBeats
    case (.registered, .beat(.unknown)): register(provider: place)
    default: break
    }
  }

  func wake(provider place: Int) {
    let held = providers[place].held
    providers[place].held = []
    for (request, reply) in held { take(reply, to: request, provider: place) }
  }

  private func origin(of provider: Provider) -> Origin {
    .client(address: "\(provider.key.address.ip):40000", agent: "Nacos-Java-Client:v1.4.8")
  }
}

extension Request {
  fileprivate func isRegistration(_ version: Int64) -> Bool {
    guard case .command(let command) = body, case .register(let registration) = command.action else { return false }
    return registration.metadata["version"] == String(version)
  }

  fileprivate var isDeregistration: Bool {
    guard case .command(let command) = body, case .deregister = command.action else { return false }
    return true
  }
}
