import RegistryModel

extension [WriteQueue.Answer] {
  /// Tells everybody, in their order; who waits for several commits in a row is told of them at once.
  func tell(_ failure: RegistryError?) {
    var outcomes: [CommitOutcome] = []
    var receiver: (any CommitReceiver)?
    func settle() {
      if !outcomes.isEmpty { receiver?.settle(outcomes) }
      outcomes.removeAll(keepingCapacity: true)
    }
    for answer in self {
      switch answer {
      case .commit(let revision, let next):
        if receiver !== next { settle() }
        receiver = next
        outcomes.append(CommitOutcome(revision, failure: failure))
      case .done(let done):
        settle()
        done(failure)
      }
    }
    settle()
  }
}
