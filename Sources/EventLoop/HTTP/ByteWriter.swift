import Glibc

/// Writes text into memory that the caller has made large enough.
struct ByteWriter {
  private let buffer: UnsafeMutableRawBufferPointer
  private(set) var count = 0

  init(_ buffer: UnsafeMutableRawBufferPointer) {
    self.buffer = buffer
  }

  /// What has been written.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: buffer[..<count]) }

  mutating func write(_ text: StaticString) {
    write(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func write(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress, bytes.count > 0 else { return }
    precondition(bytes.count <= buffer.count - count)
    buffer.baseAddress?.advanced(by: count).copyMemory(from: source, byteCount: bytes.count)
    count += bytes.count
  }

  mutating func write(_ byte: UInt8) {
    buffer[count] = byte
    count += 1
  }

  mutating func write(twoDigits value: Int64) {
    write(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / 10 % 10))
    write(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10))
  }

  /// In decimal, without the loops that a longer number takes.
  mutating func write(octet value: UInt8) {
    if value >= 100 { write(UInt8(ascii: "0") + value / 100) }
    if value >= 10 { write(UInt8(ascii: "0") + value / 10 % 10) }
    write(UInt8(ascii: "0") + value % 10)
  }

  /// - Parameter value: not negative.
  mutating func write(decimal value: Int64) {
    write(UInt64(clamping: value), base: 10)
  }

  /// In digits and small letters.
  mutating func write(hexadecimal value: Int) {
    write(UInt64(clamping: value), base: 16)
  }

  /// Inlined, so that no division is by a number that only shows when it runs.
  @inline(__always)
  private mutating func write(_ value: UInt64, base: UInt64) {
    var digits = 1
    var rest = value / base
    while rest > 0 {
      digits += 1
      rest /= base
    }
    var position = count + digits
    count = position
    rest = value
    repeat {
      position -= 1
      let digit = UInt8(truncatingIfNeeded: rest % base)
      buffer[position] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
      rest /= base
    } while rest > 0
  }
}
