import NacosWire
import Testing

@Suite("gzip")
struct GzipTests {
  @Test("what is compressed comes back, from one encoder, again and again", arguments: [0, 1, 1_023, 70_000, 2_000_000])
  func roundTrip(count: Int) throws {
    let encoder = GzipEncoder()
    for salt in 0..<3 {
      let text = (0..<count).map { UInt8(truncatingIfNeeded: ($0 &* 31 &+ salt) ^ ($0 >> 5)) }
      let packed = try #require(encoder.encode(text))
      #expect(GzipDecoder.isGzip(packed))
      #expect(GzipDecoder.decode(packed, limit: count) == text)
    }
  }

  @Test("a bomb is stopped at the limit (reliability R25)")
  func bomb() throws {
    let packed = try #require(GzipEncoder(level: 9).encode([UInt8](repeating: 0x20, count: 30_000_000)))
    #expect(packed.count < 40_000)
    #expect(GzipDecoder.decode(packed, limit: 4_000_000) == nil)
    #expect(GzipDecoder.decode(packed, limit: 30_000_000)?.count == 30_000_000)
  }

  @Test("damage is noticed wherever it is")
  func damage() throws {
    let packed = try #require(GzipEncoder().encode(Array("some text that is long enough to be compressed, text text text".utf8)))
    #expect(GzipDecoder.decode([], limit: 100) == nil)
    for cut in 0..<packed.count { #expect(GzipDecoder.decode(Array(packed[..<cut]), limit: 1_000) == nil) }
    #expect(GzipDecoder.decode(packed + [0], limit: 1_000) == nil)
    // Bytes 4 to 9 are the time, flags and system: nobody's business.
    for index in [0, 1, 2] + Array(10..<packed.count) {
      var broken = packed
      broken[index] ^= 0x55
      let text = GzipDecoder.decode(broken, limit: 1_000)
      #expect(text == nil, "byte \(index)")
    }
  }
}
