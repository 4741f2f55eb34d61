extension [UInt8] {
  /// `Double.toString`: a plain fraction from 0.001 up to ten million, else one digit before the point and an exponent.
  mutating func appendJava(_ value: Double) {
    if value.magnitude < 10_000_000, Double(Int64(value)) == value, value != 0 {
      appendDecimal(Int64(value))
      append(contentsOf: ".0".utf8)
    } else {
      appendJava(description: value.description, magnitude: value.magnitude)
    }
  }

  /// `Float.toString`.
  mutating func appendJava(_ value: Float) { appendJava(description: value.description, magnitude: Double(value.magnitude)) }

  /// Swift and Java agree on the digits (the fewest that tell the value from its neighbours), not on where the point goes.
  private mutating func appendJava(description: String, magnitude: Double) {
    if description.hasPrefix("-") { append(UInt8(ascii: "-")) }
    if magnitude.isNaN { return append(contentsOf: "NaN".utf8) }
    if magnitude.isInfinite { return append(contentsOf: "Infinity".utf8) }
    if magnitude == 0 { return append(contentsOf: "0.0".utf8) }
    let number = ShortestDecimal(description)
    if magnitude >= 0.001, magnitude < 10_000_000 {
      appendPlain(number)
    } else {
      appendScientific(number)
    }
  }

  private mutating func appendPlain(_ number: ShortestDecimal) {
    let digits = number.digits
    if number.exponent < 0 {
      append(contentsOf: "0.".utf8)
      append(contentsOf: repeatElement(UInt8(ascii: "0"), count: -number.exponent - 1))
      append(contentsOf: digits)
      return
    }
    let whole = number.exponent + 1
    append(contentsOf: digits.prefix(whole))
    append(contentsOf: repeatElement(UInt8(ascii: "0"), count: Swift.max(0, whole - digits.count)))
    append(UInt8(ascii: "."))
    append(contentsOf: digits.count > whole ? digits[whole...] : [UInt8(ascii: "0")])
  }

  private mutating func appendScientific(_ number: ShortestDecimal) {
    append(number.digits[0])
    append(UInt8(ascii: "."))
    append(contentsOf: number.digits.count > 1 ? number.digits[1...] : [UInt8(ascii: "0")])
    append(UInt8(ascii: "E"))
    appendDecimal(number.exponent)
  }
}

/// The digits of a number and the power of ten of the first one.
private struct ShortestDecimal {
  var digits: [UInt8] = []
  var exponent: Int

  /// Reads what Swift prints: `-12.5`, `0.00012`, `1e-05`, `1.25e+16`.
  init(_ description: String) {
    let parts = description.utf8.split(separator: UInt8(ascii: "e"))
    var pointAt: Int?
    for byte in parts[0] where byte != UInt8(ascii: "-") {
      if byte == UInt8(ascii: ".") { pointAt = digits.count } else { digits.append(byte) }
    }
    let leading = digits.prefix { $0 == UInt8(ascii: "0") }.count
    exponent = (pointAt ?? digits.count) - 1 - leading
    if parts.count > 1 { exponent += Int(Substring(parts[1])) ?? 0 }
    digits.removeFirst(leading)
    while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
    if digits.isEmpty { digits = [UInt8(ascii: "0")] }
  }
}
