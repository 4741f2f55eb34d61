import EventLoop
import Glibc
import RegistryEngine
import RegistryModel
import Synchronization
import TestSupport
import Testing

@testable import RegistryServer

/// Probes against real sockets.
@Suite struct ProbeMakerTests {
  private struct StillHeldUp: Error {}

  private final class Box: Sendable {
    let finding = Mutex<ProbeFinding?>(nil)
  }

  private static let http = HealthChecker.http(path: "/health", headers: "X-Who:muster", expectedCode: 200)
  /// For those who will answer, however busy the machine is.
  private static let patient = ProbePatience(connecting: .seconds(30), answering: .seconds(30), querying: .seconds(30))
  /// For those who never will.
  private static let impatient = ProbePatience(
    connecting: .milliseconds(60), answering: .milliseconds(60), querying: .milliseconds(60))

  private static func probe(
    _ checker: HealthChecker, _ port: Int, host: String = "127.0.0.1", ranges: [AddressRange]? = nil,
    patience: ProbePatience = patient
  ) async throws -> ProbeFinding {
    let box = Box()
    let order = ProbeOrder(ticket: 1, host: host, port: port, checker: checker)
    let (thread, _) = try LoopThread.start(name: "probe") { loop in
      let maker = ProbeMaker(loop, ranges: ranges, patience: patience)
      loop.keep(maker)
      maker.make(order) { finding in box.finding.withLock { $0 = finding } }
    }
    defer { thread.stop() }
    try await wait(for: "a finding") { box.finding.withLock { $0 != nil } }
    return try #require(box.finding.withLock { $0 })
  }

  /// Probes again when this machine was too busy for the finding to say anything.
  private static func probeImpatiently(_ checker: HealthChecker, _ port: UInt16) async throws -> ProbeFinding {
    for _ in 0..<200 {
      let finding = try await probe(checker, Int(port), patience: impatient)
      if finding.reason != .heldUp { return finding }
    }
    throw StillHeldUp()
  }

  @Test func aPortThatAccepts() async throws {
    let server = try ScriptedServer()
    let finding = try await Self.probe(.tcp, Int(server.port))
    #expect(finding.verdict == .ok && finding.reason == .answered && finding.cost >= 0)
  }

  @Test(arguments: [HealthChecker.tcp, http, .mysql(user: nil, password: nil, command: nil)])
  func aPortThatRefuses(checker: HealthChecker) async throws {
    let deaf = try DeafPort(.refusing)
    let finding = try await Self.probe(checker, Int(deaf.port))
    #expect(finding.verdict == .failNow && finding.reason == .refused)
    withExtendedLifetime(deaf) {}
  }

  @Test(arguments: [HealthChecker.tcp, http, .mysql(user: nil, password: nil, command: nil)])
  func aPortThatHangs(checker: HealthChecker) async throws {
    let deaf = try DeafPort(.hanging)
    let finding = try await Self.probeImpatiently(checker, deaf.port)
    #expect(finding.verdict == .fail && finding.reason == .timedOut)
    withExtendedLifetime(deaf) {}
  }

