extension [UInt8] {
  /// Appends `text` as it stands inside the quotes of a JSON string: `"`, `\` and control characters are escaped, all
  /// else is left as UTF-8, as Jackson does.
  mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>) {
    var count = text.count
    for byte in text { count += Self.bytesAdded(by: byte) }
    if count == text.count { return append(contentsOf: text) }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { escaped in
      var end = 0
      for byte in text {
        if Self.bytesAdded(by: byte) == 0 {
          escaped[end] = byte
          end += 1
        } else {
          Self.escape(byte, into: escaped, at: &end)
        }
      }
      append(contentsOf: UnsafeBufferPointer(escaped))
    }
  }

  /// How much longer the escape is than the byte.
  @inline(__always)
  private static func bytesAdded(by byte: UInt8) -> Int {
    if byte >= 0x20 { return byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") ? 1 : 0 }
    return letter(of: byte) == nil ? 5 : 1
  }

  private static func escape(_ byte: UInt8, into escaped: UnsafeMutableBufferPointer<UInt8>, at end: inout Int) {
    func put(_ byte: UInt8) {
      escaped[end] = byte
      end += 1
    }
    put(UInt8(ascii: "\\"))
    if byte >= 0x20 { return put(byte) }
    if let letter = letter(of: byte) { return put(letter) }
    put(UInt8(ascii: "u"))
    put(UInt8(ascii: "0"))
    put(UInt8(ascii: "0"))
    put(hexadecimalDigit(byte >> 4))
    put(hexadecimalDigit(byte & 0xf))
  }

  /// The control characters that have an escape of their own.
  private static func letter(of byte: UInt8) -> UInt8? {
    switch byte {
    case 0x08: UInt8(ascii: "b")
    case 0x09: UInt8(ascii: "t")
    case 0x0a: UInt8(ascii: "n")
    case 0x0c: UInt8(ascii: "f")
    case 0x0d: UInt8(ascii: "r")
    default: nil
    }
  }

  private static func hexadecimalDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
  }

  mutating func appendDecimal(_ value: some FixedWidthInteger) {
    if value < 0 { append(UInt8(ascii: "-")) }
    var rest = UInt64(value.magnitude)
    if rest < 10 { return append(UInt8(ascii: "0") + UInt8(rest)) }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var first = 20
      while rest > 0 {
        first -= 1
        digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      }
      append(contentsOf: digits[first..<20])
    }
  }
}
