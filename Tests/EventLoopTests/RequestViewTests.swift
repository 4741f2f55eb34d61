import EventLoop
import Glibc
import TestSupport
import Testing

/// What a handler sees of a request.
@Suite @SocketThread struct RequestViewTests {
  private nonisolated static func describe(_ request: borrowing HTTPRequest, _ response: consuming HTTPResponse) {
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
    let body = (0..<1021).flatMap { prime in [UInt8](repeating: UInt8(truncatingIfNeeded: prime), count: 8192) }
    let server = try TestServer { _ in
      { request, response in
        let isWhole = request.body.count == body.count && request.body.baseAddress.map { memcmp($0, body, body.count) } == 0
        response.send(isWhole ? .ok : .conflict)
      }
    }
    let client = try RawClient(server.address)
    client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.count)\r\n\r\n")
    client.send(body)
    #expect(try client.reply()?.status == 200)
    client.send("PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
    for start in stride(from: 0, to: body.count, by: 8192 * 3) {
      let chunk = body[start..<min(start + 8192 * 3, body.count)]
      client.send("\(String(chunk.count, radix: 16))\r\n")
      client.send(Array(chunk) + [13, 10])
    }
    #expect(try client.exchange("0\r\n\r\n")?.status == 200)
  }
}
