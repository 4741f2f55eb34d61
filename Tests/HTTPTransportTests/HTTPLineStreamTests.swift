import Glibc
import HTTPTransport
import Synchronization
import TestSupport
import Testing

@Suite("Answers as lines")
struct HTTPLineStreamTests {
  private static let head = "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"

  private func collect(_ stream: HTTPLineStream) async throws -> [String] {
    var lines: [String] = []
    for try await line in stream { lines.append(String(decoding: line, as: UTF8.self)) }
    return lines
  }

  @Test func linesWhateverTheirPieces() async throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.send(Self.head)
      for piece in ["one\ntw", "o\r", "\n", "\n", "th", "ree"] { connection.sendChunk(piece) }
      connection.send("0\r\n\r\n")
    }
    let stream = try await HTTPClient().lines(HTTPRequest("GET", server.url))
    #expect(stream.status == 200)
    #expect(stream[header: "Content-Type"] == "application/x-ndjson")
    #expect(try await collect(stream) == ["one", "two", "", "three"])
  }

  /// The server sends its next line only when the last one was read: a client that gathers would hang.
  @Test func eachLineIsReadAsItArrives() async throws {
    let counter = Counter()
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.send(Self.head)
      for line in 0..<5 {
        while counter.value < line { usleep(1_000) }
        connection.sendChunk("\(line)\n")
      }
      connection.send("0\r\n\r\n")
    }
    let stream = try await HTTPClient().lines(HTTPRequest("GET", server.url))
    for try await _ in stream { counter.increment() }
    #expect(counter.value == 5)
  }

  @Test func theHeadComesBeforeAnyLine() async throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 403 Forbidden\r\nTransfer-Encoding: chunked\r\n\r\n")
      connection.waitForEnd()
    }
    let stream = try await HTTPClient().lines(HTTPRequest("GET", server.url))
    #expect(stream.status == 403)
  }

  @Test func noHeadInTime() async throws {
    let server = try ScriptedServer { $0.waitForEnd() }
    let request = HTTPRequest("GET", server.url).changing { $0.timeout = .milliseconds(200) }
    await #expect(throws: HTTPFailure.timedOut(after: .milliseconds(200))) {
      try await HTTPClient().lines(request)
    }
  }

  @Test func refused() async throws {
    let port = try ScriptedServer.unusedPort()
    await #expect(throws: HTTPFailure.connectionRefused) {
      try await HTTPClient().lines(HTTPRequest("GET", "http://127.0.0.1:\(port)/"))
    }
  }

  @Test func silence() async throws {
    let ended = Flag()
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.send(Self.head)
      connection.sendChunk("one\ntwo\n")
      connection.waitForEnd()
      ended.raise()
    }
    var limits = HTTPLineLimits()
    limits.silence = .milliseconds(300)
    let request = HTTPRequest("GET", server.url).changing { $0.timeout = .seconds(60) }
    var stream = try await HTTPClient().lines(request, limits: limits).makeAsyncIterator()
    #expect(try await stream.next() == Array("one".utf8))
    #expect(try await stream.next() == Array("two".utf8))
    let failure = await #expect(throws: HTTPFailure.self) { try await stream.next() }
    #expect(failure == .silent(for: .milliseconds(300)))
    try await wait(for: "the connection to close") { ended.isRaised }
  }

  @Test func linesBeforeABreakAreDelivered() async throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.send(Self.head)
      connection.sendChunk("one\ntw")
    }
    var stream = try await HTTPClient().lines(HTTPRequest("GET", server.url)).makeAsyncIterator()
    #expect(try await stream.next() == Array("one".utf8))
    let failure = await #expect(throws: HTTPFailure.self) { try await stream.next() }
    guard case .connectionLost = failure else { throw Unexpected(failure) }
  }

  @Test func aLineTooLong() async throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.send(Self.head)
      while connection.sendChunk("0123456789") {}
    }
    var limits = HTTPLineLimits()
    limits.longestLine = 1000
    let stream = try await HTTPClient().lines(HTTPRequest("GET", server.url), limits: limits)
    await #expect(throws: HTTPFailure.lineTooLong(limit: 1000)) { try await collect(stream) }
  }

  @Test func cancellingTheReaderEndsTheTransfer() async throws {
    let (sent, ended) = (Flag(), Flag())
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.send(Self.head)
      connection.sendChunk("one\n")
      sent.raise()
      connection.waitForEnd()
      ended.raise()
    }
    let stream = try await HTTPClient().lines(HTTPRequest("GET", server.url))
    let task = Task { try await collect(stream) }
    try await wait(for: "a line") { sent.isRaised }
    task.cancel()
    await #expect(throws: HTTPFailure.cancelled) { try await task.value }
    try await wait(for: "the connection to close") { ended.isRaised }
    await #expect(throws: HTTPFailure.cancelled) { try await collect(stream) }
  }

  @Test func droppingTheStreamEndsTheTransfer() async throws {
    let ended = Flag()
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.send(Self.head)
      connection.sendChunk("one\n")
      connection.waitForEnd()
      ended.raise()
    }
    let client = HTTPClient()
    do {
      var lines = try await client.lines(HTTPRequest("GET", server.url)).makeAsyncIterator()
      #expect(try await lines.next() == Array("one".utf8))
    }
    try await wait(for: "the connection to close") { ended.isRaised }
  }

  @Test func theStreamOutlivesItsClient() async throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.send(Self.head)
      for line in 0..<100 { connection.sendChunk("\(line)\n") }
      connection.send("0\r\n\r\n")
    }
    let stream = try await HTTPClient().lines(HTTPRequest("GET", server.url))
    #expect(try await collect(stream).count == 100)
  }

  @Test func requestsPassAStream() async throws {
    let server = try ScriptedServer { connection in
      guard let request = connection.readRequest() else { return }
      guard request.hasPrefix("GET /stream") else {
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
        return
      }
      connection.send(Self.head)
      connection.waitForEnd()
    }
    let client = HTTPClient()
    let stream = try await client.lines(HTTPRequest("GET", server.url + "stream"))
    for _ in 0..<10 { #expect(try await client.send(HTTPRequest("GET", server.url)).text == "ok") }
    withExtendedLifetime(stream) {}
  }

  /// The server notes that it cannot write any more; the wait for that is longer than the silence allowed.
  @Test func aSlowReaderHoldsTheServerBackAndLosesNothing() async throws {
    let count = 200_000
    let stalled = Flag()
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\n\r\n")
      for first in stride(from: 0, to: count, by: 100) {
        if !connection.isWritable(within: 2_000) { stalled.raise() }
        connection.send((first..<first + 100).map { "\($0) \(String(repeating: "x", count: 90))\n" }.joined())
      }
    }
    var limits = HTTPLineLimits()
    limits.maximumBacklog = 64 << 10
    limits.silence = .seconds(1)
    let stream = try await HTTPClient().lines(HTTPRequest("GET", server.url), limits: limits)
    try await wait(for: "the server to be held back") { stalled.isRaised }
    var expected = 0
    for try await line in stream {
      try #require(line.starts(with: "\(expected) ".utf8))
      expected += 1
    }
    #expect(expected == count)
  }
}

private final class Counter: Sendable {
  private let count = Atomic(0)
  var value: Int { count.load(ordering: .acquiring) }
  func increment() { count.add(1, ordering: .acquiringAndReleasing) }
}
