import Glibc
import HTTPTransport
import TestSupport
import Testing

@Suite("What goes wrong")
struct HTTPFailureTests {
  @Test func refused() async throws {
    let port = try ScriptedServer.unusedPort()
    await #expect(throws: HTTPFailure.connectionRefused) {
      try await HTTPClient().send(HTTPRequest("GET", "http://127.0.0.1:\(port)/"))
    }
    #expect("\(HTTPFailure.connectionRefused)" == "connection refused")
  }

  @Test func noAnswerInTime() async throws {
    let ended = Flag()
    let server = try ScriptedServer { connection in
      connection.waitForEnd()
      ended.raise()
    }
    let request = HTTPRequest("GET", server.url).changing { $0.timeout = .milliseconds(200) }
    let failure = await #expect(throws: HTTPFailure.self) { try await HTTPClient().send(request) }
    #expect(failure == .timedOut(after: .milliseconds(200)))
    #expect("\(HTTPFailure.timedOut(after: .seconds(2)))" == "timed out after 2 s")
    try await wait(for: "the connection to close") { ended.isRaised }
  }

  @Test func anAnswerThatTricklesIsStillHeldToItsTimeout() async throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
      while connection.send("x") { usleep(5_000) }
    }
    let request = HTTPRequest("GET", server.url).changing { $0.timeout = .milliseconds(200) }
    await #expect(throws: HTTPFailure.timedOut(after: .milliseconds(200))) { try await HTTPClient().send(request) }
  }

  @Test func waitingForAConnectionCountsToo() async throws {
    let server = try ScriptedServer { $0.waitForEnd() }
    let client = HTTPClient(connectionsPerHost: 1)
    let request = HTTPRequest("GET", server.url).changing { $0.timeout = .milliseconds(200) }
    let failures = await withTaskGroup(of: HTTPFailure?.self) { group in
      for _ in 0..<3 {
        group.addTask {
          do throws(HTTPFailure) {
            _ = try await client.send(request)
            return nil
          } catch {
            return error
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(failures == Array(repeating: .timedOut(after: .milliseconds(200)), count: 3))
  }

  @Test func cancelledOnItsWay() async throws {
    let (asked, ended) = (Flag(), Flag())
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      asked.raise()
      connection.waitForEnd()
      ended.raise()
    }
    let task = Task { try await HTTPClient().send(HTTPRequest("GET", server.url)) }
    try await wait(for: "the request") { asked.isRaised }
    task.cancel()
    await #expect(throws: HTTPFailure.cancelled) { try await task.value }
    try await wait(for: "the connection to close") { ended.isRaised }
  }

  @Test func cancelledBeforeItBegan() async throws {
    let server = try ScriptedServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    let gate = Flag()
    let task = Task {
      while !gate.isRaised { await Task.yield() }
      return try await HTTPClient().send(HTTPRequest("GET", server.url))
    }
    task.cancel()
    gate.raise()
    await #expect(throws: HTTPFailure.cancelled) { try await task.value }
  }

  @Test func tooManyAtOnce() async throws {
    let asked = Flag()
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      asked.raise()
      connection.waitForEnd()
    }
    let client = HTTPClient(maximumInFlight: 1)
    let first = Task { try await client.send(HTTPRequest("GET", server.url)) }
    try await wait(for: "the first request") { asked.isRaised }
    await #expect(throws: HTTPFailure.overloaded(limit: 1)) { try await client.send(HTTPRequest("GET", server.url)) }
    first.cancel()
    _ = try? await first.value
  }

  @Test(arguments: [
    "", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
  ])
  func theConnectionBreaksOff(answer: String) async throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.send(answer)
    }
    let failure = await #expect(throws: HTTPFailure.self) { try await HTTPClient().send(HTTPRequest("GET", server.url)) }
    guard case .connectionLost = failure else { throw Unexpected(failure) }
  }

  @Test(arguments: ["SSH-2.0-OpenSSH_9.2\r\n", "hello", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", "\0\0\0\u{15}"])
  func notAnAnswer(answer: String) async throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.send(answer)
    }
    let failure = await #expect(throws: HTTPFailure.self) { try await HTTPClient().send(HTTPRequest("GET", server.url)) }
    guard case .transport(_, let text) = failure else { throw Unexpected(failure) }
    #expect(!text.isEmpty)
  }

  @Test func plainServerAskedForTLS() async throws {
    let server = try ScriptedServer { connection in
      connection.send("HTTP/1.1 400 Bad Request\r\n\r\n")
      connection.waitForEnd()
    }
    let failure = await #expect(throws: HTTPFailure.self) {
      try await HTTPClient().send(HTTPRequest("GET", "https://127.0.0.1:\(server.port)/"))
    }
    guard case .tls = failure else { throw Unexpected(failure) }
  }

  @Test func theClientLivesOnAfterFailures() async throws {
    let server = try ScriptedServer { connection in
      guard let request = connection.readRequest(), !request.contains("/break") else { return }
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    }
    let client = HTTPClient()
    for _ in 0..<20 {
      await #expect(throws: HTTPFailure.self) { try await client.send(HTTPRequest("GET", server.url + "break")) }
      #expect(try await client.send(HTTPRequest("GET", server.url)).text == "ok")
    }
  }
}

/// A failure of another kind than the test asks for.
struct Unexpected: Error, CustomStringConvertible {
  let description: String
  init(_ failure: HTTPFailure?) { description = "unexpected failure: \(String(describing: failure))" }
}
