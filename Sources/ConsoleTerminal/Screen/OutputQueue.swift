import Glibc

/// What was painted and has not reached the terminal yet: the rest of one frame at most, because nothing is painted while
/// there is any. A terminal that takes nothing therefore costs no memory.
struct OutputQueue {
  private var bytes: [UInt8] = []
  private var written = 0
  private let descriptor: Int32

  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  var isEmpty: Bool { written == bytes.count }

  mutating func append(_ more: [UInt8]) {
    if isEmpty {
      (bytes, written) = (more, 0)
    } else {
      bytes += more
    }
  }

  /// Forgets what is waiting.
  mutating func drop() {
    (bytes, written) = ([], 0)
  }

  /// Writes what the terminal takes now. False when there is no terminal any more.
  mutating func flush() -> Bool {
    while !isEmpty {
      let count = bytes.withUnsafeBytes { buffer in
        write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
      }
      if count < 0, errno == EINTR { continue }
      if count < 0 { return errno == EAGAIN }
      written += count
    }
    drop()
    return true
  }

  /// Writes all of it, as long as the terminal takes some within `milliseconds`.
  mutating func flush(within milliseconds: Int32) {
    while flush(), !isEmpty {
      var room = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      if poll(&room, 1, milliseconds) <= 0 || room.revents & Int16(POLLHUP | POLLERR) != 0 { return }
    }
  }
}
