import CCrypto

/// Keyed digests by OpenSSL (RFC 2104 over SHA-256), for tokens.
public enum HMAC {
  /// 32 bytes; nil where OpenSSL has been told not to offer it.
  public static func sha256(_ bytes: [UInt8], key: [UInt8]) -> [UInt8]? {
    var count = 0
    let room = Int(EVP_MAX_MD_SIZE)
    let digest = [UInt8](unsafeUninitializedCapacity: room) { digest, filled in
      let done = EVP_Q_mac(
        nil, "HMAC", nil, "SHA256", nil, key, key.count, bytes, bytes.count, digest.baseAddress, room, &count)
      filled = done == nil ? 0 : count
    }
    return digest.isEmpty ? nil : digest
  }

  /// Whether two secrets are equal, found out in a time that does not tell where they differ.
  public static func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
  }
}
