import EventLoop
import Glibc
import TestSupport
import Testing

@Suite @SocketThread struct TCPProbeTests {
  private static func run(_ request: TCPProbe.Request) throws -> TCPProbe.Outcome? {
    let loop = try Loop()
    var outcome: TCPProbe.Outcome?
    TCPProbe(loop, request) {
      #expect(outcome == nil)
      outcome = $0
      loop.stop()
    }
    #expect(outcome == nil)
    loop.run()
    return outcome
  }

  @Test(arguments: ["127.0.0.1", "::1"]) func reachesAPortThatListens(host: String) throws {
    let server = try TestServer(address: try #require(SocketAddress(host: host, port: 0)))
    #expect(try Self.run(.init(address: server.address, timeout: .seconds(30))) == .connected([]))
  }

  @Test func aPortWhereNobodyListensRefuses() throws {
    let deaf = Unserved(listens: false)
    #expect(try Self.run(.init(address: deaf.address, timeout: .seconds(30))) == .refused)
    withExtendedLifetime(deaf) {}
  }

  @Test func saysAndHearsAsMuchAsWasAskedFor() throws {
    let server = try TestServer()
    var request = TCPProbe.Request(address: server.address, timeout: .seconds(30))
    request.sends = Array("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".utf8)
    request.receivesBytes = 12
    #expect(try Self.run(request) == .connected(Array("HTTP/1.1 200".utf8)))
    request.receivesBytes = 1_000_000
    guard case .connected(let all) = try Self.run(request) else {
      Issue.record("not connected")
      return
    }
    #expect(String(decoding: all, as: UTF8.self).hasSuffix("GET / "))
  }

  @Test func aServerThatSaysNothingIsGivenUp() throws {
    let server = try TestServer()
    var request = TCPProbe.Request(address: server.address, timeout: .milliseconds(30))
    request.receivesBytes = 1
    #expect(try Self.run(request) == .timedOut)
  }

  /// A listener that accepts nothing and whose queue is full lets further connections hang.
  @Test func aConnectionThatHangsIsGivenUp() throws {
    let full = Unserved(listens: true)
    #expect(try Self.run(.init(address: full.address, timeout: .milliseconds(30))) == .timedOut)
    withExtendedLifetime(full) {}
  }

  @Test func anAddressWithoutARouteIsAnError() throws {
    let outcome = try Self.run(.init(address: try #require(SocketAddress("255.255.255.255:80")), timeout: .seconds(30)))
    guard case .failed(let error) = outcome else {
      Issue.record("\(String(describing: outcome))")
      return
    }
    #expect(error.description.contains("255.255.255.255:80"))
  }

  @Test func aCancelledProbeIsSilent() throws {
    let loop = try Loop()
    let server = try TestServer()
    let probe = TCPProbe(loop, .init(address: server.address, timeout: .seconds(30))) { _ in Issue.record("cancelled") }
    probe.cancel()
    probe.cancel()
    loop.timer(after: .milliseconds(20)) { loop.stop() }
    loop.run()
  }
}

/// A TCP port that nobody serves: it either does not listen at all, or has as many connections as it takes.
private final class Unserved {
  let address: SocketAddress
  private let descriptor: Int32
  private var clients: [Int32] = []

  init(listens: Bool) {
    let bound = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var raw = sockaddr_in()
    raw.sin_family = sa_family_t(AF_INET)
    raw.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &raw) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = bind(bound, $0, length)
        if listens { listen(bound, 0) }
        getsockname(bound, $0, &length)
      }
    }
    descriptor = bound
    address = .loopback(port: UInt16(bigEndian: raw.sin_port))
    if listens { fill(raw) }
  }

  deinit {
    for client in clients { close(client) }
    close(descriptor)
  }

  private func fill(_ raw: sockaddr_in) {
    for _ in 0..<4 {
      let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
      withUnsafePointer(to: raw) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          _ = connect(client, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      clients.append(client)
    }
  }
}
