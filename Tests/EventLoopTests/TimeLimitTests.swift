import EventLoop
import TestSupport
import Testing

/// The times of `HTTPLimits`: made short here, and waited for by their effect.
@Suite @SocketThread struct TimeLimitTests {
  private static let short = Duration.milliseconds(50)

  @Test func anIdleConnectionIsClosed() throws {
    let server = try TestServer(options: TestServer.limits { $0.idleTime = Self.short })
    let silent = try RawClient(server.address)
    #expect(try silent.receiveAll() == [])
    let used = try RawClient(server.address)
    #expect(try used.exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n")?.status == 200)
    #expect(try used.receiveAll() == [])
  }

  @Test(arguments: ["GET / HTTP/1.1\r\nHost: x\r\n", "G", "\r\n", "\r"]) func aHeadThatDoesNotEndIsRefused(head: String) throws {
    let server = try TestServer(options: TestServer.limits { $0.headTime = Self.short })
    let client = try RawClient(server.address)
    #expect(try client.exchange(head)?.status == 408)
  }

  /// Bytes that trickle in do not give it more time: the limit is for the whole head.
  @Test func aHeadByTheByteIsRefusedToo() async throws {
    let server = try TestServer(options: TestServer.limits { $0.headTime = Self.short })
    let client = try RawClient(server.address)
    client.send("GET / HTTP/1.1\r\nHost: x\r\nA: ")
    try await wait(for: "the server to lose its patience") { client.send("a") == 0 || client.hasReceived }
    #expect(try client.reply()?.status == 408)
  }

  @Test func aBodyByTheByteIsRefusedToo() async throws {
    let server = try TestServer(
      options: TestServer.limits {
        $0.headTime = .seconds(600)
        $0.bodyTime = Self.short
      })
    let client = try RawClient(server.address)
    client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n")
    try await wait(for: "the server to lose its patience") { client.send("a") == 0 || client.hasReceived }
    #expect(try client.reply()?.status == 408)
  }

  @Test func aRequestHeldTooLongIsAnswered503() throws {
    let server = try TestServer(options: TestServer.limits { $0.holdTime = Self.short }) { _ in
      { _, response in _ = response.hold() }
    }
    let client = try RawClient(server.address)
    for _ in 0..<2 { #expect(try client.exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n")?.status == 503) }
  }

  @Test func aReaderThatTakesNothingIsDropped() async throws {
    let body = [UInt8](repeating: 0x61, count: 32 << 20)
    let server = try TestServer(options: TestServer.limits { $0.sendTime = Self.short }) { _ in
      { _, response in response.send(contentType: "text/plain", body: body) }
    }
    let client = try RawClient(server.address, receiveBufferBytes: 4096)
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    // Nothing of it is read until the server has given up.
    try await wait(for: "the server to give up") { client.isReset }
  }

  @Test func aRefusedClientThatGoesOnSendingIsDropped() async throws {
    let server = try TestServer(options: TestServer.limits { $0.lingerTime = Self.short })
    let client = try RawClient(server.address)
    #expect(try client.exchange("nonsense\r\n\r\n")?.status == 400)
    try await wait(for: "the server to give up") { client.send("more") == 0 }
  }
}
