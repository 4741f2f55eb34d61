import Glibc
import Synchronization
import TestSupport
import Testing

@testable import EventLoop

/// Connections that end by a reset leave their sockets to those that follow.
@Suite @SocketThread struct SpareSocketTests {
  /// Listens for so many bytes at least, and shows all that it heard.
  private struct Listener: TCPSpeaker {
    let wants: Int
    var heard: [UInt8] = []

    mutating func connected() -> TCPMove { wants == 0 ? .hangUp : .listen(wants) }

    mutating func received(_ bytes: UnsafeRawBufferPointer) -> TCPMove {
      heard.append(contentsOf: bytes)
      return heard.count < wants ? .listen(wants - heard.count) : .hangUp
    }
  }

  private static let limits = TCPConversationLimits(connecting: .seconds(30), talking: .seconds(30), endsByReset: true)

  /// One conversation after the other on one loop.
  private static func run(
    _ loop: Loop, _ conversations: [(port: UInt16, wants: Int)], _ endings: [(TCPEnding, String)] = []
  ) -> [(TCPEnding, String)] {
    guard let next = conversations.dropFirst(endings.count).first else { return endings }
    var result = endings
    TCPConversation(loop, with: .loopback(port: next.port), as: Listener(wants: next.wants), limits: limits) {
      ending, listener, _ in
      result.append((ending, String(decoding: listener.heard, as: UTF8.self)))
      loop.stop()
    }
    loop.run()
    return run(loop, conversations, result)
  }

  @Test func oneSocketDoesForAllThatFollowEachOther() throws {
    let server = try ScriptedServer { $0.waitForClose() }
    let loop = try Loop()
    let endings = Self.run(loop, Array(repeating: (server.port, 0), count: 20))
    #expect(endings.map(\.0) == Array(repeating: .hungUp, count: 20))
    #expect(loop.core.spareSockets.count == 1)
  }

  @Test func nothingOfAConnectionReachesTheNext() throws {
    let talkative = try ScriptedServer { peer in
      peer.write("old words, most of them unread")
      peer.waitForClose()
    }
    let other = try ScriptedServer { peer in
      peer.write("new")
      peer.waitForClose()
    }
    let deaf = try DeafPort(.refusing)
    let loop = try Loop()
    let endings = Self.run(
      loop, [(talkative.port, 1), (other.port, 3), (deaf.port, 0), (talkative.port, 3), (deaf.port, 0), (other.port, 3)])
    #expect(endings.map(\.0) == [.hungUp, .hungUp, .refused, .hungUp, .refused, .hungUp])
    #expect(endings.map(\.1) == ["o", "new", "", "old", "", "new"])
    withExtendedLifetime(deaf) {}
  }

  /// The other side sees that it is over, though the socket stays.
  @Test func theOtherSideIsTold() async throws {
    let isTold = Atomic(false)
    let server = try ScriptedServer { peer in
      peer.waitForClose()
      isTold.store(true, ordering: .relaxed)
    }
    let loop = try Loop()
    #expect(Self.run(loop, [(server.port, 0)]).map(\.0) == [.hungUp])
    #expect(loop.core.spareSockets.count == 1)
    try await wait(for: "the end of the connection") { isTold.load(ordering: .relaxed) }
  }

  @Test func noMoreAreKeptThanThereMayBe() throws {
    let server = try ScriptedServer { $0.waitForClose() }
    let loop = try Loop()
    let count = SpareSockets.most + 100
    var open = count
    for _ in 0..<count {
      TCPConversation(loop, with: .loopback(port: server.port), as: Listener(wants: 0), limits: Self.limits) {
        ending, _, _ in
        #expect(ending == .hungUp)
        open -= 1
        if open == 0 { loop.stop() }
      }
    }
    loop.run()
    #expect(loop.core.spareSockets.count == SpareSockets.most)
  }

  @Test func eachFamilyHasItsOwn() throws {
    let sockets = SpareSockets()
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    sockets.retire(descriptor, isIPv6: false)
    #expect(sockets.take(isIPv6: true) == nil)
    #expect(sockets.take(isIPv6: false) == descriptor)
    close(descriptor)
  }
}
