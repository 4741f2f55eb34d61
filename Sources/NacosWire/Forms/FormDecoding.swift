/// Decoding of `application/x-www-form-urlencoded` (WHATWG URL 5): `+` is a blank, `%xx` a byte. A `%` that no two
/// hexadecimal digits follow stays what it is, and bytes that are no UTF-8 become U+FFFD: the names that this protocol
/// checks refuse both.
enum FormDecoding {
  static func text(_ bytes: UnsafeRawBufferPointer) -> String {
    withDecoded(bytes) { String(decoding: $0, as: UTF8.self) }
  }

  /// As `text`, without what Java's `trim` takes from both ends.
  static func trimmedText(_ bytes: UnsafeRawBufferPointer) -> String {
    withDecoded(bytes) { String(decoding: trimmed($0), as: UTF8.self) }
  }

  static func trimmed(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
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

  static func isEncoded(_ bytes: UnsafeRawBufferPointer) -> Bool { firstEscape(in: bytes, from: 0) < bytes.count }

  /// Where the first byte stands, at `start` or after it, that stands for something else than itself; the count when there
  /// is none. Eight bytes at a time, for every name and value is looked through.
  private static func firstEscape(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    var index = start
    while index + 8 <= bytes.count {
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let marks = marksOfZeros(word ^ eight(UInt8(ascii: "%"))) | marksOfZeros(word ^ eight(UInt8(ascii: "+")))
      // Only the lowest mark is sure: a borrow may have set those above it.
      if marks != 0 { return index + marks.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < bytes.count, bytes[index] != UInt8(ascii: "%"), bytes[index] != UInt8(ascii: "+") { index += 1 }
    return index
  }

  private static func eight(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

  /// The highest bit of each byte that is zero, up to the first one.
  private static func marksOfZeros(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }

  /// How many bytes came of it; never more than went in.
  private static func decode(_ bytes: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer) -> Int {
    guard let source = bytes.baseAddress, let target = room.baseAddress else { return 0 }
    var count = 0
    var index = 0
    while index < bytes.count {
      let escape = firstEscape(in: bytes, from: index)
      (target + count).copyMemory(from: source + index, byteCount: escape - index)
      count += escape - index
      index = escape
      if index == bytes.count { break }
      var byte = bytes[index]
      if byte == UInt8(ascii: "+") {
        byte = UInt8(ascii: " ")
      } else if index + 2 < bytes.count, let high = hexadecimal(bytes[index + 1]), let low = hexadecimal(bytes[index + 2]) {
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
