/// The datagram that tells a subscriber a new list (naming-server-v1 4.4): JSON whose `data` is the list's own JSON as a
/// string, compressed when it is large.
public struct PushPacket {
  /// From this size on it is compressed.
  public static let compressedFrom = 1_024
  /// What fits in one UDP datagram over IPv4.
  public static let mostBytes = 65_507

  /// `list` is the JSON of 1.1.6; `nonce` the outer `lastRefTime`. Nil when the packet is too large for a datagram
  /// even when compressed: its subscribers learn of the change at their next poll (reliability R20).
  ///
  /// A smaller packet in its place would not do: clients take whatever list they are sent (naming-client-v1 1.5), so one
  /// without hosts would empty them.
  public static func encode(list: [UInt8], nonce: Int64, gzip: GzipEncoder) -> [UInt8]? {
    let text = text(list: list, nonce: nonce)
    if text.count < compressedFrom { return text }
    guard let packed = gzip.encode(text), packed.count <= mostBytes else { return nil }
    return packed
  }

  /// As `encode` before compression.
  static func text(list: [UInt8], nonce: Int64) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(list.count + list.count / 4 + 64)
    text += Array("{\"type\":\"dom\",\"data\":\"".utf8)
    list.withUnsafeBufferPointer { text.appendEscaped($0) }
    text += Array("\",\"lastRefTime\":".utf8)
    text.appendDecimal(nonce)
    text.append(UInt8(ascii: "}"))
    return text
  }
}
