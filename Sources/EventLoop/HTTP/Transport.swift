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

  /// Together with its body, a head goes out in one TLS record up to this size.
  private static let recordBytes = 16 * 1024

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

  /// The same for two runs of bytes in one call.
  func write(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Int? {
    if second.isEmpty { return write(first) }
    if tls != nil { return writeRecord(first, second) }
    return withUnsafeTemporaryAllocation(of: iovec.self, capacity: 2) { vectors in
      vectors[0] = iovec(iov_base: UnsafeMutableRawPointer(mutating: first.baseAddress), iov_len: first.count)
      vectors[1] = iovec(iov_base: UnsafeMutableRawPointer(mutating: second.baseAddress), iov_len: second.count)
      return Self.outcome(writev(descriptor, vectors.baseAddress, 2))
    }
  }

  /// The caller keeps what was not taken as one run, because TLS wants to be given again at least what it was given.
  private func writeRecord(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Int? {
    let total = first.count + second.count
    guard total <= Self.recordBytes else {
      guard let taken = write(first) else { return nil }
      guard taken == first.count else { return taken }
      return write(second).map { taken + $0 }
    }
    return withUnsafeTemporaryAllocation(byteCount: total, alignment: 1) { record in
      var writer = ByteWriter(record)
      writer.write(first)
      writer.write(second)
      return write(writer.bytes)
    }
  }

  private static func outcome(_ count: Int) -> Int? {
    if count >= 0 { return count }
    return errno == EAGAIN || errno == EINTR ? 0 : nil
  }
}
