import EventLoop
import Glibc
import Synchronization
import TestSupport
import Testing

@Suite @SocketThread struct TCPConversationTests {
  /// Says one thing and listens until it has heard so many bytes.
  private struct Caller: TCPSpeaker {
    var says: [UInt8] = []
    var wants = 0
    var heard: [UInt8] = []

    mutating func connected() -> TCPMove {
      if wants == 0 { return .hangUp }
      return says.isEmpty ? .listen(wants) : .say(says, listen: wants)
    }

    mutating func received(_ bytes: UnsafeRawBufferPointer) -> TCPMove {
      heard.append(contentsOf: bytes)
      return heard.count < wants ? .listen(wants - heard.count) : .hangUp
    }
  }

  private static let patient = TCPConversationLimits(connecting: .seconds(30), talking: .seconds(30), endsByReset: false)

  private static func run(
    _ address: SocketAddress, _ caller: Caller = Caller(), _ limits: TCPConversationLimits = patient
  ) throws -> (ending: TCPEnding, heard: [UInt8])? {
    let loop = try Loop()
    var outcome: (TCPEnding, [UInt8])?
    TCPConversation(loop, with: address, as: caller, limits: limits) { ending, caller, time in
      #expect(outcome == nil)
      #expect(time >= .zero)
      outcome = (ending, caller.heard)
      loop.stop()
    }
    #expect(outcome == nil)
    loop.run()
    return outcome
  }

  @Test(arguments: [false, true]) func beingLetInCanBeEnough(endsByReset: Bool) throws {
    let server = try ScriptedServer()
    var limits = Self.patient
    limits.endsByReset = endsByReset
    #expect(try Self.run(.loopback(port: server.port), Caller(), limits)?.ending == .hungUp)
  }

  @Test func nobodyThereIsARefusal() throws {
    let deaf = try DeafPort(.refusing)
    #expect(try Self.run(.loopback(port: deaf.port))?.ending == .refused)
    withExtendedLifetime(deaf) {}
  }

  @Test func saysAllAndHearsNoMoreThanItAskedFor() throws {
    let server = try ScriptedServer { peer in
      var heard = 0
      while heard < 3_000_000 {
        let more = peer.read()
        if more.isEmpty { return }
        heard += more.count
      }
      for _ in 0..<4 { peer.write("0123456789") }
      peer.waitForClose()
    }
    let caller = Caller(says: Array(repeating: 7, count: 3_000_000), wants: 15)
    let outcome = try #require(try Self.run(.loopback(port: server.port), caller))
    #expect(outcome.ending == .hungUp)
    #expect(String(decoding: outcome.heard, as: UTF8.self) == "012345678901234")
  }

  /// Says one thing and leaves.
  private struct Herald: TCPSpeaker {
    let says: [UInt8]
    mutating func connected() -> TCPMove { .sayLast(says) }
    mutating func received(_ bytes: UnsafeRawBufferPointer) -> TCPMove { .hangUp }
  }

  @Test func lastWordsArrive() async throws {
    let heard = Atomic<Int>(0)
    let server = try ScriptedServer { peer in
      while true {
        let more = peer.read()
        if more.isEmpty { return }
        heard.add(more.count, ordering: .relaxed)
      }
    }
    let loop = try Loop()
    let herald = Herald(says: Array(repeating: 1, count: 2_000_000))
    TCPConversation(loop, with: .loopback(port: server.port), as: herald, limits: Self.patient) { ending, _, _ in
      #expect(ending == .hungUp)
      loop.stop()
    }
    loop.run()
    try await wait(for: "the last byte") { heard.load(ordering: .relaxed) == 2_000_000 }
  }

  @Test func anEndBeforeEnoughWasHeardIsToldApart() throws {
    let server = try ScriptedServer { $0.write("short") }
    let outcome = try #require(try Self.run(.loopback(port: server.port), Caller(wants: 100)))
    #expect(outcome.ending == .closed)
    #expect(outcome.heard == Array("short".utf8))
  }

  @Test func silenceIsGivenUp() throws {
    let server = try ScriptedServer { $0.waitForClose() }
    var limits = Self.patient
    limits.talking = .milliseconds(30)
    guard case .timedOut = try Self.run(.loopback(port: server.port), Caller(wants: 1), limits)?.ending else {
      Issue.record("not timed out")
      return
    }
  }

  /// Talking is limited as a whole: a byte now and then does not prolong it.
  @Test func dribbleIsGivenUp() throws {
    let server = try ScriptedServer { peer in
      while peer.write("x") == 1 { usleep(5_000) }
    }
    var limits = Self.patient
    limits.talking = .milliseconds(60)
    let outcome = try #require(try Self.run(.loopback(port: server.port), Caller(wants: 1_000_000), limits))
    guard case .timedOut = outcome.ending else {
      Issue.record("\(outcome.ending)")
      return
    }
  }

  @Test func aConnectionThatHangsIsGivenUp() throws {
    let deaf = try DeafPort(.hanging)
    var limits = Self.patient
    limits.connecting = .milliseconds(30)
    guard case .timedOut = try Self.run(.loopback(port: deaf.port), Caller(), limits)?.ending else {
      Issue.record("not timed out")
      return
    }
    withExtendedLifetime(deaf) {}
  }

  @Test func aLimitBeyondAllTimeIsNone() throws {
    let server = try ScriptedServer()
    let endless = TCPConversationLimits(
      connecting: .seconds(Int64.max / 2), talking: .seconds(Int64.max / 2), endsByReset: true)
    #expect(try Self.run(.loopback(port: server.port), Caller(), endless)?.ending == .hungUp)
  }

  /// What the loop itself held up is told, so that nobody is blamed for it.
  @Test func aLoopThatWasHeldUpSaysByHowMuch() throws {
    let server = try ScriptedServer { $0.waitForClose() }
    let loop = try Loop()
    var ending: TCPEnding?
    let limits = TCPConversationLimits(connecting: .seconds(30), talking: .milliseconds(20), endsByReset: true)
    TCPConversation(loop, with: .loopback(port: server.port), as: Caller(wants: 1), limits: limits) { end, _, _ in
      ending = end
      loop.stop()
    }
    // Longer than the limit, whenever it begins.
    loop.timer(every: .milliseconds(1)) { usleep(250_000) }
    loop.run()
    guard case .timedOut(let late) = ending else {
      Issue.record("\(String(describing: ending))")
      return
    }
    #expect(late > .milliseconds(100))
  }

  @Test func anAddressWithoutARouteIsAnError() throws {
    let address = try #require(SocketAddress("255.255.255.255:80"))
    guard case .failed(let error) = try Self.run(address)?.ending else {
      Issue.record("not failed")
      return
    }
    #expect(error.description.contains("255.255.255.255:80"))
  }

  @Test func aCancelledConversationIsSilent() throws {
    let loop = try Loop()
    let server = try ScriptedServer()
    let address = SocketAddress.loopback(port: server.port)
    let conversation = TCPConversation(loop, with: address, as: Caller(), limits: Self.patient) { _, _, _ in
      Issue.record("cancelled")
    }
    conversation.cancel()
    conversation.cancel()
    loop.timer(after: .milliseconds(20)) { loop.stop() }
    loop.run()
  }

  @Test func aNameThatNobodyHasIsTold() throws {
    do throws(ResolveError) {
      _ = try SocketAddress.resolve(host: "nobody.invalid", port: 1)
      Issue.record("resolved")
    } catch {
      #expect(error.host == "nobody.invalid")
    }
    #expect(try SocketAddress.resolve(host: "localhost", port: 9).port == 9)
  }
}
