import RegistryModel
import Synchronization

/// One reader of a feed: where it stands in the change log and among the push digests.
final class EmbeddedReader: Sendable {
  private struct Position {
    /// Nil before the first snapshot.
    var revision: Revision?
    var digest: UInt64 = 0
    var saidLive = false
  }

  /// Commits in one event; more wait for the next pull.
  private static let batch = 1_024

  private let engine: Engine
  private let push: PushReport
  private let position: Mutex<Position>

  /// Begins with a snapshot, or with what came after `revision`.
  init(_ engine: Engine, push: PushReport, after revision: Revision? = nil) {
    self.engine = engine
    self.push = push
    position = Mutex(Position(revision: revision))
  }

  /// The next event; nil once the task is cancelled or the feeds have ended.
  func next() async -> FeedEvent? {
    while !Task.isCancelled, !engine.hasEnded {
      let here = position.withLock { $0 }
      guard let revision = here.revision else { return begin() }
      if !here.saidLive { return live() }
      switch engine.read(after: revision, limit: Self.batch) {
      case .behind: return begin()
      case .commits(let commits):
        if let last = commits.last {
          position.withLock { $0.revision = last.revision }
          return .commits(commits)
        }
      }
      if let digest = await nextDigest(after: here.digest, revision: revision) { return .push(digest) }
    }
    return nil
  }

  private func begin() -> FeedEvent {
    let (snapshot, digest) = engine.snapshotAndDigest()
    position.withLock { position in
      position.revision = snapshot.catalog.revision
      position.digest = digest
    }
    return .snapshot(snapshot)
  }

  private func live() -> FeedEvent {
    position.withLock { $0.saidLive = true }
    return .link(.live(age: 0, roundTrip: nil))
  }

  /// A digest when one is due, or nil after waiting for news of any kind.
  private func nextDigest(after seen: UInt64, revision: Revision) async -> PushDigest? {
    switch engine.nextPushStep(after: seen) {
    case .digest(let digest, let number):
      position.withLock { $0.digest = number }
      return digest
    case .make: engine.publish(push.digest())
    case .nothing: await engine.waitForNews(after: revision, digest: seen)
    case .wait(let milliseconds): await wait(milliseconds, after: revision)
    }
    return nil
  }

  /// Waits for a commit, but no longer than until the next digest is due.
  private func wait(_ milliseconds: Int64, after revision: Revision) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { [engine] in await engine.waitForCommit(after: revision) }
      group.addTask { try? await Task.sleep(for: .milliseconds(milliseconds)) }
      await group.next()
      group.cancelAll()
    }
  }
}
