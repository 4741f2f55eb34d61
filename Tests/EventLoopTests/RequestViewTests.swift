import EventLoop
import TestSupport
import Testing

/// What a handler sees of a request.
@Suite struct RequestViewTests {
  private static func describe(_ request: borrowing HTTPRequest, _ response: consuming HTTPResponse) {
    func text(_ bytes: UnsafeRawBufferPointer?) -> String { bytes.map { String(decoding: $0, as: UTF8.self) } ?? "-" }
    let parts = [text(request.path), text(request.query), text(request.header("x-one")), text(request.header("X-TWO"))]
    response.send(contentType: "text/plain", body: Array("\(parts.joined(separator: "|"))|\(request.peer.host)".utf8))
  }

  @Test(arguments: [
    ("/a/b", "/a/b||"),
    ("/a?b=c&d", "/a|b=c&d|"),
    ("/a?b?c", "/a|b?c|"),
    ("/?", "/||"),
    ("http://host/a?b", "/a|b|"),
    ("HTTPS://host:1/a?b", "/a|b|"),
    ("http://host?b", "|b|"),
    ("http://host", "||"),
    ("*", "*||"),
    ("?", "||"),
  ])
  func pathAndQuery(target: String, expected: String) throws {
    let server = try TestServer { _ in Self.describe }
    let reply = try RawClient(server.address).exchange("GET \(target) HTTP/1.1\r\nHost: x\r\n\r\n")
    #expect(reply?.text == expected + "-|-|127.0.0.1")
  }

  @Test func headersAreFoundWhateverTheirCaseAndTheFirstWins() throws {
    let server = try TestServer { _ in Self.describe }
    let reply = try RawClient(server.address).exchange(
      "GET / HTTP/1.1\r\nHost: x\r\nX-One:  1 \r\nx-tWO: first\r\nX-Two: second\r\nX-OneMore: no\r\n\r\n")
    #expect(reply?.text == "/||1|first|127.0.0.1")
  }

  /// Bytes of one request shall not be seen by the next, and none of them while it is read beside others.
  @Test func requestsThatAreReadAtTheSameTimeDoNotMix() throws {
    let server = try TestServer()
    let clients = try (0..<40).map { _ in try RawClient(server.address) }
    let requests = clients.indices.map { "PUT /\($0) HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nbody\(10 + $0)" }
    for half in [0, 1] {
      for (client, request) in zip(clients, requests) {
        let middle = request.utf8.count / 2 + 10
        client.send(half == 0 ? Array(request.utf8.prefix(middle)) : Array(request.utf8.dropFirst(middle)))
      }
    }
    for (index, client) in clients.enumerated() {
      #expect(try client.reply()?.text == "PUT /\(index) body\(10 + index)")
    }
  }

  @Test func aBodyOfMegabytesArrivesWhole() throws {
    let server = try TestServer { _ in
      { request, response in
        let sum = request.body.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xffff_ffff }
        response.send(contentType: "text/plain", body: Array("\(request.body.count) \(sum)".utf8))
      }
    }
    let body = (0..<(8 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let sum = body.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xffff_ffff }
    let client = try RawClient(server.address)
    client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.count)\r\n\r\n")
    client.send(body)
    #expect(try client.reply()?.text == "\(body.count) \(sum)")
  }
}
