import EventLoop
import TestSupport
import Testing

/// Requests as nobody well-behaved sends them, each on a connection of its own; the server has to go on serving others.
@Suite @SocketThread struct OddRequestTests {
  @Test(arguments: OddRequests.refused) func isRefusedAndTheConnectionCloses(odd: OddRequest) throws {
    let server = try TestServer()
    let client = try RawClient(server.address)
    client.send(odd.bytes)
    let reply = try client.reply()
    #expect(reply?.status == odd.status)
    #expect(reply?.headers["connection"] == "close")
    client.endOutput()
    #expect(try client.receiveAll() == [])
    #expect(try RawClient(server.address).exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n")?.status == 200)
  }

  /// Nothing is said of what follows a request that cannot be told from the next.
  @Test func whatFollowsARefusedRequestIsNotRead() throws {
    let server = try TestServer()
    let client = try RawClient(server.address)
    client.send("GET /first HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/9.9\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n")
    let text = try client.receiveText()
    #expect(text.contains("GET /first "))
    #expect(text.contains("HTTP/1.1 505 "))
    #expect(!text.contains("smuggled"))
  }

  @Test(arguments: OddRequests.tolerated) func isAnswered(odd: OddRequest) throws {
    let server = try TestServer()
    #expect(try RawClient(server.address).exchange(odd.bytes)?.status == odd.status)
  }

  /// Every request above in pieces of one byte has to end as it does in one piece, whatever the boundaries cut through.
  @Test(arguments: (OddRequests.refused + OddRequests.tolerated).filter { $0.bytes.utf8.count < 300 })
  func isTheSameByteByByte(odd: OddRequest) throws {
    let server = try TestServer()
    let client = try RawClient(server.address)
    for byte in odd.bytes.utf8 where client.send([byte]) == 0 { break }
    client.endOutput()
    let reply = try client.reply()
    // A bare LF or CR may be waited upon rather than refused: then the end of the input ends it.
    #expect(reply?.status == odd.status || (reply == nil && odd.name.contains("bare")))
  }
}
