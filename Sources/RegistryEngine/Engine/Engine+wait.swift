import RegistryModel
import Synchronization

extension Engine {
  /// Tells readers that push state changed. Cheap: they are woken once for all changes until the next digest.
  public func pushStateChanged() {
    let stir = state.withLock { state -> Stir? in
      guard state.push.change(), !state.waiters.isEmpty else { return nil }
      return state.stir()
    }
    for waiter in stir?.waiters ?? [] { waiter.resume() }
  }

  var hasEnded: Bool { state.withLock { $0.hasEnded } }

  func nextPushStep(after seen: UInt64) -> PushBoard.Step {
    state.withLock { $0.push.next(after: seen, now: clock().monotonic) }
  }

  /// Takes a digest made for all readers, and wakes them.
  func publish(_ digest: PushDigest) {
    let stir = state.withLock { state in
      let now = clock()
      let (acknowledged, failed) = state.push.made(digest, at: now.monotonic)
      if acknowledged > 0 || failed > 0 {
        let totals = state.registry.catalog.totals
        state.timeline.record(pushed: acknowledged, failed: failed, at: now.wall, totals: totals)
      }
      return state.stir()
    }
    for waiter in stir.waiters { waiter.resume() }
  }

  /// Waits until there is a commit after `revision`, the feeds end, or the task is cancelled.
  func waitForCommit(after revision: Revision) async { await wait { $0.log.last > revision } }

  /// Waits for a commit after `revision` or a digest after `digest`, likewise.
  func waitForNews(after revision: Revision, digest: UInt64) async {
    await wait { $0.log.last > revision || $0.push.hasNews(after: digest) }
  }

  private func wait(until hasNews: @Sendable (borrowing EngineState) -> Bool) async {
    let id = Self.nextWaiter.wrappingAdd(1, ordering: .relaxed).newValue
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isWaiting = state.withLock { state in
          // Looked at again inside the lock: news may have come, or the task been cancelled, on the way here.
          if hasNews(state) || state.hasEnded || Task.isCancelled { return false }
          state.waiters[id] = continuation
          return true
        }
        if !isWaiting { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiters.removeValue(forKey: id) }?.resume()
    }
  }

  private static let nextWaiter = Atomic<UInt64>(0)
}
