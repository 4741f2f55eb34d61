import RegistryEngine
import RegistryModel

extension World {
  /// What every step is followed by: the judges see what came of it, and whoever waits for news is told.
  func afterStep() {
    keepWhatIsLate()
    followLog()
    takeAnswers()
    store()
    if server != nil, asleepUntil == nil { push.check(at: clock.now, wakefulness) }
    if let first = push.takeFaults().sorted().first { blame(.convergence, first) }
  }

  private func followLog() {
    guard let engine = server?.engine, let judged = server?.judged else { return }
    guard case .commits(let commits) = engine.read(after: judged) else {
      return blame(.inside, "the judges lost their place in the log")
    }
    guard let last = commits.last else { return }
    server?.judged = last.revision
    for commit in commits { judge(commit) }
    if server?.pushReads == nil { server?.pushReads = clock.now + random.number(0...1_000) }
    if server?.probesRead == nil { server?.probesRead = clock.now + 200_000 }
  }

  private func judge(_ commit: Commit) {
    commits += 1
    transcript.note("commit", Int64(commit.revision), at: clock.now, "\(commit.origin) \(commit.changes.map(\.words))")
    kept.follow(commit)
    for change in commit.changes {
      switch change {
      case .instance(let service, let before, let after, let cause):
        guard let either = after ?? before else { continue }
        let key = InstanceKey(service: service, address: either.address)
        touched[key] = commit.revision
        judge(key, before, after, cause, by: commit.origin)
      case .switches(_, _, _, let all):
        if !all.healthCheckEnabled || !isChecking { silence.hold(at: clock.now) }
        isChecking = all.healthCheckEnabled
        if !all.pushEnabled { push.silence() }
      case .note(let key, _, _): waitingNotes[key] = nil
      case .service, .cluster, .namespace, .subscriber, .access: break
      }
    }
    guard server?.engine.switches.pushEnabled == true else { return }
    for service in Set(commit.changes.compactMap(\.pushedService)) { push.changed(service, commit.revision, at: clock.now) }
  }

  private func judge(_ key: InstanceKey, _ before: Instance?, _ after: Instance?, _ cause: InstanceCause, by origin: Origin) {
    if !key.address.isEphemeral {
      if origin == .probe, cause == .turnedUnhealthy { judgeProbes(of: key) }
      return
    }
    if origin == .silence, let before {
      let fault = silence.fault(in: cause, on: before, key, at: clock.now, wakefulness)
      if let fault { blame(.patience, fault) }
    }
    if let after { silence.follow(key, before, after, at: clock.now) } else { silence.forget(key) }
    if cause == .deregistered, let before, let switches = server?.engine.switches {
      departures.left(before, key, switches: switches, at: clock.now)
    }
    if before == nil, let after {
      if departures.isGone(key, at: clock.now), origin == .system {
        blame(.departure, "\(key.words) left, and is there again without having registered")
      }
      departures.registered(key)
      // It is put back with its time counted anew.
      if origin == .system { silence.hear(key, at: clock.now) }
      judgeNote(of: after, key)
    }
  }

  /// A host that has been well all the time is never called unhealthy.
  private func judgeProbes(of key: InstanceKey) {
    guard let host = hosts[key.address.ip], host.condition == .well || host.condition == .slow else { return }
    // Ten seconds: what a probe has found is known long before.
    if clock.now - host.lastIll > 10_000_000, wakefulness.asleep(from: host.lastIll, to: clock.now).times == 0 {
      blame(.probes, "\(key.words) is called unhealthy and was well all the time")
    }
  }

  /// What operators left on an instance that was away for a restart is on it again (reliability E4).
  private func judgeNote(of instance: Instance, _ key: InstanceKey) {
    guard let note = waitingNotes.removeValue(forKey: key) else { return }
    if note != instance.note { blame(.durability, "\(key.words) comes back without what an operator left on it") }
  }

  private func takeAnswers() {
    guard let answers = server?.answers else { return }
    for (number, result) in answers.take() {
      guard let request = server?.open.removeValue(forKey: number) else { continue }
      let revision = server?.revisions.removeValue(forKey: number)
      switch result {
      case .success(let receipt):
        // What changed nothing names a commit of somebody else's, which may still be on its way.
        if receipt.didChange { kept.answered(receipt.revision, isStored: true) }
        if case .command(let command) = request.body { judge(command.action, receipt) }
        reply(.done(receipt), to: request)
      case .failure(let error):
        if let revision { kept.answered(revision, isStored: false) }
        reply(.refused(error), to: request)
      }
    }
  }

  /// The next list shows what was answered (G1), unless something else has happened to the instance since.
  private func judge(_ action: Action, _ receipt: Receipt) {
    switch action {
    case .register(let registration), .update(let registration, _):
      guard touched[registration.key] ?? 0 <= receipt.revision else { return }
      let found = listed(registration.key)
      if found?.registeredMetadata != registration.metadata || found?.registeredWeight != registration.kept {
        blame(.readYourWrites, "\(registration.key.words) was answered and is not in the next list")
      }
    case .deregister(let key):
      guard touched[key] ?? 0 <= receipt.revision, listed(key) != nil else { return }
      blame(.readYourWrites, "\(key.words) left, was answered, and is in the next list")
    default: break
    }
  }

  private func listed(_ key: InstanceKey) -> Instance? {
    seams.list(server?.engine.service(key.service))?.instances[key.address]
  }
}

extension Registration {
  /// The weight as it is kept.
  fileprivate var kept: Double { weight > 0 && weight < 0.01 ? 0.01 : weight }
}

extension Change {
  fileprivate var words: String {
    switch self {
    case .instance(let service, let before, let after, let cause):
      "\((after ?? before)?.address.hostAndPort ?? "") of \(service.grouped) \(cause)"
    case .service(let key, _, let after): "service \(key.grouped) \(after == nil ? "removed" : "set")"
    case .cluster(let key, let name, _, _): "cluster \(name) of \(key.grouped)"
    case .switches(let entry, _, let after, _): "switch \(entry) \(after)"
    case .namespace(let id, _, _): "namespace \(id)"
    case .subscriber(let subscriber, let joined): "\(subscriber.hostAndPort) \(joined ? "joined" : "left")"
    case .note(let key, _, let after): "note on \(key.words) \(after == nil ? "forgotten" : "kept")"
    case .access(let event): "access \(event.kind) \(event.subject)"
    }
  }
}
