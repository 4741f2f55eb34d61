import EventLoop
import RegistryEngine
import RegistryModel
import RegistryServer
import Synchronization
import TestSupport
import Testing

@Suite struct LifecycleTests {
  @Test func tellsThatTheAddressIsTaken() throws {
    let first = try TestRegistry()
    let error = #expect(throws: SocketError.self) {
      try TestRegistry { $0.listen = first.server.address }
    }
    #expect(error?.isAddressInUse == true)
  }

  @Test func pushesFromThePortThatItListensAt() throws {
    let registry = try TestRegistry()
    #expect(registry.server.pushAddress == registry.server.address)
    #expect(registry.server.address.port != 0)
  }

  @Test func answersWhatIsUnderWayBeforeItStops() async throws {
    let store = HeldStore()
    let registry = try TestRegistry(store: store)
    let persistent = ["serviceName": "svc", "ip": "10.0.0.1", "port": "80", "ephemeral": "false"]
    async let answer = registry.ask("POST", "/ns/instance", persistent)
    try await wait(for: "the store") { store.holds }
    async let stopped: Void = Task.detached { registry.server.stop(grace: .seconds(30)) }.value
    // It takes no more connections, and still owes an answer.
    try await wait(for: "a closed door") {
      do { _ = try await TestRegistry.connect(registry.server.address) } catch { return true }
      return false
    }
    store.release()
    #expect(try await answer == "200 ok")
    await stopped
  }

  /// The registry's clock is driven by the server: nobody else calls `advance` here.
  @Test func letsTimePass() async throws {
    let engine = Engine(clock: SystemClock.now)
    var options = MusterServer.Options()
    options.listen = .loopback(port: 0)
    let server = try MusterServer(options, engine: engine, log: Logger(level: .error))
    defer { server.stop() }
    let key = InstanceKey(service: ServiceKey(grouped: "g@@s"), address: InstanceAddress(ip: "1.1.1.1", port: 80))
    let timing: Metadata = [PreservedKey.beatTimeout: "1000", PreservedKey.deleteTimeout: "1500"]
    engine.submit(Command(.register(Registration(key: key, metadata: timing)), by: .system)) { _ in }
    try await wait(for: "silence to be noticed") { engine.catalog[key]?.isHealthy != true }
    try await wait(for: "the end of the silent") { engine.catalog[key] == nil }
  }
}

private final class HeldStore: CommitStore {
  private let held = Mutex<(revision: Revision, receiver: any CommitReceiver)?>(nil)

  func append(_ commit: Commit, for receiver: any CommitReceiver) { held.withLock { $0 = (commit.revision, receiver) } }

  var holds: Bool { held.withLock { $0 != nil } }

  func release() {
    guard let held = held.withLock({ $0 }) else { return }
    held.receiver.settle([CommitOutcome(held.revision)])
  }
}
