import Testing

@testable import NacosWire

@Suite struct JavaNumberTests {
  @Test(arguments: [
    (1.0, "1.0"), (0.5, "0.5"), (1e-5, "1.0E-5"), (10_000, "10000.0"), (0, "0.0"), (-0.0, "-0.0"), (0.01, "0.01"),
    (0.001, "0.001"),
    (0.00012, "1.2E-4"), (1e7, "1.0E7"), (9_999_999, "9999999.0"), (12_345_678.9, "1.23456789E7"), (-12.25, "-12.25"),
    (123_456.789, "123456.789"), (1.25e300, "1.25E300"), (.nan, "NaN"), (-.infinity, "-Infinity"), (-1, "-1.0"), (100.5, "100.5"),
  ])
  func doubles(_ value: Double, _ text: String) { #expect(JavaNumber.text(value) == text) }

  @Test(arguments: [(Float(0.8), "0.8"), (0, "0.0"), (1, "1.0"), (0.1, "0.1"), (1e-6, "1.0E-6"), (16_777_216, "1.6777216E7")])
  func floats(_ value: Float, _ text: String) { #expect(JavaNumber.text(value) == text) }

  @Test(arguments: [
    ("1", 1.0), ("1e3", 1000), (".5", 0.5), ("1.", 1), ("+2.5", 2.5), (" 3 ", 3), ("1.5f", 1.5), ("1e-2d", 0.01),
    ("-Infinity", -.infinity),
    ("1e999", .infinity),
  ])
  func readsDoubles(_ text: String, _ value: Double) { #expect(JavaNumber.double(text) == value) }

  @Test(arguments: [
    "", " ", "heavy", "nan", "inf", "0x10", "1e", "e5", ".", "1..2", "1,5", "--1", "1 2", "f", "1ff", "Infinityx",
  ])
  func refusesOtherDoubles(_ text: String) { #expect(JavaNumber.double(text) == nil) }

  @Test func readsIntegers() {
    #expect(JavaNumber.integer("80") == 80)
    #expect(JavaNumber.integer("+80") == 80)
    #expect(JavaNumber.integer("-2147483648") == .min)
    #expect(JavaNumber.integer("2147483647") == .max)
    #expect(JavaNumber.integer("-0000000000000080") == -80)
    for text in ["", "+", "-", "80 ", "-+8", "2147483648", "-2147483649", "1.0", "0x1", "８０", "abc"] {
      #expect(JavaNumber.integer(text) == nil)
    }
  }

  @Test func readsLongs() {
    #expect(JavaNumber.long("-9223372036854775808") == .min)
    #expect(JavaNumber.long("9223372036854775807") == .max)
    for text in ["", "-", "9223372036854775808", "-9223372036854775809", "99999999999999999999"] {
      #expect(JavaNumber.long(text) == nil)
    }
  }
}
