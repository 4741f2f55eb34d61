import Console
import Testing

@Suite struct SafeTextTests {
  @Test func plainTextIsLeftAlone() {
    #expect(SafeText.visible("order-core") == "order-core")
    #expect(SafeText.visible("订单") == "订单")
  }

  @Test func whatWouldActIsSpeltOut() {
    #expect(SafeText.visible("a\u{1b}]52;c;eA==\u{7}") == "a\\x1b]52;c;eA==\\x07")
    #expect(SafeText.visible("\u{202e}gnp") == "\\u202egnp")
  }

  @Test func bytesThatAreNoTextAreSpeltOut() {
    #expect(SafeText.decoding([0x61, 0xff, 0xc3, 0xa9]) == "a\\xffé")
    #expect(SafeText.decoding([0xe4, 0xb8, 0x61]) == "\\xe4\\xb8a")
    #expect(SafeText.decoding([0xf0, 0x9f]) == "\\xf0\\x9f")
    #expect(SafeText.decoding([]) == "")
  }
}
