import Testing

@testable import Console

@Suite struct AddressRangeTests {
  @Test(arguments: [
    ("10.8.3.0/24", "10.8.3.255", true), ("10.8.3.0/24", "10.8.4.0", false), ("10.8.3.77/24", "10.8.3.1", true),
    ("10.8.3.7", "10.8.3.7", true), ("10.8.3.7", "10.8.3.8", false), ("0.0.0.0/0", "255.255.255.255", true),
    ("10.0.0.0/8", "host.example", false), ("10.0.0.0/8", "::1", false), ("fd00::/8", "fdab::1", true),
    ("fd00::/8", "fe80::1", false), ("::/0", "::1", true), ("::/0", "10.0.0.1", false), ("::1", "0:0:0:0:0:0:0:1", true),
    ("::ffff:10.0.0.1", "10.0.0.1", true), ("10.0.0.0/8", "::ffff:10.1.1.1", true), ("10.0.0.0/8", "", false),
  ])
  func contains(network: String, address: String, expected: Bool) throws {
    #expect(try #require(AddressRange(network)).contains(address) == expected)
  }

  @Test(arguments: ["", "10.8.3", "10.8.3.0/", "10.8.3.0/-1", "10.8.3.0/33", "::/129", "10.8.3.0/24/1", "x/8", "1.2.3.4 "])
  func refuses(text: String) {
    #expect(AddressRange(text) == nil)
  }

  @Test(arguments: [
    ("15", 15.0), ("15s", 15), ("500ms", 0.5), ("5m", 300), ("1h30m", 5_400), ("2d", 172_800), ("1.5s", 1.5), ("0", 0),
  ])
  func durations(text: String, seconds: Double) {
    #expect(FilterNumber.seconds(text) == seconds)
  }

  @Test(arguments: ["", "s", "5x", "m5", "-5s", "1e3s", "5s5", "inf", "5 s", "1.2.3s"])
  func refusesDurations(text: String) {
    #expect(FilterNumber.seconds(text) == nil)
  }

  @Test(arguments: [("50", 50.0), ("50%", 50), ("0.5", 0.5), ("2k", 2_000), ("1.5M", 1_500_000)])
  func numbers(text: String, value: Double) {
    #expect(FilterNumber.number(text) == value)
  }

  @Test(arguments: ["", "%", "-1", "1e9", "0x10", "nan", "inf", "1..2", "１"])
  func refusesNumbers(text: String) {
    #expect(FilterNumber.number(text) == nil)
  }
}
