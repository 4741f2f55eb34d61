/// The length of a parameter's name and its outer bytes: what tells nearly every two names apart in one comparison.
struct NameSketch: Equatable {
  /// Of a name with an escape in it, which has to be decoded before anything can be said of it.
  static let escaped = NameSketch(bits: .max)

  private let bits: UInt64

  private init(bits: UInt64) { self.bits = bits }

  /// The sketch of a name without escapes.
  @inline(__always)
  init(start: UnsafePointer<UInt8>?, count: Int) {
    guard let start, count > 0 else {
      bits = 0
      return
    }
    bits = UInt64(truncatingIfNeeded: count) << 16 | UInt64(start[0]) << 8 | UInt64(start[count - 1])
  }
}
