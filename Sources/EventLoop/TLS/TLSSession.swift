import CEvent

/// The server's end of one TLS connection, over a socket that does not block.
final class TLSSession {
  private let pointer: OpaquePointer
  /// Reading goes on only when the socket takes bytes, writing only when it has some: the protocol has an errand of its own.
  private(set) var readWaitsForWrite = false
  private(set) var writeWaitsForRead = false

  init?(context: OpaquePointer, descriptor: Int32) {
    guard let pointer = SSL_new(context) else { return nil }
    self.pointer = pointer
    guard SSL_set_fd(pointer, descriptor) == 1 else { return nil }
    SSL_set_accept_state(pointer)
  }

  deinit {
    SSL_free(pointer)
  }

  /// Bytes have been received that are no business of the socket's any more.
  var hasPending: Bool { SSL_has_pending(pointer) == 1 }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Transport.ReadOutcome {
    var count = 0
    readWaitsForWrite = false
    ERR_clear_error()
    let result = SSL_read_ex(pointer, buffer.baseAddress, buffer.count, &count)
    if result == 1 { return .bytes(count) }
    switch SSL_get_error(pointer, result) {
    case SSL_ERROR_WANT_READ: return .wouldBlock
    case SSL_ERROR_WANT_WRITE:
      readWaitsForWrite = true
      return .wouldBlock
    case SSL_ERROR_ZERO_RETURN: return .end
    default:
      ERR_clear_error()
      return .failed
    }
  }

  /// How many bytes were taken, 0 if the socket takes none now; nil when the connection is broken.
  func write(_ bytes: UnsafeRawBufferPointer) -> Int? {
    var taken = 0
    writeWaitsForRead = false
    while taken < bytes.count {
      var count = 0
      ERR_clear_error()
      let result = SSL_write_ex(pointer, bytes.baseAddress?.advanced(by: taken), bytes.count - taken, &count)
      if result == 1 {
        taken += count
        continue
      }
      switch SSL_get_error(pointer, result) {
      case SSL_ERROR_WANT_WRITE: return taken
      case SSL_ERROR_WANT_READ:
        writeWaitsForRead = true
        return taken
      default:
        ERR_clear_error()
        return nil
      }
    }
    return taken
  }

  /// Says good-bye, without waiting for an answer.
  func sayClosed() {
    ERR_clear_error()
    SSL_shutdown(pointer)
    ERR_clear_error()
  }

  /// The reason that OpenSSL gives for the last thing that failed on this thread.
  static func takeErrorText() -> String {
    let code = ERR_get_error()
    ERR_clear_error()
    guard code != 0 else { return "unknown reason" }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      ERR_error_string_n(code, buffer.baseAddress, buffer.count)
      return buffer.baseAddress.map { String(cString: $0) } ?? ""
    }
  }
}
