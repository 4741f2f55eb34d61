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
