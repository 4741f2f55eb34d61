import CCrypto

/// SHA-1 by OpenSSL, for the one protocol that still asks for it: MySQL's native password.
public enum SHA1 {
  public static let byteCount = 20

  /// Nil where OpenSSL has been told not to offer SHA-1.
  public static func digest(_ bytes: [UInt8]) -> [UInt8]? {
    var count = 0
    let digest = [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { digest, filled in
      let isDone = EVP_Q_digest(nil, "SHA1", nil, bytes, bytes.count, digest.baseAddress, &count)
      filled = isDone == 1 ? count : 0
    }
    return digest.count == byteCount ? digest : nil
  }
}
