/// Numbers as Java writes and reads them (`Double.toString`, `Double.parseDouble`, `Integer.parseInt`): recorded answers
/// carry `1.0`, `1.0E-5`, `10000.0`.
public enum JavaNumber {
  public static func text(_ value: Double) -> String {
    var bytes: [UInt8] = []
    bytes.appendJava(value)
    return String(decoding: bytes, as: UTF8.self)
  }

  public static func text(_ value: Float) -> String {
    var bytes: [UInt8] = []
    bytes.appendJava(value)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A whole number of 32 bits in decimal, with a sign or without; nil for anything else.
  public static func integer(_ text: String) -> Int32? { whole(text) }

  static func integer(_ bytes: UnsafeRawBufferPointer) -> Int32? { whole(bytes) }

  /// As `integer`, for 64 bits.
  public static func long(_ text: String) -> Int64? { whole(text) }

  private static func whole<Number: FixedWidthInteger>(_ text: String) -> Number? {
    var text = text
    return text.withUTF8 { whole(UnsafeRawBufferPointer($0)) }
  }

  private static func whole<Number: FixedWidthInteger>(_ bytes: UnsafeRawBufferPointer) -> Number? {
    guard let first = bytes.first else { return nil }
    let isNegative = first == UInt8(ascii: "-")
    var index = isNegative || first == UInt8(ascii: "+") ? 1 : 0
    if index == bytes.count { return nil }
    var value: Number = 0
    while index < bytes.count {
      guard bytes[index].isDecimalDigit else { return nil }
      let digit = Number(truncatingIfNeeded: bytes[index] - UInt8(ascii: "0"))
      let (tenfold, isTooLong) = value.multipliedReportingOverflow(by: 10)
      let (next, isTooLarge) =
        isNegative ? tenfold.subtractingReportingOverflow(digit) : tenfold.addingReportingOverflow(digit)
      if isTooLong || isTooLarge { return nil }
      value = next
      index += 1
    }
    return value
  }

  /// Decimal digits with a fraction and an exponent, `NaN`, `Infinity`, a closing `f` or `d`; nil for anything else.
  /// Java's hexadecimal form is not read.
  public static func double(_ text: String) -> Double? {
    var text = text
    return text.withUTF8 { double(UnsafeRawBufferPointer($0)) }
  }

  static func double(_ bytes: UnsafeRawBufferPointer) -> Double? {
    short(bytes) ?? any(String(decoding: bytes, as: UTF8.self))
  }

  private static func any(_ text: String) -> Double? {
    var text = text.utf8.drop { $0 <= 0x20 }
    while let last = text.last, last <= 0x20 { text.removeLast() }
    if let last = text.last, "fFdD".utf8.contains(last), text.count > 1, text.dropLast().last != UInt8(ascii: "n") {
      text.removeLast()
    }
    switch Substring(text) {
    case "NaN", "+NaN", "-NaN": return .nan
    case "Infinity", "+Infinity": return .infinity
    case "-Infinity": return -.infinity
    default: return isDecimal(text) ? Double(Substring(text)) : nil
    }
  }

  /// Up to 15 digits with or without a point among them, as weights are; nil for all else. The digits and the power of ten
  /// are exact then, and their quotient is the double that is nearest.
  private static func short(_ bytes: UnsafeRawBufferPointer) -> Double? {
    var digits: Int64 = 0
    var count = 0
    var scale = 1.0
    var hasPoint = false
    for byte in bytes {
      if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
        continue
      }
      guard byte.isDecimalDigit, count < 15 else { return nil }
      digits = digits * 10 + Int64(byte - UInt8(ascii: "0"))
      count += 1
      if hasPoint { scale *= 10 }
    }
    return count > 0 ? Double(digits) / scale : nil
  }

  public static func float(_ text: String) -> Float? { double(text).map { Float($0) } }

  private static func isDecimal(_ text: Substring.UTF8View) -> Bool {
    var rest = text
    rest.dropSign()
    let whole = rest.dropDigits()
    var fraction = 0
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      fraction = rest.dropDigits()
    }
    guard whole + fraction > 0 else { return false }
    if let sign = rest.first, sign == UInt8(ascii: "e") || sign == UInt8(ascii: "E") {
      rest.removeFirst()
      rest.dropSign()
      if rest.dropDigits() == 0 { return false }
    }
    return rest.isEmpty
  }
}

extension Substring.UTF8View {
  fileprivate mutating func dropSign() {
    if first == UInt8(ascii: "-") || first == UInt8(ascii: "+") { removeFirst() }
  }

  /// How many there were.
  fileprivate mutating func dropDigits() -> Int {
    var count = 0
    while let digit = first, digit.isDecimalDigit {
      removeFirst()
      count += 1
    }
    return count
  }
}

extension UInt8 {
  var isDecimalDigit: Bool { UInt8(ascii: "0") <= self && self <= UInt8(ascii: "9") }
}
