import NacosWire
import RegistryModel

/// What a token says. It is a JSON Web Token (RFC 7519) signed with HMAC-SHA256, as Nacos' are (naming-server-v1 7.2).
struct Token: Hashable, Sendable {
  var user: String
  /// Of the account when the token was given.
  var stamp: String
  /// Seconds since 1970.
  var expires: Int64

  /// Nacos' words for one that is refused.
  enum Problem: Error, Hashable { case invalid, expired }

  /// Longer ones are not ours.
  private static let mostBytes = 1_024
  /// `{"alg":"HS256"}`. No other header is accepted, so nobody chooses how a token is checked.
  private static let header = Base64URL.encode(#"{"alg":"HS256"}"#.utf8)

  /// The token as it is sent; nil where OpenSSL will not sign.
  func text(key: TokenKey) -> String? {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("sub", user)
    writer.member("exp", expires)
    writer.member("stamp", stamp)
    writer.endObject()
    let signed = Self.header + "." + Base64URL.encode(writer.bytes)
    return HMAC.sha256(Array(signed.utf8), key: key.bytes).map { signed + "." + Base64URL.encode($0) }
  }

  /// Reads one and checks its signature; whether it is still of use is for `check` to say.
  init(_ text: UnsafeRawBufferPointer, key: TokenKey) throws(Problem) {
    let parts = text.split(separator: UInt8(ascii: "."), maxSplits: 3, omittingEmptySubsequences: false)
    guard text.count <= Self.mostBytes, parts.count == 3, parts[0].elementsEqual(Self.header.utf8),
      let signature = Base64URL.decode(parts[2]),
      let wanted = HMAC.sha256(Array(text[..<parts[1].endIndex]), key: key.bytes), HMAC.isSame(signature, wanted),
      let payload = Base64URL.decode(parts[1]), let claims = try? JSONDocument(payload).root,
      let user = claims["sub"]?.string, let stamp = claims["stamp"]?.string, let expires = claims["exp"]?.integer
    else { throw .invalid }
    self.init(user: user, stamp: stamp, expires: expires)
  }

  init(user: String, stamp: String, expires: Int64) {
    self.user = user
    self.stamp = stamp
    self.expires = expires
  }

  /// Of use until it expires, its user goes, or their password changes.
  func check(against account: Account?, at now: WallTime) throws(Problem) {
    guard now.milliseconds / 1_000 < expires else { throw .expired }
    guard let account, account.name == user, account.stamp == stamp else { throw .invalid }
  }
}
