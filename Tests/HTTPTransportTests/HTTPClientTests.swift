import Glibc
import HTTPTransport
import TestSupport
import Testing

@Suite("Whole answers")
struct HTTPClientTests {
  @Test func givesStatusHeadersAndBody() async throws {
    let server = try ScriptedServer.answering("HTTP/1.1 404 Nope\r\nX-One:  a b \r\nx-one: c\r\nContent-Length: 5\r\n\r\nhello")
    let response = try await HTTPClient().send(HTTPRequest("GET", server.url))
    #expect(response.status == 404)
    #expect(response.headers.filter { $0.name == "x-one" }.map(\.value) == ["a b", "c"])
    #expect(response[header: "X-One"] == "a b")
    #expect(response.text == "hello")
  }

  @Test func sendsExactlyWhatWasAskedFor() async throws {
    let log = RequestLog()
    let server = try ScriptedServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", seen: log)
    let headers = [HTTPHeader("User-Agent", "Nacos-Server"), HTTPHeader("X-Empty", "")]
    let body = Array("a=1&b=2".utf8)
    _ = try await HTTPClient().send(HTTPRequest("PUT", server.url + "p?q=%20", headers: headers, body: body))
    let request = try #require(log.all.first)
    #expect(request.hasPrefix("PUT /p?q=%20 HTTP/1.1\r\n"))
    #expect(request.contains("User-Agent: Nacos-Server\r\n"))
    #expect(request.contains("X-Empty:\r\n"))
    #expect(request.contains("Content-Length: 7\r\n"))
    #expect(request.hasSuffix("\r\n\r\na=1&b=2"))
    #expect(!request.lowercased().contains("expect:"))
    #expect(!request.lowercased().contains("content-type:"))
  }

  @Test(arguments: [("POST", true), ("PUT", true), ("GET", false), ("DELETE", false)])
  func saysAnEmptyLengthWhereTheMethodWantsOne(method: String, saysIt: Bool) async throws {
    let log = RequestLog()
    let server = try ScriptedServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", seen: log)
    _ = try await HTTPClient().send(HTTPRequest(method, server.url))
    #expect(try #require(log.all.first).contains("Content-Length: 0") == saysIt)
  }

  @Test func headHasNoBody() async throws {
    let server = try ScriptedServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n")
    let response = try await HTTPClient().send(HTTPRequest("HEAD", server.url))
    #expect(response.status == 200)
    #expect(response.body.isEmpty)
  }

  @Test func keepsTheConnection() async throws {
    let server = try ScriptedServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    let client = HTTPClient()
    for _ in 0..<5 { _ = try await client.send(HTTPRequest("GET", server.url)) }
    #expect(server.connections == 1)
  }

  @Test func closesItsConnectionsWithTheLastReference() async throws {
    let closed = Flag()
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
      connection.waitForEnd()
      closed.raise()
    }
    _ = try await HTTPClient().send(HTTPRequest("GET", server.url))
    try await wait(for: "the connection to close") { closed.isRaised }
  }

  @Test func manyAtOnceAllArrive() async throws {
    let server = try ScriptedServer { connection in
      while let request = connection.readRequest() {
        let path = request.split(separator: " ")[1]
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(path.utf8.count)\r\n\r\n\(path)")
      }
    }
    let client = HTTPClient(connectionsPerHost: 8)
    let texts = try await withThrowingTaskGroup(of: String.self) { group in
      for number in 0..<200 {
        group.addTask { try await client.send(HTTPRequest("GET", server.url + "\(number)")).text }
      }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(texts == Set((0..<200).map { "/\($0)" }))
    #expect(server.connections <= 8)
  }

  @Test func inflatesWhatItAskedFor() async throws {
    let log = RequestLog()
    let server = try ScriptedServer { connection in
      if let request = connection.readRequest() { log.add(request) }
      connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(GzipSamples.hello.count)\r\n\r\n")
      connection.send(GzipSamples.hello)
    }
    let response = try await HTTPClient().send(HTTPRequest("GET", server.url))
    #expect(response.text == "hello, hello, hello")
    #expect(try #require(log.all.first).contains("Accept-Encoding: gzip\r\n"))
  }

  @Test func followsNoRedirect() async throws {
    let elsewhere = try ScriptedServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    let server = try ScriptedServer.answering("HTTP/1.1 302 Found\r\nLocation: \(elsewhere.url)\r\nContent-Length: 0\r\n\r\n")
    let response = try await HTTPClient().send(HTTPRequest("GET", server.url))
    #expect(response.status == 302)
    #expect(elsewhere.connections == 0)
  }

  @Test func asksNoProxy() async throws {
    let proxy = try ScriptedServer.answering("HTTP/1.1 502 Proxy\r\nContent-Length: 0\r\n\r\n")
    let server = try ScriptedServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    setenv("http_proxy", proxy.url, 1)
    defer { unsetenv("http_proxy") }
    #expect(try await HTTPClient().send(HTTPRequest("GET", server.url)).status == 200)
    #expect(proxy.connections == 0)
  }

  @Test func passesInterimAnswersAndTrailersBy() async throws {
    let server = try ScriptedServer.answering(
      "HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Late: 2\r\n\r\n"
        + "2\r\nok\r\n0\r\nX-Trailer: 3\r\n\r\n")
    let response = try await HTTPClient().send(HTTPRequest("GET", server.url))
    #expect(response.status == 200)
    #expect(response.text == "ok")
    #expect(response.headers.map(\.name) == ["transfer-encoding", "x-late"])
  }
}
