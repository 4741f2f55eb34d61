/// Numbers as filters write them.
enum FilterNumber {
  /// `50`, `50%`, `1.5`, `18k`, `2M`.
  static func number(_ text: some StringProtocol) -> Double? {
    var digits = text[...]
    var scale = 1.0
    switch digits.last {
    case "%": digits = digits.dropLast()
    case "k", "K": (digits, scale) = (digits.dropLast(), 1e3)
    case "M": (digits, scale) = (digits.dropLast(), 1e6)
    default: break
    }
    return plain(digits).map { $0 * scale }
  }

  /// Seconds: `15`, `15s`, `500ms`, `5m`, `2h`, `3d`, and several units one after the other: `1h30m`.
  static func seconds(_ text: some StringProtocol) -> Double? {
    if let seconds = plain(text) { return seconds }
    var total = 0.0
    var rest = text[...]
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(digits.count)
      let unit = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(unit.count)
      guard let amount = plain(digits), let scale = units[String(unit)] else { return nil }
      total += amount * scale
    }
    return text.isEmpty ? nil : total
  }

  private static let units: [String: Double] = ["ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86_400]

  /// Digits with at most one point among them: no signs, exponents or names for infinity, which `Double` would take.
  private static func plain(_ text: some StringProtocol) -> Double? {
    guard text.contains(where: \.isNumber), text.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }) else { return nil }
    return Double(String(text))
  }
}
