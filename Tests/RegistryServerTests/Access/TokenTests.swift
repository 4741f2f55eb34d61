import NacosWire
import RegistryModel
import Testing

@testable import RegistryServer

@Suite("Tokens and passwords")
struct TokenTests {
  private let key = TokenKey(bytes: Array(repeating: 7, count: 32))
  private let token = Token(user: "nacos", stamp: "s", expires: 1_000)
  private let account = Account(name: "nacos", passwordHash: "x", stamp: "s")

  private func read(_ text: String, key: TokenKey? = nil) -> Token? {
    Array(text.utf8).withUnsafeBytes { try? Token($0, key: key ?? self.key) }
  }

  private func wall(_ seconds: Int64) -> WallTime { WallTime(milliseconds: seconds * 1_000) }

  @Test func whatIsSignedIsRead() throws {
    let text = try #require(token.text(key: key))
    #expect(text.hasPrefix("eyJhbGciOiJIUzI1NiJ9."))
    #expect(read(text) == token)
  }

  /// RFC 7515, A.1: the signature of OpenSSL's HMAC is the one of the standard.
  @Test func theStandardsOwnVector() throws {
    let signed =
      "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
      + "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    let secret = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"
    let key = try #require(Base64URL.decode(secret.utf8))
    let signature = try #require(HMAC.sha256(Array(signed.utf8), key: key))
    #expect(Base64URL.encode(signature) == "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
  }

  @Test func nothingElseIs() throws {
    let text = try #require(token.text(key: key))
    let parts = text.split(separator: ".").map(String.init)
    let none = Base64URL.encode(#"{"alg":"none"}"#.utf8)
    let other = Base64URL.encode(#"{"sub":"root","exp":9999999999,"stamp":"s"}"#.utf8)
    for forged in [
      "", ".", "..", "...", "garbage", text + ".", text + "A", String(text.dropLast()), "\(parts[0]).\(other).\(parts[2])",
      "\(none).\(parts[1]).", "\(none).\(other).\(parts[2])", "\(parts[0]).\(parts[1]).", "." + text, text.uppercased(),
      text + "=", String(repeating: "a", count: 10_000),
    ] { #expect(read(forged) == nil, "\(forged)") }
    #expect(read(text, key: TokenKey(bytes: Array(repeating: 8, count: 32))) == nil)
    // Signed well, but saying nothing of use.
    for claims in ["{}", "[]", "x", #"{"sub":1,"exp":2,"stamp":3}"#, #"{"sub":"nacos","exp":99}"#] {
      let signed = parts[0] + "." + Base64URL.encode(claims.utf8)
      let signature = try #require(HMAC.sha256(Array(signed.utf8), key: key.bytes))
      #expect(read(signed + "." + Base64URL.encode(signature)) == nil)
    }
  }

  @Test func oneIsOfUseForAWhileAndForOnePassword() throws {
    try token.check(against: account, at: wall(999))
    #expect(throws: Token.Problem.expired) { try token.check(against: account, at: wall(1_000)) }
    #expect(throws: Token.Problem.invalid) { try token.check(against: nil, at: wall(1)) }
    let changed = Account(name: "nacos", passwordHash: "x", stamp: "t")
    #expect(throws: Token.Problem.invalid) { try token.check(against: changed, at: wall(1)) }
  }

  @Test func keysThatEverybodyKnows() {
    for known in TokenKey.knownToEverybody {
      #expect(throws: TokenKey.Failure.self) { try TokenKey(text: known + "\n") }
    }
    #expect(throws: TokenKey.Failure.self) { try TokenKey(text: "short") }
    #expect((try? TokenKey(text: String(repeating: "k", count: 32))) != nil)
    #expect(TokenKey.random().bytes.count == 32 && TokenKey.random().bytes != TokenKey.random().bytes)
  }

  @Test func passwords() throws {
    let hash = try #require(Password.hash("secret"))
    #expect(hash.hasPrefix("$2b$10$"))
    #expect(Password.matches("secret", hash))
    #expect(Password.matches("nacos", "$2a$10$EuWPZHzz32dJN7jexM34MOeYirDdFAZm2kuWj7VEOJhhZkDrxfvUu"))
    for wrong in ["Secret", "", "secret\0", String(repeating: "s", count: 73)] {
      #expect(!Password.matches(wrong, hash))
    }
    for nonsense in ["", "secret", "$1$salt$hash", "$2b$10$", "*0"] { #expect(!Password.matches("secret", nonsense)) }
    #expect(!Password.matches("-", Password.nobodysHash) && Password.nobodysHash.utf8.count == hash.utf8.count)
    for unusable in ["", "a\0b", String(repeating: "s", count: 73)] { #expect(Password.hash(unusable) == nil) }
  }

  @Test func oneSpellingOfEveryBytes() {
    for count in 0..<40 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 200) }
      #expect(Base64URL.decode(Base64URL.encode(bytes).utf8) == bytes)
    }
    for wrong in ["A", "AB", "AAA=", "A A", "AA+A", "AA/A", "é"] {
      #expect(Base64URL.decode(wrong.utf8) == nil, "\(wrong)")
    }
  }
}
