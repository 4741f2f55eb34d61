/// Decoding of `application/x-www-form-urlencoded` (WHATWG URL 5): `+` is a blank, `%xx` a byte. A `%` that no two
/// hexadecimal digits follow stays what it is, and bytes that are no UTF-8 become U+FFFD: the names that this protocol
/// checks refuse both.
enum FormDecoding {
  static func text(_ bytes: UnsafeRawBufferPointer) -> String {
    guard isEncoded(bytes) else { return String(decoding: bytes, as: UTF8.self) }
    return withDecoded(bytes) { String(decoding: $0, as: UTF8.self) }
  }

  /// As `text`, without what Java's `trim` takes from both ends.
  static func trimmedText(_ bytes: UnsafeRawBufferPointer) -> String {
    guard isEncoded(bytes) else { return String(decoding: trimmed(bytes), as: UTF8.self) }
    return withDecoded(bytes) { String(decoding: trimmed($0), as: UTF8.self) }
  }

  private static func trimmed(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var (start, end) = (0, bytes.count)
    while start < end, bytes[start] <= 0x20 { start += 1 }
    while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[start..<end])
  }

  /// Calls `body` with the decoded bytes, which are gone when it returns.
  static func withDecoded<Result>(_ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    guard isEncoded(bytes) else { return body(bytes) }
    return withUnsafeTemporaryAllocation(byteCount: bytes.count, alignment: 1) { room in
      let count = decode(bytes, into: room)
      return body(UnsafeRawBufferPointer(rebasing: room[..<count]))
    }
  }

  static func isEncoded(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.contains(where: isEscape)
  }

  /// Whether `byte` stands for something else than itself.
  @inline(__always)
  static func isEscape(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "%") || byte == UInt8(ascii: "+") }

  /// How many bytes came of it; never more than went in.
  private static func decode(_ bytes: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer) -> Int {
    var count = 0
    var index = 0
    while index < bytes.count {
      var byte = bytes[index]
      if byte == UInt8(ascii: "+") {
        byte = UInt8(ascii: " ")
      } else if byte == UInt8(ascii: "%"), index + 2 < bytes.count, let high = hexadecimal(bytes[index + 1]),
        let low = hexadecimal(bytes[index + 2])
      {
        byte = high << 4 | low
        index += 2
      }
      room[count] = byte
      count += 1
      index += 1
    }
    return count
  }

  private static func hexadecimal(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
