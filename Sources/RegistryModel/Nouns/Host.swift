/// An IP address or host name in one word. An IPv4 address as it is usually written, which nearly all are, is its number;
/// any other text is kept as it came, behind a reference. Both give back the same bytes.
enum Host: Sendable {
  case address(UInt32)
  case text(Text)

  final class Text: Sendable {
    let text: String
    init(_ text: String) { self.text = text }
  }

  init(_ text: String) {
    if let number = Self.number(of: text) { self = .address(number) } else { self = .text(Text(text)) }
  }

  var text: String {
    switch self {
    case .address(let number): Self.text(of: number)
    case .text(let other): other.text
    }
  }

  /// Whether it was made of the bytes of `text`.
  func hasBytes(of text: String) -> Bool {
    switch self {
    case .address(let number): Self.number(of: text) == number
    case .text(let other): other.text.hasBytes(of: text)
    }
  }

  /// Four numbers up to 255 with points between them, without zeros in front; nil for anything else.
  private static func number(of text: String) -> UInt32? {
    var text = text
    return text.withUTF8 { bytes in
      if bytes.count < 7 || bytes.count > longest { return nil }
      var reader = Reader(bytes: bytes)
      var number: UInt32 = 0
      for part in 0..<4 {
        if part > 0, !reader.takePoint() { return nil }
        guard let value = reader.takePart() else { return nil }
        number = number << 8 | value
      }
      return reader.isAtEnd ? number : nil
    }
  }

  private static let longest = 15

  private static func text(of number: UInt32) -> String {
    String(unsafeUninitializedCapacity: longest) { room in
      var count = 0
      func put(_ byte: UInt32) {
        room[count] = UInt8(truncatingIfNeeded: byte)
        count += 1
      }
      for shift in [UInt32(24), 16, 8, 0] {
        let part = number >> shift & 0xff
        if part >= 100 { put(0x30 + part / 100) }
        if part >= 10 { put(0x30 + part / 10 % 10) }
        put(0x30 + part % 10)
        if shift > 0 { put(0x2e) }
      }
      return count
    }
  }

  private struct Reader {
    let bytes: UnsafeBufferPointer<UInt8>
    var place = 0

    var isAtEnd: Bool { place == bytes.count }

    mutating func takePoint() -> Bool {
      guard place < bytes.count, bytes[place] == UInt8(ascii: ".") else { return false }
      place += 1
      return true
    }

    mutating func takePart() -> UInt32? {
      let start = place
      var value: UInt32 = 0
      while place < bytes.count, place < start + 3, case let digit = bytes[place] &- UInt8(ascii: "0"), digit <= 9 {
        value = value * 10 + UInt32(digit)
        place += 1
      }
      if place == start || value > 255 { return nil }
      let hasZeroInFront = bytes[start] == UInt8(ascii: "0") && place > start + 1
      return hasZeroInFront ? nil : value
    }
  }
}

extension Host: Equatable {
  static func == (left: Host, right: Host) -> Bool {
    switch (left, right) {
    case (.address(let left), .address(let right)): left == right
    case (.text(let left), .text(let right)): left === right || left.text.hasBytes(of: right.text)
    case (.address, .text), (.text, .address): false
    }
  }
}
