import EventLoop
import Synchronization
import TestSupport
import Testing

@testable import RegistryServer

@Suite struct HostDirectoryTests {
  /// A name service that the test answers for.
  private final class Names: Sendable {
    let answers = Mutex<[String: HostDirectory.Answer]>([:])
    let asked = Mutex<[String]>([])
    let found = Mutex<[HostDirectory.Answer]>([])

    func resolve(_ host: String) -> HostDirectory.Answer {
      asked.withLock { $0.append(host) }
      return answers.withLock { $0[host] ?? .notYet }
    }
  }

  /// Looks `host` up on the directory's loop every few milliseconds until the answer is `wanted`.
  private static func find(_ host: String, _ names: Names, until wanted: HostDirectory.Answer) async throws {
    let (thread, _) = try LoopThread.start(name: "names") { loop in
      let directory = HostDirectory(loop) { names.resolve($0) }
      loop.keep(directory)
      loop.timer(every: .milliseconds(2)) {
        let answer = directory.find(host, port: 7)
        names.found.withLock { $0.append(answer) }
      }
    }
    defer { thread.stop() }
    try await wait(for: "\(wanted)") { names.found.withLock { $0.contains(wanted) } }
  }

  @Test func aNameIsLookedUpOnceAndThenKnown() async throws {
    let names = Names()
    names.answers.withLock { $0 = ["db.local": .address(.loopback(port: 0))] }
    try await Self.find("db.local", names, until: .address(.loopback(port: 7)))
    #expect(names.found.withLock { $0.first } == .notYet)
    #expect(names.asked.withLock { $0 } == ["db.local"])
  }

  @Test func aNameThatNobodyHasIsNobody() async throws {
    let names = Names()
    names.answers.withLock { $0 = ["gone.local": .nobody] }
    try await Self.find("gone.local", names, until: .nobody)
  }

  @Test func anAddressNeedsNoLookingUp() async throws {
    let names = Names()
    try await Self.find("127.0.0.1", names, until: .address(.loopback(port: 7)))
    #expect(names.asked.withLock { $0.isEmpty })
  }

  @Test func theSystemKnowsThisHost() async throws {
    let found = Mutex<HostDirectory.Answer>(.notYet)
    let (thread, _) = try LoopThread.start(name: "names") { loop in
      let directory = HostDirectory(loop)
      loop.keep(directory)
      loop.timer(every: .milliseconds(2)) {
        let answer = directory.find("localhost", port: 7)
        found.withLock { $0 = answer }
      }
    }
    defer { thread.stop() }
    try await wait(for: "an address") {
      if case .address(let address) = found.withLock({ $0 }) { address.isLoopback && address.port == 7 } else { false }
    }
  }
}
