import EventLoop
import Testing

@Suite struct SocketAddressTests {
  @Test(arguments: [
    "127.0.0.1:8848", "0.0.0.0:0", "255.255.255.255:65535", "[::1]:8848", "[::]:0", "[2001:db8::8:800:200c:417a]:1",
    "[fe80::1%1]:1",
  ])
  func isWrittenAsItIsRead(text: String) {
    #expect(SocketAddress(text)?.description == text)
  }

  @Test(arguments: [
    "", ":", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:+1", "127.0.0.1: 1", "127.0.0.1:1x",
    "127.0.0:1", "127.0.0.1.2:1", "127.0.0.256:1", "127.0.0.01:1", "localhost:1", "::1:1", "[::1]", "[::1:1", "[127.0.0.1]:1",
    "[::1%]:1", "[::1%no-such-interface]:1", "[]:1", "[:::1]:1", "127.0.0.1\0:1",
  ])
  func isRefused(text: String) {
    #expect(SocketAddress(text) == nil)
  }

  @Test func mappedAddressesAreWhatTheyStandFor() throws {
    let mapped = try #require(SocketAddress("[::ffff:10.1.2.3]:80"))
    #expect(mapped == SocketAddress(ipv4: 0x0a01_0203, port: 80))
    #expect(!mapped.isIPv6)
  }

  @Test func equalityAndHashAreByValue() throws {
    let one = try #require(SocketAddress("[::1]:80"))
    #expect(one == SocketAddress(host: "::1", port: 80))
    #expect(one != SocketAddress(host: "::1", port: 81))
    #expect(Set([one, one, SocketAddress.loopback(port: 80)]).count == 2)
  }

  @Test func properties() throws {
    #expect(SocketAddress.loopback(port: 1).isLoopback)
    #expect(try #require(SocketAddress("[::1]:1")).isLoopback)
    #expect(try #require(SocketAddress("127.9.9.9:1")).isLoopback)
    #expect(try !#require(SocketAddress("10.0.0.1:1")).isLoopback)
    #expect(try #require(SocketAddress("0.0.0.0:1")).isUnspecified)
    #expect(try #require(SocketAddress("[::]:1")).isUnspecified)
    #expect(try #require(SocketAddress("10.0.0.1:1")).ipv4 == 0x0a00_0001)
    #expect(try #require(SocketAddress("[::1]:1")).ipv4 == nil)
  }

  @Test func resolvesNamesAndAddresses() throws {
    #expect(try SocketAddress.resolve(host: "10.0.0.1", port: 5) == SocketAddress("10.0.0.1:5"))
    let local = try SocketAddress.resolve(host: "localhost", port: 5)
    #expect(local.isLoopback)
    #expect(local.port == 5)
    #expect(throws: ResolveError.self) { try SocketAddress.resolve(host: String(repeating: "a", count: 300), port: 5) }
  }
}
