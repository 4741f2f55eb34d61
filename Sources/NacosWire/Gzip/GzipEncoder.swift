import CZlib

/// Compresses texts into gzip (RFC 1952), one after another, with memory that is made once: some 270 kB, taken at the
/// first use.
public final class GzipEncoder {
  private let level: Int32
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private var isReady = false

  /// `level` from 1, fastest, to 9.
  public init(level: Int = 1) {
    self.level = Int32(clamping: level)
    stream.initialize(to: z_stream())
  }

  deinit {
    if isReady { deflateEnd(stream) }
    stream.deallocate()
  }

  /// Nil when there is no memory, or the text is longer than 4 GB.
  public func encode(_ text: some Collection<UInt8>) -> [UInt8]? {
    text.withContiguousStorageIfAvailable(encode) ?? Array(text).withUnsafeBufferPointer(encode)
  }

  private func encode(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard let length = UInt32(exactly: text.count), begin() else { return nil }
    let bound = Int(deflateBound(stream, uLong(text.count)))
    guard let capacity = UInt32(exactly: bound) else { return nil }
    var isWhole = false
    let result = [UInt8](unsafeUninitializedCapacity: bound) { output, count in
      // zlib reads what it is given here and nothing else; it is not const by age only.
      stream.pointee.next_in = UnsafeMutablePointer(mutating: text.baseAddress)
      stream.pointee.avail_in = length
      stream.pointee.next_out = output.baseAddress
      stream.pointee.avail_out = capacity
      isWhole = deflate(stream, Z_FINISH) == Z_STREAM_END
      count = bound - Int(stream.pointee.avail_out)
    }
    return isWhole ? result : nil
  }

  private func begin() -> Bool {
    if isReady { return deflateReset(stream) == Z_OK }
    isReady = czlib_begin_gzip(stream, level)
    return isReady
  }
}
