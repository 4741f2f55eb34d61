import EventLoop
import Synchronization
import TestSupport
import Testing

@Suite @SocketThread struct HTTPServerTests {
  @Test func answersRequestAfterRequestOnOneConnection() throws {
    let server = try TestServer()
    let client = try RawClient(server.address)
    for number in 0..<3 {
      let reply = try client.exchange("GET /a?b=\(number) HTTP/1.1\r\nHost: x\r\n\r\n")
      #expect(reply?.status == 200)
      #expect(reply?.text == "GET /a?b=\(number) ")
      #expect(reply?.headers["content-type"] == "text/plain")
      #expect(reply?.headers["date"]?.hasSuffix("GMT") == true)
      #expect(reply?.headers["connection"] == nil)
    }
    let reply = try client.exchange("PUT /p HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody")
    #expect(reply?.text == "PUT /p body")
  }

  @Test func aTakenAddressTellsSo() throws {
    let server = try TestServer()
    let error = #expect(throws: SocketError.self) { try TestServer(address: server.address) }
    #expect(error?.isAddressInUse == true)
    #expect(error?.description.contains(server.address.description) == true)
  }

  @Test func servesIPv6() throws {
    let address = try #require(SocketAddress("[::1]:0"))
    let server = try TestServer(address: address)
    #expect(try RawClient(server.address).exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n")?.status == 200)
  }

  @Test func aThousandPipelinedRequestsAreAnsweredInOrder() throws {
    let server = try TestServer()
    let client = try RawClient(server.address)
    client.send((0..<1000).map { "GET /\($0) HTTP/1.1\r\nHost: x\r\n\r\n" }.joined())
    for number in 0..<1000 {
      #expect(try client.reply()?.text == "GET /\(number) ")
    }
  }

  @Test func headCarriesTheLengthAndNoBody() throws {
    let server = try TestServer()
    let client = try RawClient(server.address)
    let reply = try client.exchange("HEAD /x HTTP/1.1\r\nHost: x\r\n\r\n", toHead: true)
    #expect(reply?.headers["content-length"] == "8")
    #expect(try client.exchange("GET /x HTTP/1.1\r\nHost: x\r\n\r\n")?.text == "GET /x ")
  }

  @Test func arrivesByteByByte() throws {
    let server = try TestServer()
    let client = try RawClient(server.address)
    for byte in "POST /slow HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n2\r\nde\r\n0\r\nT: v\r\n\r\n"
      .utf8
    {
      client.send([byte])
    }
    #expect(try client.reply()?.text == "POST /slow abcde")
    #expect(try client.exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n")?.status == 200)
  }
}
