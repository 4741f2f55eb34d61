import Glibc
import NacosWire

/// The secret that tokens are signed with: 256 random bits, or what an operator has put into its file.
public struct TokenKey: Sendable {
  /// Why a key cannot be used; a sentence for people.
  public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    public var description: String
  }

  let bytes: [UInt8]

  private static let byteCount = 32
  private static let fileName = "token.key"
  /// A file of a key is not longer.
  private static let mostText = 4_096

  /// Keys that Nacos has shipped or shown in its documentation: whoever has read those can sign with them (reliability C1).
  static let knownToEverybody = [
    "SecretKey012345678901234567890123456789012345678901234567890123456789",
    "VGhpc0lzTXlDdXN0b21TZWNyZXRLZXkwMTIzNDU2Nzg=", "ThisIsMyCustomSecretKey012345678", "ThisIsMyCustomSecretKey0123456789",
    "SecretKeyM1Z2WDc4dnVyZkQ3NmZMZjZ3RHRwZnJjNFROdkJOemEK", "serverIdentity", "security",
  ]

  /// A key of this process alone.
  public static func random() -> TokenKey {
    var generator = SystemRandomNumberGenerator()
    return TokenKey(bytes: (0..<byteCount).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
  }

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// A key as it is written in its file.
  init(text: String) throws(Failure) {
    let text = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !Self.isKnown(text) else {
      throw Failure(description: "holds a key that Nacos has published: anybody could sign tokens with it")
    }
    guard text.utf8.count >= Self.byteCount else {
      throw Failure(description: "holds a key of less than \(Self.byteCount) bytes")
    }
    bytes = Array(text.utf8)
  }

  /// As it is, or with something put behind it.
  private static func isKnown(_ text: String) -> Bool {
    knownToEverybody.contains { text == $0 || ($0.utf8.count >= byteCount && text.hasPrefix($0)) }
  }

  /// The key of a data folder, made on first use. Only its owner may be able to read it.
  public static func load(folder: String) throws(Failure) -> TokenKey {
    let path = "\(folder)/\(fileName)"
    let text: String?
    do throws(SecretFile.Failure) {
      text = try SecretFile.read(path, isOwnersAlone: true, most: mostText)
    } catch {
      throw Failure(description: error.description)
    }
    guard let text else { return try make(path) }
    do throws(Failure) {
      return try TokenKey(text: text)
    } catch {
      throw Failure(description: "\(path) \(error)")
    }
  }

  private static func make(_ path: String) throws(Failure) -> TokenKey {
    let text = Base64URL.encode(random().bytes)
    do throws(SecretFile.Failure) {
      try SecretFile.create(path, text + "\n")
    } catch {
      throw Failure(description: error.description)
    }
    return try TokenKey(text: text)
  }
}
