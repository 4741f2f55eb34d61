import Glibc

/// An open file, closed when it goes.
final class FileDescriptor: Sendable {
  let number: Int32

  /// Takes over what `open` answered; nil when that was a failure.
  init?(_ number: Int32) {
    guard number >= 0 else { return nil }
    self.number = number
  }

  deinit { close(number) }
}

/// What the system calls the error `number`.
func systemText(_ number: Int32) -> String { String(cString: strerror(number)) }
