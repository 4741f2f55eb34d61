import HTTPTransport
import Testing

@Suite("Bounds of an answer")
struct HTTPLimitsTests {
  @Test func bodyOfTheAllowedLength() async throws {
    let server = try ScriptedServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789")
    let request = HTTPRequest("GET", server.url).changing { $0.limits.maximumBody = 10 }
    #expect(try await HTTPClient().send(request).text == "0123456789")
  }

  @Test(arguments: ["Content-Length: 11\r\n\r\n0123456789a", "Transfer-Encoding: chunked\r\n\r\nb\r\n0123456789a\r\n0\r\n\r\n"])
  func longerBody(answer: String) async throws {
    let server = try ScriptedServer.answering("HTTP/1.1 200 OK\r\n" + answer)
    let request = HTTPRequest("GET", server.url).changing { $0.limits.maximumBody = 10 }
    await #expect(throws: HTTPFailure.bodyTooLarge(limit: 10)) { try await HTTPClient().send(request) }
  }

  @Test func endlessBody() async throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\n\r\n")
      while connection.send([UInt8](repeating: 0, count: 65536)) {}
    }
    await #expect(throws: HTTPFailure.bodyTooLarge(limit: 8 << 20)) {
      try await HTTPClient().send(HTTPRequest("GET", server.url))
    }
  }

  @Test func bodyThatInflatesBeyondIt() async throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(GzipSamples.zeros.count)\r\n\r\n")
      connection.send(GzipSamples.zeros)
    }
    let request = HTTPRequest("GET", server.url).changing { $0.limits.maximumBody = 99_999 }
    await #expect(throws: HTTPFailure.bodyTooLarge(limit: 99_999)) { try await HTTPClient().send(request) }
  }

  @Test func headersWithoutEnd() async throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\n")
      while connection.send("a: b\r\n") {}
    }
    await #expect(throws: HTTPFailure.tooManyHeaders(limit: 128)) {
      try await HTTPClient().send(HTTPRequest("GET", server.url))
    }
  }

  @Test func longHeaders() async throws {
    let long = String(repeating: "x", count: 40_000)
    let server = try ScriptedServer.answering("HTTP/1.1 200 OK\r\na: \(long)\r\nb: \(long)\r\nContent-Length: 0\r\n\r\n")
    await #expect(throws: HTTPFailure.headersTooLarge(limit: 65_536)) {
      try await HTTPClient().send(HTTPRequest("GET", server.url))
    }
  }

  @Test func interimAnswersWithoutEnd() async throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      while connection.send("HTTP/1.1 100 Continue\r\n\r\n") {}
    }
    await #expect(throws: HTTPFailure.headersTooLarge(limit: 65_536)) {
      try await HTTPClient().send(HTTPRequest("GET", server.url))
    }
  }
}
