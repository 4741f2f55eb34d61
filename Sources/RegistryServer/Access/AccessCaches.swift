import NacosWire

/// Tokens whose signature has been found good. Whether they are still of use is asked each time.
struct TokenCache {
  private static let most = 4_096
  private var tokens: [String: Token] = [:]

  mutating func token(_ text: String, key: TokenKey) throws(Token.Problem) -> Token {
    if let token = tokens[text] { return token }
    let bytes = Array(text.utf8)
    let read = bytes.withUnsafeBytes { bytes in
      Result { () throws(Token.Problem) in try Token(bytes, key: key) }
    }
    let token = try read.get()
    if tokens.count >= Self.most { tokens = [:] }
    tokens[text] = token
    return token
  }
}

/// Passwords that have been found right, as digests under a key of this process: clients that send theirs with every
/// request would keep the desk busy.
struct ProofCache {
  private struct Proof {
    var digest: [UInt8]
    /// The hash that it was compared with.
    var passwordHash: String
  }

  private static let most = 4_096
  private let key = TokenKey.random().bytes
  private var proofs: [String: Proof] = [:]

  func isProven(_ phrase: String, of account: Account) -> Bool {
    guard let proof = proofs[account.name], proof.passwordHash == account.passwordHash,
      let digest = HMAC.sha256(Array(phrase.utf8), key: key)
    else { return false }
    return HMAC.isSame(digest, proof.digest)
  }

  mutating func note(_ phrase: String, of account: Account) {
    guard let digest = HMAC.sha256(Array(phrase.utf8), key: key) else { return }
    if proofs.count >= Self.most { proofs = [:] }
    proofs[account.name] = Proof(digest: digest, passwordHash: account.passwordHash)
  }
}
