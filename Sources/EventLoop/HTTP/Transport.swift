import CEvent
import Glibc

/// The bytes of a connection: as they are, or by TLS.
struct Transport {
  enum ReadOutcome {
    case bytes(Int)
    case wouldBlock
    /// The other side will send no more.
    case end
    case failed
  }

  let descriptor: Int32
  let tls: TLSSession?

  /// What is written together and is no longer than this goes out in one record of TLS.
  private static let recordBytes = 16 * 1024

  /// Whether so many bytes that were written together have to wait together, if they have to wait:
  /// TLS wants what it did not take to be given again at once.
  func waitsAsOne(_ count: Int) -> Bool {
    tls != nil && count <= Self.recordBytes
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> ReadOutcome {
    if let tls { return tls.read(into: buffer) }
    return readSocket(into: buffer)
  }

  /// Without regard to TLS: for bytes that nobody will look at.
  func readSocket(into buffer: UnsafeMutableRawBufferPointer) -> ReadOutcome {
    let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    if count > 0 { return .bytes(count) }
    if count == 0 { return .end }
    return errno == EAGAIN || errno == EINTR ? .wouldBlock : .failed
  }

  /// How many bytes were taken, 0 if none are now; nil when the connection is broken.
  func write(_ bytes: UnsafeRawBufferPointer) -> Int? {
    guard let start = bytes.baseAddress, bytes.count > 0 else { return 0 }
    if let tls { return tls.write(bytes) }
    return Self.outcome(Glibc.write(descriptor, start, bytes.count))
  }

  /// The same for three runs of bytes in one call; the second and third may be empty.
  func write(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer, _ third: UnsafeRawBufferPointer) -> Int? {
    if second.isEmpty, third.isEmpty { return write(first) }
    if tls != nil { return writeRecords(first, second, third) }
    return withUnsafeTemporaryAllocation(of: iovec.self, capacity: 3) { vectors in
      vectors[0] = iovec(iov_base: UnsafeMutableRawPointer(mutating: first.baseAddress), iov_len: first.count)
      vectors[1] = iovec(iov_base: UnsafeMutableRawPointer(mutating: second.baseAddress), iov_len: second.count)
      vectors[2] = iovec(iov_base: UnsafeMutableRawPointer(mutating: third.baseAddress), iov_len: third.count)
      return Self.outcome(writev(descriptor, vectors.baseAddress, third.isEmpty ? 2 : 3))
    }
  }

  /// One record if they fit, else one run after the other.
  private func writeRecords(
    _ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer, _ third: UnsafeRawBufferPointer
  ) -> Int? {
    let total = first.count + second.count + third.count
    if waitsAsOne(total) {
      return withUnsafeTemporaryAllocation(byteCount: total, alignment: 1) { record in
        var writer = ByteWriter(record)
        writer.write(first)
        writer.write(second)
        writer.write(third)
        return write(writer.bytes)
      }
    }
    var taken = 0
    for part in [first, second, third] where !part.isEmpty {
      guard let count = write(part) else { return nil }
      taken += count
      if count < part.count { break }
    }
    return taken
  }

  private static func outcome(_ count: Int) -> Int? {
    if count >= 0 { return count }
    return errno == EAGAIN || errno == EINTR ? 0 : nil
  }
}
