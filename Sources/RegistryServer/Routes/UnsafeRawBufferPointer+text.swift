import Glibc

extension UnsafeRawBufferPointer {
  func starts(with text: StaticString) -> Bool {
    guard count >= text.utf8CodeUnitCount, let start = baseAddress else { return text.utf8CodeUnitCount == 0 }
    return memcmp(start, text.utf8Start, text.utf8CodeUnitCount) == 0
  }

  func isSame(as text: StaticString) -> Bool { count == text.utf8CodeUnitCount && starts(with: text) }
}
