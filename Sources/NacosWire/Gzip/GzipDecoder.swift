import CZlib

/// Reads gzip (RFC 1952).
public enum GzipDecoder {
  /// Whether `bytes` begin as gzip does: how a receiver of pushes tells (naming-server-v1 4.4).
  public static func isGzip(_ bytes: some Collection<UInt8>) -> Bool { bytes.prefix(2).elementsEqual([0x1f, 0x8b]) }

  /// The text of one whole gzip member; nil when it is damaged, cut off, followed by something else, or longer than
  /// `limit` bytes: a small datagram may hold a text a thousand times its size (reliability R25).
  public static func decode(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
    guard let length = UInt32(exactly: bytes.count) else { return nil }
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    defer { stream.deallocate() }
    guard czlib_begin_gunzip(stream) else { return nil }
    defer { inflateEnd(stream) }
    return bytes.withUnsafeBufferPointer { input in
      // zlib only reads this; it is not const by age.
      stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      stream.pointee.avail_in = length
      return inflateAll(stream, limit: limit)
    }
  }

  private static func inflateAll(_ stream: UnsafeMutablePointer<z_stream>, limit: Int) -> [UInt8]? {
    var text: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 16 * 1024)
    while true {
      let (status, count) = piece.withUnsafeMutableBufferPointer { output in
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = UInt32(output.count)
        let status = inflate(stream, Z_NO_FLUSH)
        return (status, output.count - Int(stream.pointee.avail_out))
      }
      guard text.count + count <= limit else { return nil }
      text += piece[..<count]
      if status == Z_STREAM_END { return stream.pointee.avail_in == 0 ? text : nil }
      guard status == Z_OK, count > 0 || stream.pointee.avail_in > 0 else { return nil }
    }
  }
}
