import EventLoop
import RegistryEngine
import RegistryModel
import Synchronization
import TestSupport
import Testing

/// A store that keeps what it is given waiting until it is told how that went.
private final class SlowStore: CommitStore {
  private let waiting = Mutex<[(revision: Revision, receiver: any CommitReceiver)]>([])

  func append(_ commit: Commit, for receiver: any CommitReceiver) {
    waiting.withLock { $0.append((commit.revision, receiver)) }
  }

  var count: Int { waiting.withLock { $0.count } }

  func finish(_ failure: RegistryError? = nil) {
    let all = waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
    all.first?.receiver.settle(all.map { CommitOutcome($0.revision, failure: failure) })
  }
}

@Suite struct DurableWriteTests {
  private let store = SlowStore()
  private let persistent = ["serviceName": "svc", "ip": "10.0.0.1", "port": "80", "ephemeral": "false"]

  @Test func answersWhenTheStoreHasTakenIt() async throws {
    let registry = try TestRegistry(store: store)
    let isAnswered = Flag()
    try await withThrowingTaskGroup { group in
      group.addTask {
        let answer = try await registry.ask("POST", "/ns/instance", persistent)
        #expect(answer == "200 ok")
        isAnswered.raise()
      }
      try await wait(for: "the store") { store.count == 1 }
      // Others are served meanwhile.
      let ephemeral = ["serviceName": "other", "ip": "10.0.0.1", "port": "80"]
      #expect(try await registry.ask("POST", "/ns/instance", ephemeral) == "200 ok")
      #expect(!isAnswered.isRaised)
      store.finish()
      try await group.waitForAll()
    }
  }

  @Test func saysWhatTheStoreCouldNot() async throws {
    let registry = try TestRegistry(store: store)
    async let answer = registry.ask("POST", "/ns/instance", persistent)
    async let batch = registry.ask("POST", "/console/namespaces", ["customNamespaceId": "x", "namespaceName": "x"])
    try await wait(for: "the store") { store.count == 2 }
    store.finish(.storeFailed("disk full"))
    #expect(try await answer == "500 caused: not stored: disk full;")
    #expect(try await batch == "500 caused: not stored: disk full;")
    #expect(try await registry.hosts("svc") == [])
  }

  /// A client that has gone while its request was held costs nothing, and harms nobody.
  @Test func aClientThatLeaves() async throws {
    let registry = try TestRegistry(store: store)
    let task = Task { try await registry.ask("POST", "/ns/instance", persistent) }
    try await wait(for: "the store") { store.count == 1 }
    task.cancel()
    _ = await task.result
    store.finish()
    #expect(try await registry.hosts("svc") == ["10.0.0.1:80+"])
  }
}

private final class Flag: Sendable {
  private let value = Atomic<Bool>(false)

  var isRaised: Bool { value.load(ordering: .relaxed) }
  func raise() { value.store(true, ordering: .relaxed) }
}
