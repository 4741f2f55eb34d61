import EventLoop
import Glibc
import Synchronization
import TestSupport
import Testing

/// Answers that are sent together at the end of a turn.
@Suite @SocketThread struct TurnAnswersTests {
  private static func get(_ target: String, _ more: String = "") -> String {
    "GET \(target) HTTP/1.1\r\nHost: x\r\n\(more)\r\n"
  }

  @Test func answersOfATurnAreSentAtItsEnd() throws {
    let descriptor = Mutex<Int32>(-1)
    let hadReceived = Mutex<[Bool]>([])
    let server = try TestServer { _ in
      { request, response in
        var state = pollfd(fd: descriptor.withLock { $0 }, events: Int16(POLLIN), revents: 0)
        let isThere = poll(&state, 1, 0) > 0
        hadReceived.withLock { $0.append(isThere) }
        TestServer.echo(request, response)
      }
    }
    let client = try RawClient(server.address)
    descriptor.withLock { $0 = client.descriptor }
    client.send(Self.get("/1") + Self.get("/2") + Self.get("/3"))
    for number in 1...3 { #expect(try client.reply()?.text == "GET /\(number) ") }
    #expect(hadReceived.withLock { $0 } == [false, false, false])
  }

  /// Whatever is sent at once, because it is long, or the last, or a refusal, comes after what was left to the turn's end.
  @Test(arguments: ["/long", "/chunks"]) func whatIsSentAtOnceKeepsItsPlace(_ target: String) throws {
    let long = [UInt8](repeating: 0x61, count: 100_000)
    let server = try TestServer { loop in
      { request, response in
        switch String(decoding: request.target, as: UTF8.self) {
        case "/long": response.send(contentType: "text/plain", body: long)
        case "/chunks":
          let writer = response.stream(contentType: "text/plain")
          _ = writer.write(long[...], on: loop)
          writer.end(on: loop)
        default: TestServer.echo(request, response)
        }
      }
    }
    let client = try RawClient(server.address)
    let last = Self.get("/3", "Connection: close\r\n")
    client.send(Self.get("/1") + Self.get(target) + Self.get("/2") + last)
    #expect(try client.reply()?.text == "GET /1 ")
    #expect(try client.reply()?.body.count == long.count)
    #expect(try client.reply()?.text == "GET /2 ")
    #expect(try client.reply()?.text == "GET /3 ")
    #expect(try client.receiveAll() == [])
    let refused = try RawClient(server.address)
    refused.send(Self.get("/1") + "NONSENSE\r\n\r\n")
    #expect(try refused.reply()?.text == "GET /1 ")
    #expect(try refused.reply()?.status == 400)
  }

  /// Answers of many clients, several a client, of whom each gets its own in order.
  @Test func manyClientsAtOnceGetTheirOwnAnswers() throws {
    let server = try TestServer()
    let clients = try (0..<150).map { _ in try RawClient(server.address) }
    for round in 0..<3 {
      for (number, client) in clients.enumerated() {
        client.send((0..<4).map { Self.get("/\(round)-\(number)-\($0)") }.joined())
      }
      for (number, client) in clients.enumerated() {
        for place in 0..<4 { #expect(try client.reply()?.text == "GET /\(round)-\(number)-\(place) ") }
      }
    }
  }

  /// More than fits into what is kept for a turn, and into the socket of a client that does not read yet.
  @Test func aClientThatAsksForMuchAndReadsLateGetsAll() async throws {
    let body = [UInt8](repeating: 0x61, count: 7_000)
    let handled = Atomic<Int>(0)
    let server = try TestServer { _ in
      { _, response in
        handled.add(1, ordering: .relaxed)
        response.send(contentType: "text/plain", body: body)
      }
    }
    let client = try RawClient(server.address, receiveBufferBytes: 4_096)
    let requests = 1_500
    client.send(String(repeating: Self.get("/"), count: requests))
    try await wait(for: "the server to begin") { handled.load(ordering: .relaxed) > 20 }
    #expect(handled.load(ordering: .relaxed) < requests)
    for _ in 0..<requests { #expect(try client.reply()?.body.count == body.count) }
  }

  /// A server that is closed in the turn of an answer has given it.
  @Test func closingTheServerLosesNoAnswer() throws {
    final class Holder {
      var server: HTTPServer?
    }
    let (thread, address) = try LoopThread.start(name: "closing") { loop in
      let holder = Holder()
      let server = try HTTPServer(loop, listen: .loopback(port: 0)) { request, response in
        TestServer.echo(request, response)
        holder.server?.close()
      }
      holder.server = server
      loop.keep(holder)
      return server.address
    }
    defer { thread.stop() }
    let client = try RawClient(address)
    #expect(try client.exchange(Self.get("/last"))?.text == "GET /last ")
    #expect(try client.receiveAll() == [])
  }
}