  @Test func anHTTPServerIsAskedAsConfigured() async throws {
    let request = Mutex<[UInt8]>([])
    let server = try ScriptedServer { peer in
      let bytes = peer.read()
      request.withLock { $0 = bytes }
      peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nok")
      // Not closed by this side: what was asked for is known without.
      peer.waitForClose()
    }
    let finding = try await Self.probe(Self.http, Int(server.port))
    #expect(finding.verdict == .ok && finding.reason == .status(200))
    let text = String(decoding: request.withLock { $0 }, as: UTF8.self)
    #expect(
      text.hasPrefix("GET /health HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\nX-Who: muster\r\nUser-Agent: VIPServer\r\n"))
  }

  @Test(arguments: [
    (200, 204, ProbeVerdict.failNow), (204, 204, .ok), (302, 302, .ok), (503, 200, .fail), (302, 200, .fail),
    (500, 200, .failNow), (404, 200, .failNow), (301, 200, .failNow),
  ])
  func statusesAreJudgedByWhatIsExpected(status: Int, expected: Int, verdict: ProbeVerdict) async throws {
    let server = try ScriptedServer { peer in
      _ = peer.read()
      peer.write("HTTP/1.1 \(status) x\r\n\r\n")
    }
    let finding = try await Self.probe(.http(path: "", headers: "", expectedCode: expected), Int(server.port))
    #expect(finding.verdict == verdict && finding.reason == .status(status))
  }

  @Test func aRedirectIsNotFollowed() async throws {
    let elsewhere = try ScriptedServer { $0.write("HTTP/1.1 200 OK\r\n\r\n") }
    let server = try ScriptedServer { peer in
      _ = peer.read()
      peer.write("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:\(elsewhere.port)/\r\nContent-Length: 0\r\n\r\n")
      peer.waitForClose()
    }
    let finding = try await Self.probe(Self.http, Int(server.port))
    #expect(finding.verdict == .fail && finding.reason == .status(302))
    #expect(elsewhere.connectionCount == 0)
  }

  @Test func aLongBodyIsNotRead() async throws {
    let written = Mutex<Int?>(nil)
    let server = try ScriptedServer { peer in
      _ = peer.read()
      peer.write("HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n")
      var sent = 0
      let part = [UInt8](repeating: 120, count: 1 << 20)
      while sent < 100 << 20 {
        let count = peer.write(part)
        sent += count
        if count < part.count { break }
      }
      written.withLock { $0 = sent }
    }
    let finding = try await Self.probe(Self.http, Int(server.port))
    #expect(finding.verdict == .ok)
    try await wait(for: "the server to be cut off") { written.withLock { $0 != nil } }
    #expect(try #require(written.withLock { $0 }) < 100 << 20)
  }

  @Test func anHTTPServerThatDribblesIsGivenUp() async throws {
    let server = try ScriptedServer { peer in
      for byte in Array("HTTP/1.1 200 OK".utf8) + Array(repeating: UInt8(ascii: "x"), count: 900) {
        if peer.write([byte]) == 0 { return }
        usleep(5_000)
      }
      peer.waitForClose()
    }
    let finding = try await Self.probeImpatiently(Self.http, server.port)
    #expect(finding.verdict == .fail && finding.reason == .timedOut)
  }

  @Test func whatIsNoHTTPIsMalformed() async throws {
    let server = try ScriptedServer { $0.write("220 mail ready\r\n") }
    let finding = try await Self.probe(Self.http, Int(server.port))
    #expect(finding.verdict == .fail && finding.reason == .malformed)
    let silent = try ScriptedServer { _ = $0.read() }
    let closed = try await Self.probe(Self.http, Int(silent.port))
    #expect(closed.verdict == .fail && closed.reason == .closed)
  }

  @Test func aDatabaseIsLoggedInToAndAsked() async throws {
    let query = Mutex<[UInt8]>([])
    let server = try ScriptedServer { peer in
      peer.write(MySQLScript.greeting)
      _ = peer.read()
      peer.write(MySQLScript.ok(2))
      let bytes = peer.read()
      query.withLock { $0 = bytes }
      peer.write(MySQLScript.rows([["read_only", "ON"]]))
      peer.waitForClose()
    }
    let checker = HealthChecker.mysql(user: "u", password: "p", command: MySQLCheck.readOnlyQuery)
    let finding = try await Self.probe(checker, Int(server.port))
    #expect(finding.verdict == .fail && finding.reason == .readOnly)
    #expect(query.withLock { Array($0.dropFirst(5)) } == Array(MySQLCheck.readOnlyQuery.utf8))
  }

  @Test func aDatabaseThatGreetsIsEnoughForNobody() async throws {
    let server = try ScriptedServer { peer in
      peer.write(MySQLScript.greeting)
      _ = peer.read()
      peer.write(MySQLScript.error(2, 1045))
    }
    let finding = try await Self.probe(.mysql(user: nil, password: nil, command: nil), Int(server.port))
    #expect(finding.verdict == .ok && finding.reason == .answered)
  }

  @Test func addressesOutsideOfTheRangesAreLeftAlone() async throws {
    let server = try ScriptedServer()
    let elsewhere = try [#require(AddressRange("10.0.0.0/8")), #require(AddressRange("::1"))]
    let forbidden = try await Self.probe(.tcp, Int(server.port), ranges: elsewhere)
    #expect(forbidden.verdict == .unjudged && forbidden.reason == .forbidden)
    #expect(server.connectionCount == 0)
    let here = try [#require(AddressRange("127.0.0.0/8"))]
    #expect(try await Self.probe(.tcp, Int(server.port), ranges: here).verdict == .ok)
  }

  @Test(arguments: ["0.0.0.0", "224.0.0.1", "255.255.255.255", "::", "ff02::1"])
  func whatStandsForNoSingleHostIsLeftAlone(host: String) async throws {
    let finding = try await Self.probe(.tcp, 80, host: host)
    #expect(finding.verdict == .unjudged && finding.reason == .forbidden)
  }

  @Test(arguments: [-1, 65_536, 1 << 40]) func portsThatDoNotExistAreLeftAlone(port: Int) async throws {
    let finding = try await Self.probe(.tcp, port)
    #expect(finding.verdict == .unjudged && finding.reason == .misconfigured)
  }

  @Test func aHostThatIsNoNameIsNobody() async throws {
    for host in ["no such host", "a/b", "", "\u{0}", "10.0.0.1.\u{7}", String(repeating: "a", count: 300)] {
      let finding = try await Self.probe(.tcp, 80, host: host)
      #expect(finding.verdict == .fail && finding.reason == .unknownHost)
    }
  }
}
