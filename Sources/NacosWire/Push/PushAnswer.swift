import Glibc

/// What a client sends back when it has received a push (naming-server-v1 4.5):
/// `{"type": "push-ack", "lastRefTime":"123456789012345", "data":""}`.
public enum PushAnswer {
  /// Longer datagrams are nobody's acknowledgement.
  public static let mostBytes = 1_024

  /// The nonce of the push it answers; nil for anything that is no acknowledgement. `type` and `data` are not looked at,
  /// as in Nacos; the number may be quoted.
  public static func nonce(_ datagram: UnsafeRawBufferPointer) -> Int64? {
    guard datagram.count <= mostBytes else { return nil }
    if let nonce = usual(datagram) { return nonce }
    guard let document = try? JSONDocument(trimmed(datagram)),
      let value = document.root["lastRefTime"]
    else { return nil }
    switch value.kind {
    case .integer: return value.integer
    case .string: return value.string.flatMap { Int64($0) }
    default: return nil
    }
  }

  /// What the clients' own code writes, whose members stand in one order and without a second space, is read without
  /// reading JSON: one comes back for each datagram. Nil for anything else, which may be an acknowledgement all the same.
  private static func usual(_ datagram: UnsafeRawBufferPointer) -> Int64? {
    var reader = UsualReader(bytes: datagram)
    guard reader.skip("{\"type\":"), reader.skip("\"push-ack\","), reader.skip("\"lastRefTime\":"),
      reader.skip("\"", andSpace: false), let nonce = reader.number(),
      reader.skip("\","), reader.skip("\"data\":"), reader.skip("\"\"}"), reader.isAtEnd
    else { return nil }
    return nonce
  }

  /// Some clients send their whole buffer, zeros and all.
  private static func trimmed(_ datagram: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var rest = datagram[...]
    while let last = rest.last, last <= 0x20 { rest.removeLast() }
    return UnsafeRawBufferPointer(rebasing: rest)
  }
}

private struct UsualReader {
  let bytes: UnsafeRawBufferPointer
  private var index = 0

  init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { index == bytes.count }

  /// Goes past `words`, and past one space after them unless that would belong to a text; false where they do not stand.
  mutating func skip(_ words: StaticString, andSpace: Bool = true) -> Bool {
    let count = words.utf8CodeUnitCount
    guard bytes.count - index >= count, let start = bytes.baseAddress, memcmp(start + index, words.utf8Start, count) == 0
    else { return false }
    index += count
    if andSpace, index < bytes.count, bytes[index] == UInt8(ascii: " ") { index += 1 }
    return true
  }

  /// Goes past a number in decimal; nil for one that has more than 63 bits.
  mutating func number() -> Int64? {
    // So many digits fit into 64 bits, whatever they are.
    let end = min(bytes.count, index + 19)
    let start = index
    var number: UInt64 = 0
    while index < end {
      let digit = bytes[index] &- UInt8(ascii: "0")
      if digit > 9 { break }
      number = number * 10 + UInt64(digit)
      index += 1
    }
    return index > start ? Int64(exactly: number) : nil
  }
}
