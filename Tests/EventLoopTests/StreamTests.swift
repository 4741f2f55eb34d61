import EventLoop
import Synchronization
import TestSupport
import Testing

/// Answers that are sent piece by piece.
@Suite @SocketThread struct StreamTests {
  private static let get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"

  /// Begins a stream for every request and keeps its writer.
  private final class Streams: Sendable {
    private let writers = Mutex<[ChunkedWriter]>([])
    let closed = Counter()

    func handler(_ loop: Loop) -> HTTPServer.Handler {
      { [unowned loop] _, response in
        let writer = response.stream(contentType: "text/plain")
        writer.onClose(on: loop) { self.closed.add() }
        self.writers.withLock { $0.append(writer) }
      }
    }

    func writer(_ index: Int) async throws -> ChunkedWriter {
      try await wait(for: "stream \(index)") { self.writers.withLock { $0.count } > index }
      return writers.withLock { $0[index] }
    }
  }

  @Test func chunksArriveAsTheyAreWritten() async throws {
    let streams = Streams()
    let server = try TestServer(makeHandler: streams.handler)
    let client = try RawClient(server.address)
    for index in 0..<2 {
      client.send(Self.get)
      let writer = try await streams.writer(index)
      server.thread.mailbox.post { loop in
        writer.write(Array("one ".utf8), on: loop)
        writer.write([], on: loop)
        writer.write([UInt8](repeating: 0x61, count: 100_000), on: loop)
        writer.end(on: loop)
        #expect(writer.write([1], on: loop) == .closed)
      }
      let reply = try client.reply()
      #expect(reply?.headers["transfer-encoding"] == "chunked")
      #expect(reply?.headers["content-length"] == nil)
      #expect(reply?.body.count == 100_004)
    }
    #expect(streams.closed.value == 0)
  }

  @Test func http10GetsTheBytesAndTheEndOfTheConnection() async throws {
    let streams = Streams()
    let server = try TestServer(makeHandler: streams.handler)
    let client = try RawClient(server.address)
    client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
    let writer = try await streams.writer(0)
    server.thread.mailbox.post { loop in
      writer.write(Array("plain".utf8), on: loop)
      writer.end(on: loop)
    }
    let reply = try client.reply()
    #expect(reply?.headers["transfer-encoding"] == nil)
    #expect(reply?.headers["connection"] == "close")
    #expect(reply?.text == "plain")
  }

  @Test func headGetsNoChunks() async throws {
    let streams = Streams()
    let server = try TestServer(makeHandler: streams.handler)
    let client = try RawClient(server.address)
    client.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n")
    for index in 0..<2 {
      let writer = try await streams.writer(index)
      server.thread.mailbox.post { loop in
        writer.write([0x61], on: loop)
        writer.end(on: loop)
      }
    }
    #expect(try client.reply(toHead: true)?.body == [])
    #expect(try client.reply()?.text == "a")
  }

  @Test func aBrokenOffStreamIsNotMistakenForAWholeOne() async throws {
    let streams = Streams()
    let server = try TestServer(makeHandler: streams.handler)
    let client = try RawClient(server.address)
    client.send(Self.get)
    let writer = try await streams.writer(0)
    server.thread.mailbox.post { loop in
      writer.write(Array("half".utf8), on: loop)
      writer.abort(on: loop)
    }
    let text = try client.receiveText()
    #expect(text.hasSuffix("4\r\nhalf\r\n"))
  }

  @Test func aClientThatLeavesIsNoticedWithoutAWrite() async throws {
    let streams = Streams()
    let server = try TestServer(makeHandler: streams.handler)
    let client = try RawClient(server.address)
    client.send(Self.get)
    _ = try await streams.writer(0)
    client.close()
    try await wait(for: "the close to be told") { streams.closed.value == 1 }
  }

  /// Writes as fast as it may, and counts what waited at the most.
  private final class Flood {
    let loop: Loop
    let writer: ChunkedWriter
    let total: Int
    var written = 0
    let chunk = [UInt8](repeating: 0x61, count: 16 * 1024)
    let pauses: Counter

    init(_ loop: Loop, _ writer: ChunkedWriter, total: Int, pauses: Counter) {
      (self.loop, self.writer, self.total, self.pauses) = (loop, writer, total, pauses)
    }

    func go() {
      while written < total {
        written += chunk.count
        switch writer.write(chunk, on: loop) {
        case .ready: continue
        case .full: return pauses.add()
        case .closed: return
        }
      }
      writer.end(on: loop)
    }
  }

  @Test func aWriterThatHeedsBackPressureGetsEverythingThrough() async throws {
    let pauses = Counter()
    let total = 24 << 20
    let server = try TestServer { loop in
      { [unowned loop] _, response in
        let flood = Flood(loop, response.stream(contentType: "text/plain"), total: total, pauses: pauses)
        flood.writer.onDrain(on: loop) { flood.go() }
        flood.go()
      }
    }
    let client = try RawClient(server.address)
    client.send(Self.get)
    try await wait(for: "the first pause") { pauses.value > 0 }
    var received = 0
    let lastChunk = Array("\r\n0\r\n\r\n".utf8)
    var tail: [UInt8] = []
    while tail != lastChunk {
      let bytes = try client.receive()
      if bytes.isEmpty { break }
      received += bytes.count
      tail = (tail + bytes.suffix(lastChunk.count)).suffix(lastChunk.count)
    }
    #expect(received > total)
    #expect(pauses.value > 3)
  }

  /// What a writer that heeds nothing can make wait has a bound, and beyond it the stream is broken off.
  @Test func aWriterThatDoesNotPauseLosesItsStream() async throws {
    let outcome = Mutex<Int?>(nil)
    let server = try TestServer(
      options: TestServer.limits { $0.streamBreakBytes = 1 << 20 }
    ) { loop in
      { [unowned loop] _, response in
        let writer = response.stream(contentType: "text/plain")
        let chunk = [UInt8](repeating: 0x61, count: 16 * 1024)
        var written = 0
        while writer.write(chunk, on: loop) != .closed { written += chunk.count }
        outcome.withLock { $0 = written }
      }
    }
    let client = try RawClient(server.address, receiveBufferBytes: 4096)
    client.send(Self.get)
    try await wait(for: "the break") { outcome.withLock { $0 } != nil }
    // Beside what waited, the sockets' own buffers have taken some.
    #expect(outcome.withLock { $0 ?? 0 } < 64 << 20)
    #expect(try !client.receiveText().hasSuffix("0\r\n\r\n"))
  }
}
