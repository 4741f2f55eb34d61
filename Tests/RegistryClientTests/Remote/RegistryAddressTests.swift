import EventLoop
import NacosWire
import RegistryClient
import Testing

@Suite("Registry addresses")
struct RegistryAddressTests {
  @Test(
    "as people write them",
    arguments: [
      ("127.0.0.1", "http://127.0.0.1:8848"), ("host:9000", "http://host:9000"), ("http://host:8848", "http://host:8848"),
      ("http://host:8848/", "http://host:8848"), ("http://host:8848/nacos", "http://host:8848"),
      ("http://host:8848/nacos/", "http://host:8848"), ("HTTPS://host/nacos", "https://host"),
      ("http://host/registry/nacos", "http://host/registry"), ("[::1]", "http://[::1]:8848"),
      ("[::1]:9000/nacos", "http://[::1]:9000"), ("http://host", "http://host"),
    ])
  func known(text: String, base: String) {
    #expect(RegistryAddress(text)?.base == base)
  }

  @Test(
    "and as they do not",
    arguments: [
      "", "/", "http://", "ftp://host", "file:///etc/passwd", "http://user:secret@host", "host name", "host:", "host:0",
      "host:65536", "host:abc", "[::1", "[]", "http://host?x=1", "http://host#x", "ho\u{7}st", "日本",
    ])
  func unknown(text: String) {
    #expect(RegistryAddress(text) == nil)
  }

  private func identify(_ url: String) async throws -> RegistryIdentity {
    await RegistryIdentity.identify(try #require(RegistryAddress(url)))
  }

  @Test("who is there: a Muster, a Nacos, something else, nobody")
  func identity() async throws {
    let bench = try StreamBench()
    #expect(try await identify(bench.url + "/nacos") == .muster(version: "0.9"))
    bench.stop()
    #expect(try await identify(bench.url) == .nothing)

    let state = "{\"version\":\"1.4.8\",\"standalone_mode\":\"standalone\"}"
    let nacos = try NonsenseServer([], status: .notFound, pages: ["/nacos/v1/console/server/state": state])
    #expect(try await identify("127.0.0.1:\(nacos.address.port)") == .nacos(version: "1.4.8"))
    nacos.stop()
    let root = try NonsenseServer([], status: .notFound, pages: ["/v1/ns/operator/metrics": "{\"status\":\"UP\"}"])
    #expect(try await identify("127.0.0.1:\(root.address.port)") == .nacos(version: ""))
    root.stop()
    let other = try NonsenseServer(Array("hello".utf8))
    let found = try await identify("127.0.0.1:\(other.address.port)")
    guard case .other(let words) = found else {
      Issue.record("\(found)")
      return
    }
    #expect(words.contains("200"))
    other.stop()
  }
}
