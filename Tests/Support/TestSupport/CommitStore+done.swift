public import RegistryModel

extension CommitStore {
  /// As the engine's `append`, for who waits for one commit.
  public func append(_ commit: Commit, done: @escaping @Sendable (RegistryError?) -> Void) {
    append(commit, for: Told(done: done))
  }
}

private final class Told: CommitReceiver {
  private let done: @Sendable (RegistryError?) -> Void

  init(done: @escaping @Sendable (RegistryError?) -> Void) { self.done = done }

  func settle(_ outcomes: [CommitOutcome]) {
    for outcome in outcomes { done(outcome.failure) }
  }
}
