/// Texts one behind the other in a single block: each is its length and its bytes. Never changed once it is made.
final class PackedTexts: ManagedBuffer<PackedTexts.Size, UInt8> {
  struct Size {
    var texts: UInt32
    var bytes: UInt32
  }

  /// A text shorter than this has its length in one byte; before any other there are four more.
  private static let long = 255
  private static let lengthOfLong = 4

  static func pack(_ texts: [String]) -> PackedTexts {
    let bytes = texts.reduce(0) { sum, text in
      let count = text.utf8.count
      return sum + 1 + (count < long ? 0 : lengthOfLong) + count
    }
    let size = Size(texts: UInt32(texts.count), bytes: UInt32(bytes))
    let buffer = create(minimumCapacity: bytes) { _ in size }
    buffer.withUnsafeMutablePointerToElements { start in
      var place = start
      for var text in texts { text.withUTF8 { put($0, at: &place) } }
    }
    // What `create` makes is of the class that it is asked of.
    return unsafeDowncast(buffer, to: PackedTexts.self)
  }

  private static func put(_ text: UnsafeBufferPointer<UInt8>, at place: inout UnsafeMutablePointer<UInt8>) {
    if text.count < long {
      place.initialize(to: UInt8(text.count))
      place += 1
    } else {
      place.initialize(to: UInt8(long))
      UnsafeMutableRawPointer(place + 1).storeBytes(of: UInt32(text.count).littleEndian, as: UInt32.self)
      place += 1 + lengthOfLong
    }
    if let start = text.baseAddress { place.initialize(from: start, count: text.count) }
    place += text.count
  }

  /// The text at `offset`, which moves on to the one behind it; nil at the end. Its bytes are there as long as this is.
  func take(at offset: inout Int) -> UnsafeBufferPointer<UInt8>? {
    withUnsafeMutablePointers { size, start in
      if offset >= Int(size.pointee.bytes) { return nil }
      var count = Int(start[offset])
      offset += 1
      if count == Self.long {
        count = Int(UInt32(littleEndian: UnsafeRawPointer(start + offset).loadUnaligned(as: UInt32.self)))
        offset += Self.lengthOfLong
      }
      defer { offset += count }
      return UnsafeBufferPointer(start: start + offset, count: count)
    }
  }

  /// All of it, lengths and texts.
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    withUnsafeMutablePointers { size, start in body(UnsafeRawBufferPointer(start: start, count: Int(size.pointee.bytes))) }
  }
}
