import EventLoop
import RegistryEngine
import RegistryModel
import RegistryServer
import TestSupport
import Testing

@testable import RegistryClient

@Suite("Registries that ask who we are")
struct RemoteLoginTests {
  /// Answers on a port of its own; `nacos` has the password `p&ss=1 %`.
  private func server(_ engine: Engine) throws -> MusterServer {
    var options = MusterServer.Options()
    options.listen = .loopback(port: 0)
    options.access = try AccessOptions(restoring: [], store: nil, key: .random())
    _ = try options.access?.settleAdministrator(password: Self.password)
    return try MusterServer(options, engine: engine, log: Logger(level: .error))
  }

  private static let password = "p&ss=1 %"

  private func session(_ server: MusterServer, password: String?) throws -> RemoteSession {
    let credentials = password.map { RemoteCredentials(user: "nacos", password: $0) }
    return RemoteSession(try #require(RegistryAddress("http://\(server.address)")), credentials: credentials)
  }

  @Test func theRightPasswordOpensEverything() async throws {
    let engine = Engine(clock: SystemClock.now)
    let server = try server(engine)
    defer { server.stop() }
    let session = try session(server, password: Self.password)
    let reader = SessionReader(session)
    try await reader.wait("the snapshot") { $0.snapshots == 1 && $0.isLive }
    let command = Command(.createNamespace(id: "dev", name: "Dev", about: ""), by: .operator(name: "ann"))
    _ = try await session.submit(command)
    #expect(engine.catalog.namespaces["dev"]?.name == "Dev")
    _ = try await session.ask(.metrics)
  }

  @Test func aWrongOneIsTriedOnce() async throws {
    let server = try server(Engine(clock: SystemClock.now))
    defer { server.stop() }
    let reader = SessionReader(try session(server, password: "wrong"))
    try await reader.wait("more attempts than are free") { if case .lost(_, _, 8..., _) = $0.links.last { true } else { false } }
    guard case .lost(_, let why, _, _) = reader.seen.links.last else { return }
    #expect(why.contains("does not let 'nacos' in"))
    // Nobody was locked out by that.
    let right = SessionReader(try session(server, password: Self.password))
    try await right.wait("the snapshot") { $0.snapshots == 1 }
  }

  @Test func withoutOneItIsSaidWhatIsMissing() async throws {
    let server = try server(Engine(clock: SystemClock.now))
    defer { server.stop() }
    let reader = SessionReader(try session(server, password: nil))
    try await reader.wait("the hint") {
      if case .lost(_, let why, _, _) = $0.links.last { why.contains("MUSTER_PASSWORD") } else { false }
    }
  }
}
