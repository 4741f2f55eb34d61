import HTTPTransport
import Testing

/// None of these may reach a socket: the port is one that would refuse.
@Suite("Requests that are refused")
struct HTTPRequestTests {
  private func expectRefused(_ request: HTTPRequest) async throws {
    let failure = await #expect(throws: HTTPFailure.self) { try await HTTPClient().send(request) }
    guard case .badRequest = failure else { throw Unexpected(failure) }
  }

  @Test(arguments: [
    "", "127.0.0.1:1/", "file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1:1/", "http:/", "http://", "http://a b/",
    "http://127.0.0.1:1/\r\nX: y", "http://127.0.0.1:1/\0", "http://127.0.0.1:99999/", "http://[::1/",
  ])
  func url(url: String) async throws {
    try await expectRefused(HTTPRequest("GET", url))
  }

  @Test(arguments: ["", "GET /x", "GET\r\n", "G\0T", "GÉT"])
  func method(method: String) async throws {
    try await expectRefused(HTTPRequest(method, "http://127.0.0.1:1/"))
  }

  @Test(arguments: [("", "x"), ("A B", "x"), ("A:", "x"), ("A\r\nB", "x"), ("A", "x\r\nB: y"), ("A", "x\ny"), ("A", "\0")])
  func header(name: String, value: String) async throws {
    try await expectRefused(HTTPRequest("GET", "http://127.0.0.1:1/", headers: [HTTPHeader(name, value)]))
  }

  @Test func schemeInCapitals() async throws {
    let port = try ScriptedServer.unusedPort()
    await #expect(throws: HTTPFailure.connectionRefused) {
      try await HTTPClient().send(HTTPRequest("GET", "HTTP://127.0.0.1:\(port)/"))
    }
  }
}
