import Testing

@testable import NacosWire

@Suite("Push packets")
struct PushPacketTests {
  private let gzip = GzipEncoder()

  @Test("the specification's example, byte for byte (naming-server-v1 4.4)")
  func example() {
    let list =
      #"{"hosts":[{"ip":"10.0.0.1","port":8080,"valid":true,"healthy":true,"marked":false,"instanceId":"10.0.0.1#8080#DEFAULT#DEFAULT_GROUP@@svc","metadata":{},"enabled":true,"weight":1.0,"clusterName":"DEFAULT","serviceName":"DEFAULT_GROUP@@svc","ephemeral":true}],"dom":"DEFAULT_GROUP@@svc","name":"DEFAULT_GROUP@@svc","cacheMillis":10000,"lastRefTime":1700000000000,"checksum":"f0b0d1c66990b29a77baace462f1b76e","useSpecifiedURL":false,"clusters":"","env":"","metadata":{}}"#
    let packet =
      #"{"type":"dom","data":"{\"hosts\":[{\"ip\":\"10.0.0.1\",\"port\":8080,\"valid\":true,\"healthy\":true,\"marked\":false,\"instanceId\":\"10.0.0.1#8080#DEFAULT#DEFAULT_GROUP@@svc\",\"metadata\":{},\"enabled\":true,\"weight\":1.0,\"clusterName\":\"DEFAULT\",\"serviceName\":\"DEFAULT_GROUP@@svc\",\"ephemeral\":true}],\"dom\":\"DEFAULT_GROUP@@svc\",\"name\":\"DEFAULT_GROUP@@svc\",\"cacheMillis\":10000,\"lastRefTime\":1700000000000,\"checksum\":\"f0b0d1c66990b29a77baace462f1b76e\",\"useSpecifiedURL\":false,\"clusters\":\"\",\"env\":\"\",\"metadata\":{}}","lastRefTime":123456789012345}"#
    let encoded = PushPacket.encode(list: Array(list.utf8), nonce: 123_456_789_012_345, gzip: gzip)
    #expect(encoded.map { String(decoding: $0, as: UTF8.self) } == packet)
  }

  @Test("a list whose texts need escaping themselves comes back as it was")
  func nestedEscapes() throws {
    let list = #"{"metadata":{"a":"\"quoted\" \\ back\nline \u0001","ü":"日本 👩‍👩‍👧"}}"#
    let packet = PushPacket.text(list: Array(list.utf8), nonce: 7)
    let document = try JSONDocument(packet)
    #expect(document.root["data"]?.string == list)
    #expect(document.root["lastRefTime"]?.integer == 7)
    #expect(document.root.members.map(\.name) == ["type", "data", "lastRefTime"])
  }

  @Test("compressed from 1,024 bytes on, and not before")
  func compression() throws {
    let frame = PushPacket.text(list: [], nonce: 1).count
    for (count, isPacked) in [(1_023, false), (1_024, true), (40_000, true)] {
      let list = [UInt8](repeating: UInt8(ascii: "a"), count: count - frame)
      let packet = try #require(PushPacket.encode(list: list, nonce: 1, gzip: gzip))
      #expect(GzipDecoder.isGzip(packet) == isPacked)
      let text = isPacked ? GzipDecoder.decode(packet, limit: 1_000_000) : packet
      #expect(text == PushPacket.text(list: list, nonce: 1))
    }
  }

  @Test("what fits no datagram is not encoded (reliability R20)")
  func tooLarge() {
    var state: UInt64 = 1
    let noise = (0..<120_000).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(ascii: "A") + UInt8(truncatingIfNeeded: (state >> 33) % 58)
    }
    #expect(PushPacket.encode(list: noise, nonce: 1, gzip: gzip) == nil)
    #expect(PushPacket.encode(list: Array(noise[..<60_000]), nonce: 1, gzip: gzip) != nil)
  }
}

@Suite("Push acknowledgements")
struct PushAnswerTests {
  private func nonce(_ text: String) -> Int64? { Array(text.utf8).withUnsafeBytes { PushAnswer.nonce($0) } }

  @Test("as clients send them")
  func known() {
    #expect(nonce(#"{"type": "push-ack", "lastRefTime":"123456789012345", "data":""}"#) == 123_456_789_012_345)
    #expect(nonce(#"{"type":"push-ack","lastRefTime":9223372036854775807,"data":""}"#) == .max)
    #expect(nonce(#"{"type":"push-ack","lastRefTime":"9223372036854775807","data":""}"#) == .max)
    #expect(nonce(#"{"type":"push-ack","lastRefTime":"12","data":"a"}"#) == 12)
    #expect(nonce(#"{"type":"push-ack","lastRefTime":"12","data":"","lastRefTime2":"13"}"#) == 12)
    #expect(nonce("{\"type\":\"push-ack\",\"lastRefTime\":\"12\",\"data\":\"\"} \u{0}") == 12)
    #expect(nonce(#"{"lastRefTime":"1"}"#) == 1)
    #expect(nonce("{\"lastRefTime\":\"1\"}\u{0}\u{0}\u{0}") == 1)
    #expect(nonce(" \n{\"data\":{\"a\":[1]},\"lastRefTime\":5}\n") == 5)
  }

  @Test(
    "whatever else arrives is none (reliability R24)",
    arguments: [
      "", "{", "null", "5", "[5]", "{}", #"{"lastRefTime":null}"#, #"{"lastRefTime":1.5}"#, #"{"lastRefTime":[1]}"#,
      #"{"lastRefTime":"12a"}"#, #"{"lastRefTime":""}"#, #"{"lastRefTime":"99999999999999999999"}"#,
      #"{"type":"push-ack","lastRefTime":" 12","data":""}"#, #"{"type":"push-ack","lastRefTime":"12 ","data":""}"#,
      #"{"type":"push-ack","lastRefTime":"","data":""}"#, #"{"type":"push-ack","lastRefTime":"12","data":""}}"#,
      #"{"type":"push-ack","lastRefTime":"12","data":"""#, #"{"type":"push-ack","lastRefTime":"12"#,
      #"{"type":"push-ack","lastRefTime":"9223372036854775808","data":""}"#,
      #"{"type":"push-ack","lastRefTime":"99999999999999999999","data":""}"#,
      #"{"lastRefTime":99999999999999999999}"#, "{\"lastRefTime\":1}x", "{\"lastRefTime\":1\u{0}}",
      String(repeating: "[", count: 1_000), #"{"lastRefTime":1,"data":""# + String(repeating: "a", count: 2_000) + "\"}",
    ])
  func hostile(text: String) {
    #expect(nonce(text) == nil)
  }

  @Test("bytes that are no UTF-8")
  func invalidText() {
    let bytes: [UInt8] = Array(#"{"lastRefTime":1,"data":""#.utf8) + [0xff, 0xc0, 0xaf] + Array("\"}".utf8)
    #expect(bytes.withUnsafeBytes { PushAnswer.nonce($0) } == nil)
  }
}
