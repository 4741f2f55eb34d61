public import RegistryModel

/// The texts of the listener's protocol (naming-client-v1 3.1): words end with U+0002, lines with U+0001.
public enum ListeningText {
  private static let wordEnd: UInt8 = 2
  private static let lineEnd: UInt8 = 1
  private static let mostWordBytes = 512

  /// Reads `Listening-Configs` as it is when the form has been decoded once; the server decodes it once more. Nil for a
  /// text that is malformed, or has more than `most` lines.
  public static func interests(_ text: String, most: Int) -> [ConfigurationInterest]? {
    var text = text
    return text.withUTF8 { bytes in
      FormDecoding.withDecoded(UnsafeRawBufferPointer(bytes)) { interests($0, most: most) }
    }
  }

  private static func interests(_ bytes: UnsafeRawBufferPointer, most: Int) -> [ConfigurationInterest]? {
    var interests: [ConfigurationInterest] = []
    var places: [ConfigurationKey: Int] = [:]
    var words: [String] = []
    var start = 0
    for (index, byte) in bytes.enumerated() where byte == wordEnd || byte == lineEnd {
      guard index - start <= mostWordBytes else { return nil }
      words.append(String(decoding: bytes[start..<index], as: UTF8.self))
      start = index + 1
      if byte == wordEnd {
        if words.count > 3 { return nil }
        continue
      }
      guard let interest = interest(words) else { return nil }
      words.removeAll(keepingCapacity: true)
      // Of a key that comes twice the last line counts.
      if let place = places[interest.key] {
        interests[place] = interest
      } else {
        guard interests.count < most else { return nil }
        places[interest.key] = interests.count
        interests.append(interest)
      }
    }
    return interests
  }

  /// `dataId`, `group`, `md5` and perhaps `tenant`.
  private static func interest(_ words: [String]) -> ConfigurationInterest? {
    guard words.count == 3 || words.count == 4, !words[0].isBlank, !words[1].isBlank else { return nil }
    let tenant = words.count == 4 ? words[3].trimmed : ""
    return ConfigurationInterest(ConfigurationKey(tenant: tenant, group: words[1], dataID: words[0]), md5: words[2])
  }

  /// What an answer says of the keys that have changed, form-encoded; empty for none.
  public static func answer(_ keys: [ConfigurationKey]) -> String {
    var answer = ""
    for key in keys {
      answer += encoded(key.dataID) + "%02" + encoded(key.group)
      if !key.tenant.isEmpty { answer += "%02" + encoded(key.tenant) }
      answer += "%01"
    }
    return answer
  }

  /// The same for clients of old: `dataId:group;`.
  public static func formerAnswer(_ keys: [ConfigurationKey]) -> String {
    keys.map { "\($0.dataID):\($0.group);" }.joined()
  }

  /// How Nacos names a key in pages: `dataId+group+tenant`, without the tenant where there is none.
  public static func name(_ key: ConfigurationKey) -> String {
    let parts = key.tenant.isEmpty ? [key.dataID, key.group] : [key.dataID, key.group, key.tenant]
    return parts.map { part in
      part.reduce(into: "") { $0 += $1 == "+" ? "%2B" : $1 == "%" ? "%25" : String($1) }
    }.joined(separator: "+")
  }

  /// As Java's `URLEncoder` has it.
  public static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "_"):
        bytes.append(byte)
      case UInt8(ascii: " "): bytes.append(UInt8(ascii: "+"))
      default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
