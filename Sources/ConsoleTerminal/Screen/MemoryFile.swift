import CNcurses
import Glibc

/// A file that ncurses writes to in the terminal's place, so that a frame can be sent by one write that does not wait.
final class MemoryFile {
  let descriptor: Int32

  init() throws(TerminalProblem) {
    descriptor = csystem_memory_file()
    guard descriptor >= 0 else { throw .systemCall("memfd_create", code: errno) }
  }

  deinit {
    close(descriptor)
  }

  /// What was written since the last call.
  func take() -> [UInt8] {
    let length = Int(lseek(descriptor, 0, SEEK_CUR))
    guard length > 0 else { return [] }
    let bytes = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
      count = max(0, pread(descriptor, buffer.baseAddress, length, 0))
    }
    // The pages are given back only when a large frame has used many.
    if length > 64 << 10 { ftruncate(descriptor, 0) }
    lseek(descriptor, 0, SEEK_SET)
    return bytes
  }
}
