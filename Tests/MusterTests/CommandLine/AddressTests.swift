import Testing

@testable import muster

@Suite("Addresses to listen at")
struct ListenAddressTests {
  @Test(arguments: [
    ("127.0.0.1:8848", "127.0.0.1", 8848), ("0.0.0.0:0", "0.0.0.0", 0), ("[::1]:8848", "::1", 8848), ("[::]:1", "::", 1),
    ("localhost:65535", "localhost", 65535), ("my-host.example:80", "my-host.example", 80),
    ("[fe80::1%eth0]:80", "fe80::1%eth0", 80),
  ])
  func understood(text: String, host: String, port: Int) throws {
    let address = try ListenAddress(text)
    #expect(address.host == host)
    #expect(address.port == UInt16(port))
    #expect(address.description == text)
  }

  @Test(arguments: [
    "", ":", ":8848", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:+1", "127.0.0.1: 80", "127.0.0.1:8848x",
    "999.1.1.1:80", "1.2.3:80", "127.1:80", "::1:8848", "[::1", "[::1]8848", "[127.0.0.1]:80", "[]:80", "[::g]:80", "a b:80",
    "a/b:80",
    "http://127.0.0.1:8848", "höst:80", "host:٣", "a:1:2", "host\0:80",
  ])
  func notUnderstood(text: String) {
    #expect(throws: UsageError.self) { try ListenAddress(text) }
  }

  @Test(arguments: ["127.0.0.1", "[::1]", "localhost"]) func aPortIsAskedFor(text: String) {
    #expect(throws: UsageError("'\(text)' lacks a port, as in \(text):8848")) { try ListenAddress(text) }
  }

  @Test(arguments: [
    "127.0.0.1:1", "127.255.0.9:1", "[::1]:1", "localhost:1", "LocalHost:1", "[::ffff:127.0.0.1]:1", "[0:0:0:0:0:0:0:1]:1",
  ])
  func ofThisMachine(text: String) throws {
    #expect(try ListenAddress(text).isLoopback)
  }

  @Test(arguments: [
    "0.0.0.0:1", "[::]:1", "10.0.0.1:1", "128.0.0.1:1", "[::2]:1", "[fe80::1]:1", "localhost.example:1", "[::ffff:10.0.0.1]:1",
  ])
  func ofTheNetwork(text: String) throws {
    #expect(try !ListenAddress(text).isLoopback)
  }
}

@Suite("URLs of registries")
struct ServerURLTests {
  @Test(arguments: [
    ("http://127.0.0.1:8848", "http://127.0.0.1:8848/nacos"), ("http://127.0.0.1:8848/", "http://127.0.0.1:8848/nacos"),
    ("http://127.0.0.1:8848/nacos", "http://127.0.0.1:8848/nacos"),
    ("http://127.0.0.1:8848/nacos/", "http://127.0.0.1:8848/nacos"),
    ("https://registry.example/a//nacos", "https://registry.example:443/a/nacos"), ("HTTP://host", "http://host:80/nacos"),
    ("http://[::1]:8848/nacos", "http://[::1]:8848/nacos"), ("host", "http://host:8848/nacos"), ("host:1/x", "http://host:1/x"),
    ("http://host/a%20b", "http://host:80/a%20b"),
  ])
  func understood(text: String, url: String) throws {
    #expect(try ServerURL(text).description == url)
  }

  @Test(arguments: [
    "", "http://", "http:///nacos", "ftp://host", "file:///etc/passwd", "http://host:0", "http://host:99999", "http://host:x",
    "http:/host",
    "http://ho st", "http://host/a b", "http://host/nacos?x=1", "http://host/nacos#x", "http://host?x", "http://[::1", "://host",
    "http://host/\r\nX: y", "http://host/é", "http://http://host",
  ])
  func notUnderstood(text: String) {
    #expect(throws: UsageError.self) { try ServerURL(text) }
  }

  @Test func aPasswordIsNeitherTakenNorRepeated() {
    let error = #expect(throws: UsageError.self) { try ServerURL("http://nacos:secret@host:8848/nacos") }
    #expect(error?.message.contains("secret") == false)
  }
}
