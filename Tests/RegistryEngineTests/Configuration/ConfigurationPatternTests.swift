import Testing

@testable import RegistryEngine

@Suite struct ConfigurationPatternTests {
  @Test func aNameIsTheSameByteForByte() {
    #expect(ConfigurationPattern.exactly("h\u{f4}te").matches("h\u{f4}te"))
    #expect(!ConfigurationPattern.exactly("h\u{f4}te").matches("ho\u{302}te"))
  }
}
