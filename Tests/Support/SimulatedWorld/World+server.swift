import RegistryEngine
import RegistryModel
import TestSupport

/// What the server does with what reaches it, as the real one would.
extension World {
  func serve(_ event: Event) {
    switch event {
    case .request(let request): serve(request)
    case .acknowledgement(let acknowledgement):
      guard server != nil else { return }
      transcript.note("acknowledged", acknowledgement.nonce, at: clock.now, "\(acknowledgement.source)")
      push.acknowledged(acknowledgement.source, acknowledgement.nonce, at: clock.now)
      run { $0.acknowledged(acknowledgement, at: $1, random: &$2) }
    case .unreachable(let endpoint):
      if server != nil { run { ledger, _, _ in ledger.unreachable(endpoint) } }
    case .stored(let life): if life == self.life { endTransaction() }
    case .finding(let life, let ticket, let finding): if life == self.life { take(finding, ticket) }
    default: break
    }
  }

  private func serve(_ request: Request) {
    guard let engine = server?.engine, let answers = server?.answers else { return fail(request, in: 1_000) }
    transcript.note("request", request.number, at: clock.now)
    switch request.body {
    case .command(let command): submit(seams.command(command), request, engine, answers)
    case .beat(let beat): take(beat, request, engine, answers)
    case .list(let subscriber): answer(subscriber, request, engine)
    }
  }

  private func submit(_ command: Command, _ request: Request, _ engine: Engine, _ answers: Answers) {
    server?.open[request.number] = request
    let number = request.number
    listen(to: command)
    let before = engine.revision
    engine.submit(command) { answers.add(number, $0) }
    if engine.revision > before { server?.revisions[number] = engine.revision }
  }

  /// What a command tells about who is alive: it counts from the moment at which the registry takes it.
  private func listen(to command: Command) {
    switch command.action {
    case .register(let registration), .update(let registration, _): silence.hear(registration.key, at: clock.now)
    case .patch(let service, let cluster, let ip, let port, _):
      let address = InstanceAddress(cluster: cluster, ip: ip, port: port)
      silence.hear(InstanceKey(service: service, address: address), at: clock.now)
    default: break
    }
  }

  private func take(_ beat: Beat, _ request: Request, _ engine: Engine, _ answers: Answers) {
    let key = InstanceKey(
      service: beat.service, address: InstanceAddress(cluster: beat.cluster, ip: beat.ip, port: beat.port))
    let interval = engine.switches.clientBeatInterval
    switch seams.beat(beat) {
    case .swallowed:
      silence.hear(key, at: clock.now)
      reply(.beat(.alive(interval: interval, lightBeats: true)), to: request)
    case .command(let command): submit(command, request, engine, answers)
    case .beat(let beat):
      // A full beat of somebody who fell silent registers it; a light one is heard by those who are there.
      if beat.body != nil || engine.catalog[key] != nil { silence.hear(key, at: clock.now) }
      do throws(RegistryError) {
        reply(.beat(try engine.beat(beat, by: .client(address: beat.ip, agent: ""))), to: request)
      } catch {
        reply(.refused(error), to: request)
      }
    }
    if departures.isGone(key, at: clock.now), engine.catalog[key] != nil {
      blame(.departure, "\(key.words) left, and a beat brings it back")
    }
  }

  /// Who polls subscribes, and before the list is read: what changes in between is pushed.
  private func answer(_ subscriber: Subscriber, _ request: Request, _ engine: Engine) {
    if engine.switches.pushEnabled, let endpoint = PushEndpoint(ip: subscriber.ip, port: subscriber.port) {
      let sawHosts = subscriber.clusters.isEmpty && (engine.service(subscriber.service)?.counts.enabled ?? 0) > 0
      push.polled(subscriber.service, endpoint, at: clock.now)
      run { ledger, now, _ in
        (try? ledger.subscribe(subscriber, naming: .grouped, sawHosts: sawHosts, at: now)) ?? []
      }
    }
    reply(.list(view(of: subscriber.service)), to: request)
  }

  func view(of key: ServiceKey) -> View {
    guard let engine = server?.engine else { return View(of: nil, at: 0) }
    return View(of: seams.list(engine.service(key)), at: engine.revision)
  }

  /// Time has brought something: one of the machines wants to be called.
  func runTimers() {
    let now = clock.now
    transcript.note("timer", at: now)
    if let engine = server?.engine, let next = engine.nextDeadline, next.milliseconds * 1_000 <= now { engine.advance() }
    if let time = server?.pushReads, time <= now { readLogForPush() }
    if let time = server?.probesRead, time <= now { readLogForProbes() }
    if let next = server?.ledger.nextDeadline, next <= now { run { $0.advance(to: $1, random: &$2) } }
    if let next = server?.plan.nextDeadline, next.milliseconds * 1_000 <= now { probe() }
  }

  private func readLogForPush() {
    let news = server?.readLog() ?? []
    run { ledger, now, random in
      news.flatMap { ledger.changed($0.service, revision: $0.revision, at: now, random: &random) }
    }
  }

  /// Lets the ledger do something, and does what it wants done.
  private func run(_ body: (inout PushLedger, PushInstant, inout SeededRandom) -> [PushAction]) {
    // Where it stands: a copy of it would cost more than what it does.
    let wanted = server?.useLedger { body(&$0, clock.instant, &machineRandom) } ?? []
    if wanted.isEmpty { return }
    let actions = seams.push(wanted)
    var joined: [Subscriber] = []
    var left: [Subscriber] = []
    for action in actions {
      switch action {
      case .send(let round): send(round)
      case .joined(let subscriber): joined.append(subscriber)
      case .left(let subscriber, let why):
        left.append(subscriber)
        let endpoint = PushEndpoint(ip: subscriber.ip, port: subscriber.port)
        if let endpoint { push.left(subscriber.service, endpoint, why, at: clock.now) }
      case .gaveUp: break
      }
    }
    if !joined.isEmpty || !left.isEmpty { server?.engine.noteSubscribers(joined: joined, left: left) }
  }

  private func send(_ round: PushRound) {
    let view = view(of: round.service)
    for batch in round.batches {
      server?.ledger.encoded(batch.nonce, hosts: view.hosts)
      for target in batch.targets {
        let datagram = Datagram(target: target, service: round.service, nonce: batch.nonce, view: view, life: life)
        transcript.note("push", batch.nonce, Int64(view.revision), at: clock.now, "to \(target) of \(round.service.grouped)")
        push.sent(datagram, isRepeat: batch.isRepeat, at: clock.now)
        send(datagram)
      }
    }
  }
}
