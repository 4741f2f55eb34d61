import Testing

@testable import NacosWire

@Suite struct MD5Tests {
  @Test(arguments: [
    ("", "d41d8cd98f00b204e9800998ecf8427e"),
    ("10.0.0.1:8080_1.0_true_true_DEFAULT_,", "a8bd8a5b886bc4841c963bb91c13915e"),
  ])
  func digests(_ text: String, _ digest: String) { #expect(MD5.hexadecimal(Array(text.utf8)) == digest) }
}
