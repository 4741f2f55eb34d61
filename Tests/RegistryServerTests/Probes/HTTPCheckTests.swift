import EventLoop
import Testing

@testable import RegistryServer

@Suite struct HTTPCheckTests {
  private static func text(
    path: String = "/", headers: String = "", host: String = "10.0.0.1", port: Int = 8_080
  ) -> String? {
    HTTPCheckRequest(path: path, headers: headers, host: host, port: port).map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  @Test(arguments: [
    ("", "GET / HTTP/1.1"), ("/", "GET / HTTP/1.1"), ("health", "GET /health HTTP/1.1"),
    ("/a/b?c=d&e", "GET /a/b?c=d&e HTTP/1.1"), ("/a#part", "GET /a HTTP/1.1"),
    ("/a b\r\nX: 1", "GET /a%20b%0D%0AX:%201 HTTP/1.1"), ("/\u{e9}\u{0}", "GET /%C3%A9%00 HTTP/1.1"),
    ("//evil/x", "GET //evil/x HTTP/1.1"),
  ])
  func pathsBecomePathsAndNothingElse(path: String, line: String) throws {
    #expect(try #require(Self.text(path: path)).hasPrefix(line + "\r\n"))
  }

  @Test(arguments: ["http://10.9.9.9/", "https://evil/", String(repeating: "a", count: 9_000)])
  func whatCannotBeAskedIsNot(path: String) { #expect(Self.text(path: path) == nil) }

  @Test func headersAreThoseThatAreHeaders() throws {
    let text = try #require(
      Self.text(headers: "X-A: 1|X-B:2|no colon|x:y:z|X C:3|X-D:a\r\nEvil\u{0}|Host:evil|Content-Length:9|:v|X-E:"))
    let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(
      lines == [
        "GET / HTTP/1.1", "Host: 10.0.0.1:8080", "X-A: 1", "X-B: 2", "X-E: ", "User-Agent: VIPServer", "Accept: */*",
        "Connection: close", "", "",
      ])
    let named = try #require(Self.text(headers: "user-agent:probe/1"))
    #expect(named.contains("user-agent: probe/1\r\n") && !named.contains("VIPServer"))
  }

  @Test func hostsAreNamedAsTheyAre() throws {
    #expect(try #require(Self.text(host: "::1", port: 80)).contains("Host: [::1]\r\n"))
    #expect(try #require(Self.text(host: "db.local", port: 81)).contains("Host: db.local:81\r\n"))
  }

  @Test(arguments: [
    ("HTTP/1.1 200 OK\r\n", HTTPStatusLine.status(200)), ("HTTP/1.0 404\r\n", .status(404)), ("HTTP/1.1 503\n", .status(503)),
    ("HTTP/1.1 302 Found\r\nLocation: http://x/\r\n", .status(302)), ("H", .incomplete), ("HTTP/1.", .incomplete),
    ("HTTP/1.1", .incomplete), ("HTTP/1.1 ", .incomplete), ("HTTP/1.1 2", .incomplete), ("HTTP/1.1 200 OK", .incomplete),
    ("HTTP/2 200\r\n", .malformed), ("HTTP/1.x 200\r\n", .malformed), ("HTTP/1.1 2x0 OK\r\n", .malformed),
    ("HTTP/1.1 20\r\n", .malformed), ("HTTP/1.1 2000\r\n", .malformed), ("HTTP/1.1 099 x\r\n", .malformed),
    ("\r\n", .malformed), ("SSH-2.0-OpenSSH\r\n", .malformed), ("HTTP/1.1\r\n", .malformed), ("ICY 200 OK\r\n", .malformed),
    ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No\r\n", .status(204)), ("HTTP/1.1 103 Hints\r\nLink: x\r\n", .incomplete),
    ("HTTP/1.1 103 Hints\r\nLink: x\r\n\r\n", .incomplete), ("HTTP/1.1 101 Switching\r\n\r\n", .status(101)),
    ("HTTP/1.1 100 a\n\nfoo", .malformed),
  ])
  func statusesAreReadAsTheyCome(text: String, line: HTTPStatusLine) {
    let bytes = Array(text.utf8)
    #expect(HTTPStatusLine(bytes) == line || (bytes.isEmpty && line == .incomplete))
    // However it is cut, no beginning of it says anything else than the whole.
    for count in 1..<bytes.count {
      let part = HTTPStatusLine(Array(bytes[..<count]))
      #expect(part == .incomplete || part == line || HTTPStatusLine(Array(bytes[..<count])) == .malformed && line == .malformed)
    }
  }

  @Test func aKilobyteWithoutAStatusIsEnough() throws {
    let request = try #require(HTTPCheckRequest(path: "/", headers: "", host: "h", port: 1))
    var check = HTTPCheck(request)
    #expect(check.connected() == .say(request.bytes, listen: 1_024))
    var room = 1_024
    while room > 0 {
      let part = Array(repeating: UInt8(ascii: "a"), count: min(100, room))
      let bytes = room == 1_024 ? Array("HTTP/1.1 200 ".utf8) : part
      let move = bytes.withUnsafeBytes { check.received($0) }
      room -= bytes.count
      #expect(move == (room > 0 ? .listen(room) : .hangUp))
    }
    #expect(check.answer == .malformed)
  }
}
