/// Takes out of a text what lets its holder in: the values of tokens and passwords, however they came to be in it
/// (reliability R63).
enum Redaction {
  /// In lower case; what stands before a secret.
  private static let markers = ["token=", "password=", "bearer ", "basic ", "token\":\"", "password\":\""].map { Array($0.utf8) }
  private static let lastOfMarkers = Set("= \"".utf8)
  private static let ends = Set("&;, \"'\r\n\t".utf8)

  static func redacted(_ text: String) -> String {
    guard text.utf8.contains(where: lastOfMarkers.contains) else { return text }
    let bytes = Array(text.utf8)
    var shown: [UInt8] = []
    var index = 0
    while index < bytes.count {
      shown.append(bytes[index])
      index += 1
      guard lastOfMarkers.contains(bytes[index - 1]), isMarked(bytes[..<index]) else { continue }
      let secret = bytes[index...].prefix { !ends.contains($0) }
      if !secret.isEmpty { shown.append(contentsOf: "***".utf8) }
      index = secret.endIndex
    }
    return String(decoding: shown, as: UTF8.self)
  }

  private static func isMarked(_ bytes: ArraySlice<UInt8>) -> Bool {
    markers.contains { marker in
      bytes.count >= marker.count && zip(bytes.suffix(marker.count), marker).allSatisfy { Self.folded($0) == $1 }
    }
  }

  private static func folded(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}
