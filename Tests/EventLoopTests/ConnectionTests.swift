import EventLoop
import Glibc
import Synchronization
import TestSupport
import Testing

/// How connections are kept, ended and bounded.
@Suite @SocketThread struct ConnectionTests {
  private static let get = "GET /x HTTP/1.1\r\nHost: x\r\n\r\n"

  @Test func closesWhenTheClientWantsItTo() throws {
    let server = try TestServer()
    let client = try RawClient(server.address)
    client.send("GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n\(Self.get)")
    #expect(try client.reply()?.headers["connection"] == "close")
    #expect(try client.receiveAll() == [])
  }

  @Test func http10ClosesUnlessAskedToStay() throws {
    let server = try TestServer()
    let closing = try RawClient(server.address)
    #expect(try closing.exchange("GET /x HTTP/1.0\r\n\r\n")?.headers["connection"] == "close")
    #expect(try closing.receiveAll() == [])
    let staying = try RawClient(server.address)
    for _ in 0..<2 {
      let reply = try staying.exchange("GET /x HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n")
      #expect(reply?.headers["connection"] == "keep-alive")
      #expect(reply?.text == "GET /x ")
    }
  }

  @Test func expectationIsAnsweredBeforeTheBody() throws {
    let server = try TestServer()
    let client = try RawClient(server.address)
    client.send("PUT /x HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n")
    #expect(try client.reply()?.status == 100)
    #expect(try client.exchange("body")?.text == "PUT /x body")
  }

