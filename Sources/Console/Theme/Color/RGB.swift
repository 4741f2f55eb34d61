/// A colour of 24 bits.
public struct RGB: Hashable, Sendable {
  public var red: UInt8
  public var green: UInt8
  public var blue: UInt8

  public init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// Reads `#rrggbb`; nil for anything else.
  public init?(hexadecimal text: some StringProtocol) {
    let digits = text.utf8.dropFirst()
    guard text.utf8.first == UInt8(ascii: "#"), digits.count == 6, digits.allSatisfy({ Character(.init($0)).isHexDigit }),
      let value = UInt32(text.dropFirst(), radix: 16)
    else { return nil }
    self.init(value)
  }

  /// From 0xrrggbb.
  public init(_ value: UInt32) {
    self.init(red: UInt8(value >> 16 & 0xff), green: UInt8(value >> 8 & 0xff), blue: UInt8(value & 0xff))
  }

  /// As 0xrrggbb.
  public var value: UInt32 { UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue) }

  /// Red, green and blue as light, 0 to 1: what sRGB's curve is taken off from.
  var linear: SIMD3<Double> {
    SIMD3(Self.linear(red), Self.linear(green), Self.linear(blue))
  }

  /// The nearest colour to an amount of light; what lies outside of sRGB is cut off.
  init(linear: SIMD3<Double>) {
    self.init(red: Self.encoded(linear.x), green: Self.encoded(linear.y), blue: Self.encoded(linear.z))
  }

  private static func linear(_ channel: UInt8) -> Double {
    let share = Double(channel) / 255
    return share <= 0.04045 ? share / 12.92 : power((share + 0.055) / 1.055, 2.4)
  }

  private static func encoded(_ light: Double) -> UInt8 {
    let share = light <= 0.0031308 ? light * 12.92 : 1.055 * power(light, 1 / 2.4) - 0.055
    return UInt8((min(max(share, 0), 1) * 255).rounded())
  }
}
