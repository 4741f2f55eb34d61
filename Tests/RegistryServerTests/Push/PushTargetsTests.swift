import RegistryEngine
import Testing

@testable import RegistryServer

@Suite("Push targets")
struct PushTargetsTests {
  private func target(_ ip: String, _ port: Int, from peer: String, _ targets: PushTargets = PushTargets()) throws -> String? {
    let peer = try #require(PushEndpoint(ip: peer, port: 50_000))
    return targets.endpoint(ip: ip, port: port, peer: peer)?.description
  }

  @Test("only to where the request came from (reliability T1)")
  func ownAddress() throws {
    #expect(try target("10.0.0.7", 9_000, from: "10.0.0.7") == "10.0.0.7:9000")
    #expect(try target("", 9_000, from: "10.0.0.7") == "10.0.0.7:9000")
    #expect(try target("::ffff:10.0.0.7", 9_000, from: "10.0.0.7") == "10.0.0.7:9000")
    #expect(try target("127.0.0.1", 9_000, from: "127.0.0.1") == "127.0.0.1:9000")
    #expect(try target("127.0.0.1", 9_000, from: "::1") == "127.0.0.1:9000")
    #expect(try target("2001:db8::1", 9_000, from: "2001:db8::1") == "[2001:db8::1]:9000")
    for ip in ["10.0.0.8", "127.0.0.1", "8.8.8.8", "::1", "224.0.0.1", "255.255.255.255", "0.0.0.0", "::", "example.com"] {
      #expect(try target(ip, 9_000, from: "10.0.0.7") == nil, "\(ip)")
    }
  }

  @Test("no port that is somebody's service, or none at all", arguments: [-1, 0, 1, 53, 1_023, 65_536, Int.max])
  func ports(port: Int) throws {
    #expect(try target("10.0.0.7", port, from: "10.0.0.7") == nil)
  }

  @Test("and to what the operator allows, but never to a group of hosts")
  func allowed() throws {
    let targets = PushTargets(allowed: ["10.1.0.0/16", "2001:db8::/32", "192.168.0.9"].compactMap(AddressRange.init))
    #expect(targets.allowed.count == 3)
    #expect(try target("10.1.2.3", 9_000, from: "10.0.0.7", targets) == "10.1.2.3:9000")
    #expect(try target("10.2.0.1", 9_000, from: "10.0.0.7", targets) == nil)
    #expect(try target("2001:db8:1::1", 9_000, from: "10.0.0.7", targets) == "[2001:db8:1::1]:9000")
    #expect(try target("192.168.0.9", 9_000, from: "10.0.0.7", targets) == "192.168.0.9:9000")
    #expect(try target("192.168.0.8", 9_000, from: "10.0.0.7", targets) == nil)
    let all = PushTargets(allowed: ["0.0.0.0/0", "::/0"].compactMap(AddressRange.init))
    #expect(try target("1.2.3.4", 9_000, from: "10.0.0.7", all) == "1.2.3.4:9000")
    for ip in ["224.0.0.1", "255.255.255.255", "0.0.0.0", "ff02::1"] {
      #expect(try target(ip, 9_000, from: "10.0.0.7", all) == nil, "\(ip)")
    }
  }

  @Test("ranges that are none", arguments: ["", "/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/", "a/8", "::/129"])
  func badRanges(text: String) {
    #expect(AddressRange(text) == nil)
  }
}