  @Test func expectationOfTooMuchIsRefusedWithoutBeingSent() throws {
    let server = try TestServer(options: TestServer.limits { $0.bodyBytes = 10 })
    let client = try RawClient(server.address)
    #expect(
      try client.exchange("PUT /x HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n")?.status == 413)
  }

  @Test func bodiesAreBoundedByWhatTheyAreFor() throws {
    var options = TestServer.limits { $0.bodyBytes = 10 }
    options.bodyBound = { path in path.elementsEqual("/large".utf8) ? 1_000 : nil }
    let server = try TestServer(options: options)
    let body = String(repeating: "b", count: 100)
    for (target, status) in [
      ("/large", 200), ("/large?x=1", 200), ("http://x/large", 200), ("/larger", 413), ("/small?/large", 413),
    ] {
      for framing in ["Content-Length: 100\r\n\r\n\(body)", "Transfer-Encoding: chunked\r\n\r\n64\r\n\(body)\r\n0\r\n\r\n"] {
        let client = try RawClient(server.address)
        #expect(try client.exchange("PUT \(target) HTTP/1.1\r\nHost: x\r\n\(framing)")?.status == status, "\(target)")
      }
    }
    let client = try RawClient(server.address)
    #expect(try client.exchange("PUT /large HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n")?.status == 413)
  }

  @Test func aClientThatClosesItsSendingHalfGetsItsAnswers() throws {
    let server = try TestServer()
    let client = try RawClient(server.address)
    client.send(Self.get + Self.get)
    client.endOutput()
    let text = try client.receiveText()
    #expect(text.components(of: "GET /x ") == 2)
  }

  @Test func whoIsRefusedWhileSendingStillLearnsWhy() throws {
    let server = try TestServer(options: TestServer.limits { $0.bodyBytes = 1 << 20 })
    let client = try RawClient(server.address)
    client.send("PUT /x HTTP/1.1\r\nHost: x\r\nContent-Length: \(4 << 20)\r\n\r\n")
    client.send([UInt8](repeating: 0x61, count: 4 << 20))
    #expect(try client.reply()?.status == 413)
  }

  @Test func oneConnectionTooManyIsTurnedAway() async throws {
    let server = try TestServer(options: TestServer.limits { $0.connections = 2 })
    let first = try RawClient(server.address)
    let second = try RawClient(server.address)
    #expect(try first.exchange(Self.get)?.status == 200)
    #expect(try second.exchange(Self.get)?.status == 200)
    let third = try RawClient(server.address)
    #expect(try third.reply()?.status == 503)
    #expect(try third.receiveAll() == [])
    first.close()
    try await wait(for: "a place") { try RawClient(server.address).exchange(Self.get)?.status == 200 }
  }

  @Test func abortsInTheMiddleOfAnAnswerHarmNobody() async throws {
    let body = [UInt8](repeating: 0x61, count: 8 << 20)
    let server = try TestServer { _ in { _, response in response.send(contentType: "text/plain", body: body) } }
    for _ in 0..<10 {
      let client = try RawClient(server.address)
      client.send(Self.get)
      _ = try client.receive()
      client.reset()
    }
    let client = try RawClient(server.address)
    #expect(try client.exchange(Self.get)?.body.count == body.count)
  }

  /// A slow reader costs its own bytes: while its answer waits, its next request is not even looked at.
  @Test func requestsOfAClientThatDoesNotReadAreNotHandled() async throws {
    let body = [UInt8](repeating: 0x61, count: 1 << 20)
    let counter = Counter()
    let server = try TestServer { _ in
      { _, response in
        counter.add()
        response.send(contentType: "text/plain", body: body)
      }
    }
    let client = try RawClient(server.address)
    let requests = 200
    client.send(String(repeating: Self.get, count: requests))
    // A second client's answers show that the server has had its turn with the first.
    for _ in 0..<5 { #expect(try RawClient(server.address).exchange(Self.get)?.status == 200) }
    let handled = counter.value - 5
    #expect(handled < requests / 2)
    for _ in 0..<requests { #expect(try client.reply()?.body.count == body.count) }
    #expect(counter.value == requests + 5)
  }

  @Test func aServerThatDrainsAnswersAndCloses() throws {
    let (thread, address) = try LoopThread.start(name: "drains") { loop in
      weak var server: HTTPServer?
      let made = try HTTPServer(loop, listen: .loopback(port: 0)) { request, response in
        if request.path.elementsEqual("/drain".utf8) { server?.drain() }
        response.send(contentType: "text/plain", body: [0x61])
      }
      server = made
      loop.keep(made)
      return made.address
    }
    defer { thread.stop() }
    let idle = try RawClient(address)
    #expect(try idle.exchange(Self.get)?.status == 200)
    let last = try RawClient(address)
    let reply = try last.exchange("GET /drain HTTP/1.1\r\nHost: x\r\n\r\n")
    #expect(reply?.status == 200)
    #expect(reply?.headers["connection"] == "close")
    #expect(try idle.receiveAll() == [])
    #expect(throws: RawClient.Failure.self) { try RawClient(address) }
  }

  @Test func severalLoopsShareAPort() async throws {
    var options = HTTPServer.Options()
    options.sharesPort = true
    let counters = [Counter(), Counter()]
    func handler(_ counter: Counter) -> @Sendable (Loop) -> HTTPServer.Handler {
      { _ in
        { request, response in
          counter.add()
          TestServer.echo(request, response)
        }
      }
    }
    let first = try TestServer(options: options, makeHandler: handler(counters[0]))
    let second = try TestServer(options: options, address: first.address, makeHandler: handler(counters[1]))
    #expect(second.address == first.address)
    // The kernel spreads connections by their ports.
    try await wait(for: "both to be asked") {
      _ = try RawClient(first.address).exchange(Self.get)
      return counters.allSatisfy { $0.value > 0 }
    }
  }

  /// In a process of its own, because it takes all descriptors there are.
  @Test func aProcessWithoutDescriptorsTurnsConnectionsAwayAndRecovers() async throws {
    await #expect(processExitsWith: .success) {
      let server = try TestServer()
      let kept = try RawClient(server.address)
      #expect(try kept.exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n")?.status == 200)
      let waiting = (0..<4).map { _ in socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) }
      var taken: [Int32] = []
      while case let descriptor = dup(0), descriptor >= 0 { taken.append(descriptor) }
      #expect(errno == EMFILE)
      // The kernel completes their connections; the server can only close them.
      let turnedAway = try waiting.map { try RawClient(server.address, over: $0) }
      for client in turnedAway { #expect(try client.receiveAll() == []) }
      #expect(try kept.exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n")?.status == 200)
      for descriptor in taken { Glibc.close(descriptor) }
      #expect(try RawClient(server.address).exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n")?.status == 200)
    }
  }
}

/// A number that several threads count up.
final class Counter: Sendable {
  private let count = Atomic(0)
  var value: Int { count.load(ordering: .sequentiallyConsistent) }
  func add() { count.add(1, ordering: .sequentiallyConsistent) }
}

extension String {
  /// How often `part` is in it.
  func components(of part: String) -> Int {
    ranges(of: part).count
  }
}
