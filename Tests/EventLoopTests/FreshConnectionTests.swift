import Glibc
import TestSupport
import Testing

@testable import EventLoop

/// The one look at all connections of a turn.
@Suite @SocketThread struct FreshConnectionTests {
  private struct Silent: TCPSpeaker {
    mutating func connected() -> TCPMove { .hangUp }
    mutating func received(_ bytes: UnsafeRawBufferPointer) -> TCPMove { .hangUp }
  }

  private static let limits = TCPConversationLimits(connecting: .seconds(30), talking: .seconds(30), endsByReset: false)

  /// What is begun at a turn's end, from a completion, is seen without anything else that would wake the loop.
  @Test func oneBeginsAnother() throws {
    let server = try ScriptedServer()
    let loop = try Loop()
    var rest = 10
    func begin() {
      TCPConversation(loop, with: .loopback(port: server.port), as: Silent(), limits: Self.limits) { ending, _, _ in
        #expect(ending == .hungUp)
        rest -= 1
        if rest == 0 { loop.stop() } else { begin() }
      }
    }
    begin()
    loop.run()
    #expect(rest == 0)
  }

  @Test func oneCancelsAnother() throws {
    let server = try ScriptedServer()
    let loop = try Loop()
    var second: TCPConversation<Silent>?
    TCPConversation(loop, with: .loopback(port: server.port), as: Silent(), limits: Self.limits) { _, _, _ in
      second?.cancel()
      loop.timer(after: .milliseconds(20)) { loop.stop() }
    }
    second = TCPConversation(loop, with: .loopback(port: server.port), as: Silent(), limits: Self.limits) { _, _, _ in
      Issue.record("cancelled")
    }
    loop.run()
  }

  @Test func aLoopThatGoesTakesThemAlong() throws {
    let server = try ScriptedServer()
    weak var kept: TCPConversation<Silent>?
    do {
      let loop = try Loop()
      let address = SocketAddress.loopback(port: server.port)
      let conversation = TCPConversation(loop, with: address, as: Silent(), limits: Self.limits) { _, _, _ in
        Issue.record("gone")
      }
      kept = conversation
    }
    #expect(kept == nil)
  }
}
