import CZlib

/// Compression without a wrapping (RFC 1951), as the entries of an archive have it; and the digest that goes with it.
enum Deflation {
  /// Nil when there is no memory, or the text is longer than 4 GB.
  static func deflate(_ bytes: [UInt8]) -> [UInt8]? {
    guard let length = UInt32(exactly: bytes.count) else { return nil }
    return withStream { stream in
      guard czlib_begin_deflate(stream, 6) else { return nil }
      defer { deflateEnd(stream) }
      let bound = Int(deflateBound(stream, uLong(bytes.count)))
      guard let capacity = UInt32(exactly: bound) else { return nil }
      var isWhole = false
      let result = [UInt8](unsafeUninitializedCapacity: bound) { output, count in
        bytes.withUnsafeBufferPointer { input in
          // zlib reads what it is given here and nothing else; it is not const by age only.
          stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
          stream.pointee.avail_in = length
          stream.pointee.next_out = output.baseAddress
          stream.pointee.avail_out = capacity
          isWhole = CZlib.deflate(stream, Z_FINISH) == Z_STREAM_END
          count = bound - Int(stream.pointee.avail_out)
        }
      }
      return isWhole ? result : nil
    }
  }

  /// Nil when it is damaged, cut off, followed by something else, or longer than `limit` bytes.
  static func inflate(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
    inflate(bytes, limit: limit) { czlib_begin_inflate($0) }
  }

  /// As `inflate`, of what `begin` makes the stream ready for.
  static func inflate(
    _ bytes: [UInt8], limit: Int, begin: (UnsafeMutablePointer<z_stream>) -> Bool
  ) -> [UInt8]? {
    guard let length = UInt32(exactly: bytes.count) else { return nil }
    return withStream { stream in
      guard begin(stream) else { return nil }
      defer { inflateEnd(stream) }
      return bytes.withUnsafeBufferPointer { input in
        // zlib only reads this; it is not const by age.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.pointee.avail_in = length
        return inflateAll(stream, limit: limit)
      }
    }
  }

  /// CRC-32 of ISO 3309.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBufferPointer { UInt32(truncatingIfNeeded: crc32_z(0, $0.baseAddress, $0.count)) }
  }

  private static func withStream<Result>(_ body: (UnsafeMutablePointer<z_stream>) -> Result) -> Result {
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    defer { stream.deallocate() }
    return body(stream)
  }

  private static func inflateAll(_ stream: UnsafeMutablePointer<z_stream>, limit: Int) -> [UInt8]? {
    var text: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 16 * 1024)
    while true {
      let (status, count) = piece.withUnsafeMutableBufferPointer { output in
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = UInt32(output.count)
        let status = CZlib.inflate(stream, Z_NO_FLUSH)
        return (status, output.count - Int(stream.pointee.avail_out))
      }
      guard text.count + count <= limit else { return nil }
      text += piece[..<count]
      if status == Z_STREAM_END { return stream.pointee.avail_in == 0 ? text : nil }
      guard status == Z_OK, count > 0 || stream.pointee.avail_in > 0 else { return nil }
    }
  }
}
