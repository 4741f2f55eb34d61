/// The length of a parameter's name and its outer bytes: what tells nearly every two names apart in one comparison.
struct NameSketch: Equatable {
  private let bits: UInt64

  @inline(__always)
  init(_ name: UnsafeRawBufferPointer) {
    guard !name.isEmpty else {
      bits = 0
      return
    }
    bits = UInt64(truncatingIfNeeded: name.count) << 16 | UInt64(name[0]) << 8 | UInt64(name[name.count - 1])
  }
}
