import CCrypto

/// MD5 by OpenSSL, for the checksums that this protocol shows (naming-server-v1 2.6). It protects nothing.
public enum MD5 {
  /// 32 lower-case hexadecimal digits; empty where OpenSSL has been told not to offer MD5.
  public static func hexadecimal(_ bytes: [UInt8]) -> String {
    var count = 0
    let digest = [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { digest, filled in
      let isDone = EVP_Q_digest(nil, "MD5", nil, bytes, bytes.count, digest.baseAddress, &count)
      filled = isDone == 1 ? count : 0
    }
    return String(decoding: digest.flatMap { [hexadecimalDigit($0 >> 4), hexadecimalDigit($0 & 0xf)] }, as: UTF8.self)
  }

  private static func hexadecimalDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
