import RegistryModel
import Testing

@Suite struct StableHasherTests {
  /// Names of services are alike but for a digit somewhere: each place has to count in the bits that choose a bucket.
  @Test(arguments: ["bench-%", "%-bench", "order-%-service.shop", "a.very.long.package.of.java.names.%.api.PaymentService"])
  func spreadsNamesThatAreAlike(_ pattern: String) {
    var buckets = [Int](repeating: 0, count: 1_024)
    for number in 0..<8_192 {
      let name = pattern.split(separator: "%", omittingEmptySubsequences: false).joined(separator: "\(number)")
      let hash = Service.stableHash(of: ServiceKey(group: ServiceKey.defaultGroup, name: name))
      buckets[Int(hash & 1_023)] += 1
    }
    #expect(buckets.max() ?? 0 < 32)
    #expect(buckets.filter { $0 == 0 }.count < 16)
  }

  /// The bytes are taken several at a time; what comes of it is defined by each of them.
  @Test(arguments: 0...33)
  func takesEachByteInItsPlace(_ count: Int) {
    let bytes = (0..<count).map { UInt8(0x21 + $0 * 2) }
    var expected = StableHasher()
    for start in stride(from: 0, through: count, by: 8) {
      let word = bytes[start..<min(count, start + 8)].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      expected.combine(number: start + 8 <= count ? word : UInt64(count) << 56 | word)
    }
    var hasher = StableHasher()
    hasher.combine(String(decoding: bytes, as: UTF8.self))
    #expect(hasher.finish() == expected.finish())
  }

  @Test func tellsTextsApartThatRunIntoEachOther() {
    func hash(_ texts: String...) -> UInt64 {
      var hasher = StableHasher()
      for text in texts { hasher.combine(text) }
      return hasher.finish()
    }
    #expect(hash("ab", "c") != hash("a", "bc"))
    #expect(hash("") != hash("", ""))
    #expect(hash("a") != hash("a\0"))
    #expect(hash("12345678") != hash("12345678", ""))
    // Swapped words must not cancel out.
    #expect(hash("aaaaaaaabbbbbbbb") != hash("bbbbbbbbaaaaaaaa"))
  }
}
