/// How a scalar or byte that must not be shown is written instead.
enum VisibleEscape {
  /// `\n`, `\r`, `\t`, else `\x1b` up to U+00FF, `\u202e` up to U+FFFF, `\U000e0001` above.
  static func spelling(of scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0x09: "\\t"
    case 0x0a: "\\n"
    case 0x0d: "\\r"
    case ..<0x100: "\\x" + hexadecimal(scalar.value, digits: 2)
    case ..<0x1_0000: "\\u" + hexadecimal(scalar.value, digits: 4)
    default: "\\U" + hexadecimal(scalar.value, digits: 8)
    }
  }

  static func spelling(ofByte byte: UInt8) -> String {
    "\\x" + hexadecimal(UInt32(byte), digits: 2)
  }

  private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
