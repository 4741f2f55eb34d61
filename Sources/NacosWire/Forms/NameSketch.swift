/// The length of a parameter's name and its outer bytes: what tells nearly every two names apart in one comparison.
struct NameSketch: Equatable {
  /// Of a name with an escape in it, which has to be decoded before anything can be said of it.
  static let escaped = NameSketch(bits: .max)

  private let bits: UInt64

  private init(bits: UInt64) { self.bits = bits }

  /// The sketch of `name` as it stands in a form.
  init(_ name: UnsafeRawBufferPointer) {
    if FormDecoding.isEncoded(name) {
      self = .escaped
    } else if let first = name.first, let last = name.last {
      bits = UInt64(truncatingIfNeeded: name.count) << 16 | UInt64(first) << 8 | UInt64(last)
    } else {
      bits = 0
    }
  }
}
