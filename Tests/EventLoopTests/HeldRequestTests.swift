import EventLoop
import Synchronization
import TestSupport
import Testing

/// Answers that come later.
@Suite @SocketThread struct HeldRequestTests {
  /// Holds every request but those for `/now`, and keeps what stands for them.
  private final class Holder: Sendable {
    private let responders = Mutex<[Responder]>([])
    let closed = Counter()

    var all: [Responder] { responders.withLock { $0 } }
    var last: Responder? { responders.withLock { $0.last } }

    func handler(_ loop: Loop) -> HTTPServer.Handler {
      { [unowned loop] request, response in
        if request.path.elementsEqual("/now".utf8) { return response.send(contentType: "text/plain", body: Array("now".utf8)) }
        let responder = response.hold()
        responder.onClose(on: loop) { self.closed.add() }
        self.responders.withLock { $0.append(responder) }
      }
    }

    func wait(count: Int) async throws {
      try await TestSupport.wait(for: "\(count) held requests") { self.responders.withLock { $0.count } >= count }
    }
  }

  private static let get = "GET /held HTTP/1.1\r\nHost: x\r\n\r\n"
  private static let getNow = "GET /now HTTP/1.1\r\nHost: x\r\n\r\n"

  private static func answer(_ responder: Responder, _ text: String, _ server: TestServer) {
    server.thread.mailbox.post { loop in responder.send(contentType: "text/plain", body: Array(text.utf8), on: loop) }
  }

  @Test func holdsTheNextRequestsToo() async throws {
    let holder = Holder()
    let server = try TestServer(makeHandler: holder.handler)
    let client = try RawClient(server.address)
    client.send(Self.get + Self.getNow + Self.get)
    try await holder.wait(count: 1)
    #expect(!client.hasReceived)
    Self.answer(holder.all[0], "first", server)
    #expect(try client.reply()?.text == "first")
    #expect(try client.reply()?.text == "now")
    try await holder.wait(count: 2)
    Self.answer(holder.all[1], "third", server)
    #expect(try client.reply()?.text == "third")
    #expect(holder.closed.value == 0)
  }

  @Test func whatArrivesMeanwhileWaitsAndIsBounded() async throws {
    let holder = Holder()
    let server = try TestServer(makeHandler: holder.handler)
    let client = try RawClient(server.address)
    client.send(Self.get)
    try await holder.wait(count: 1)
    let others = 3_000
    let body = String(repeating: "b", count: 100)
    client.send(String(repeating: "PUT /now HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n\(body)", count: others / 10))
    Self.answer(holder.all[0], "held", server)
    client.send(String(repeating: Self.getNow, count: others))
    #expect(try client.reply()?.text == "held")
    for _ in 0..<(others / 10 + others) { #expect(try client.reply()?.text == "now") }
  }

  @Test func anAnswerAfterTheClientHasGoneIsHarmless() async throws {
    let holder = Holder()
    let server = try TestServer(makeHandler: holder.handler)
    let leaving = try RawClient(server.address)
    leaving.send(Self.get)
    try await holder.wait(count: 1)
    leaving.reset()
    try await wait(for: "the close to be told") { holder.closed.value == 1 }
    let outcome = Mutex<Bool?>(nil)
    let responder = holder.all[0]
    server.thread.mailbox.post { loop in
      let isSent = responder.send(contentType: "text/plain", body: Array("late".utf8), on: loop)
      outcome.withLock { $0 = isSent }
    }
    try await wait(for: "the answer") { outcome.withLock { $0 } != nil }
    #expect(outcome.withLock { $0 } == false)
    #expect(try RawClient(server.address).exchange(Self.getNow)?.text == "now")
    #expect(holder.closed.value == 1)
  }

  @Test func aSecondAnswerGoesNowhere() async throws {
    let holder = Holder()
    let server = try TestServer(makeHandler: holder.handler)
    let client = try RawClient(server.address)
    client.send(Self.get)
    try await holder.wait(count: 1)
    Self.answer(holder.all[0], "first", server)
    Self.answer(holder.all[0], "second", server)
    #expect(try client.reply()?.text == "first")
    client.send(Self.get)
    try await holder.wait(count: 2)
    Self.answer(holder.all[0], "third", server)
    Self.answer(holder.all[1], "fourth", server)
    #expect(try client.reply()?.text == "fourth")
  }

  @Test func aClientThatClosedItsSendingHalfIsToldAndStillAnswered() async throws {
    let holder = Holder()
    let server = try TestServer(makeHandler: holder.handler)
    let client = try RawClient(server.address)
    client.send(Self.get)
    client.endOutput()
    try await holder.wait(count: 1)
    try await wait(for: "the half-close to be told") { holder.closed.value == 1 }
    Self.answer(holder.all[0], "still", server)
    #expect(try client.reply()?.text == "still")
    #expect(try client.receiveAll() == [])
  }

  @Test func anAnswerFromWithinTheHandlersCallIsOneToo() throws {
    let server = try TestServer { loop in
      { [unowned loop] _, response in
        response.hold().send(contentType: "text/plain", body: Array("inside".utf8), on: loop)
      }
    }
    let client = try RawClient(server.address)
    client.send(String(repeating: Self.get, count: 100))
    for _ in 0..<100 { #expect(try client.reply()?.text == "inside") }
  }

  @Test func aResponseThatIsLetGoUnusedIsAnswered500() throws {
    let server = try TestServer { _ in { _, response in _ = consume response } }
    let client = try RawClient(server.address)
    #expect(try client.exchange(Self.get)?.status == 500)
    #expect(try client.exchange(Self.get)?.status == 500)
  }

  @Test func aResponderOfAnotherLoopMeansNothing() async throws {
    let holder = Holder()
    let server = try TestServer(makeHandler: holder.handler)
    let client = try RawClient(server.address)
    client.send(Self.get)
    try await holder.wait(count: 1)
    let other = try Loop()
    #expect(holder.all[0].isOpen(on: other) == false)
    #expect(holder.all[0].send(contentType: "text/plain", body: [], on: other) == false)
    Self.answer(holder.all[0], "ours", server)
    #expect(try client.reply()?.text == "ours")
  }

  /// Each answer hands over the next request, on another connection: however long the chain, the stack does not grow with it.
  @Test func chainsOfAnswersDoNotNest() async throws {
    let holder = Holder()
    let server = try TestServer { loop in
      { [unowned loop] request, response in
        let previous = holder.last
        holder.handler(loop)(request, response)
        previous?.send(contentType: "text/plain", body: Array("passed on".utf8), on: loop)
      }
    }
    let clients = try (0..<20).map { _ in try RawClient(server.address) }
    for client in clients { client.send(String(repeating: Self.get, count: 100)) }
    // When only requests of one connection are left, no other one comes to have theirs answered: then we do it.
    try await TestSupport.wait(for: "2000 held requests") {
      let held = holder.all
      if held.count < 20 * 100, let last = held.last { Self.answer(last, "passed on", server) }
      return held.count == 20 * 100
    }
    Self.answer(try #require(holder.last), "passed on", server)
    for client in clients {
      for _ in 0..<100 { #expect(try client.reply()?.text == "passed on") }
    }
  }
}
