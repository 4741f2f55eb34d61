public import RegistryModel
import Synchronization

extension Engine {
  /// Hands durable commits to the store in the order of their revisions, whoever made them: one thread does it at a time,
  /// outside the lock, and takes along what others put in meanwhile.
  func handOver() {
    guard let store else { return }
    var next = state.withLock { $0.isHandingOver ? nil : $0.takeFromOutbox() }
    while let commit = next {
      store.append(commit, for: self)
      next = state.withLock { $0.takeFromOutbox() }
    }
  }
}

extension Engine: CommitReceiver {
  public func settle(_ outcomes: [CommitOutcome]) {
    let settled = actAlways { state, now in
      outcomes.map { outcome in
        let failure = outcome.failure.map(RegistryError.init(storing:))
        return (failure, waiting: state.resolve(outcome.revision, failure, at: now)?.waiting ?? [])
      }
    }
    for (failure, waiting) in settled {
      for (receipt, done) in waiting { done(failure.map { .failure($0) } ?? .success(receipt)) }
    }
  }
}

extension RegistryError {
  fileprivate init(storing failure: RegistryError) {
    if case .storeFailed = failure { self = failure } else { self = .storeFailed(failure.description) }
  }
}

extension EngineState {
  fileprivate mutating func takeFromOutbox() -> Commit? {
    let commit = outbox.popFirst()
    isHandingOver = commit != nil
    return commit
  }

  /// Takes the commit that the store has answered for from those on their way, and takes it back when it failed.
  fileprivate mutating func resolve(
    _ revision: Revision, _ failure: RegistryError?, at now: Moment
  ) -> PendingCommit? {
    guard pending[0]?.revision == revision, let resolved = pending.popFirst() else { return nil }
    guard let failure else { return resolved }
    let stands = resolved.changes.filter { !handOn($0, switches: resolved.switches) }
    let commit = registry.revert(stands, switches: resolved.switches, at: now, reason: failure.description)
    if let commit { record(commit) }
    return resolved
  }

  /// Where a later commit on its way changed the same thing again, its fate decides: the store has the new value when it
  /// succeeds, and the value from before this change when it fails too.
  private mutating func handOn(_ change: Change, switches: Switches?) -> Bool {
    guard let subject = change.subject else { return false }
    for place in 0..<pending.count {
      guard let index = pending[place]?.changes.firstIndex(where: { $0.subject == subject }),
        let later = pending[place]?.changes[index]
      else {
        if pending[place]?.takeAlong(change) == true { return true }
        continue
      }
      pending[place]?.changes[index] = later.following(change)
      if subject == .switches { pending[place]?.switches = switches }
      return true
    }
    return false
  }
}

extension PendingCommit {
  /// Where this commit removes the service of an instance whose own removal has failed, the instance goes with the service,
  /// or comes back with it.
  fileprivate mutating func takeAlong(_ change: Change) -> Bool {
    guard case .instance(let service, let before?, nil, _) = change,
      let removal = changes.firstIndex(where: { $0.removes(service) })
    else { return false }
    changes.insert(.instance(service, before: before, after: nil, cause: .serviceRemoved), at: removal)
    return true
  }
}

extension Change {
  fileprivate func removes(_ service: ServiceKey) -> Bool {
    if case .service(service, _?, nil) = self { true } else { false }
  }
}
