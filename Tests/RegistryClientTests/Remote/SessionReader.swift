import RegistryModel
import Synchronization
import TestSupport

/// What a reader waited for in vain, and what it had been told.
struct Waited: Error, CustomStringConvertible {
  var description: String
}

/// Reads a session's feed as a console does, and remembers what it was told.
final class SessionReader: Sendable {
  struct Seen: Sendable {
    var catalog: Catalog?
    var snapshots = 0
    var commits: [Commit] = []
    var pushes: [PushDigest] = []
    var links: [LinkState] = []
    var switches: Switches?
    /// What the contract forbids.
    var faults: [String] = []
    var hasEnded = false

    mutating func take(_ event: FeedEvent) {
      switch event {
      case .snapshot(let snapshot):
        catalog = snapshot.catalog
        switches = snapshot.switches
        snapshots += 1
      case .commits(let new):
        if new.isEmpty { faults.append("no commits in an event of commits") }
        for commit in new { follow(commit) }
      case .push(let digest): pushes.append(digest)
      case .link(let link): links.append(link)
      }
    }

    private mutating func follow(_ commit: Commit) {
      guard let revision = catalog?.revision else { return faults.append("commit \(commit.revision) before a snapshot") }
      if commit.revision != revision + 1 { faults.append("commit \(commit.revision) after \(revision)") }
      catalog?.apply(commit)
      commits.append(commit)
    }

    var isLost: Bool { if case .lost = links.last { true } else { false } }
    var isLive: Bool { if case .live = links.last { true } else { false } }
  }

  private let state = Mutex(Seen())
  private let task = Mutex<Task<Void, Never>?>(nil)

  init(_ session: any RegistrySession) {
    let started = Task { [weak self] in
      for await event in session.watch(.everything) { self?.state.withLock { $0.take(event) } }
      self?.state.withLock { $0.hasEnded = true }
    }
    task.withLock { $0 = started }
  }

  deinit { task.withLock { $0?.cancel() } }

  var seen: Seen { state.withLock { $0 } }

  func stop() { task.withLock { $0?.cancel() } }

  func wait(_ what: String, until condition: (Seen) -> Bool) async throws {
    do {
      try await TestSupport.wait(for: what) { condition(seen) }
    } catch {
      let seen = seen
      throw Waited(description: "\(error); links \(seen.links.suffix(3)), faults \(seen.faults)")
    }
  }
}
