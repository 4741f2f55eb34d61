import EventLoop

/// A check that is content with being let in.
struct TCPCheck: TCPSpeaker {
  mutating func connected() -> TCPMove { .hangUp }
  mutating func received(_ bytes: UnsafeRawBufferPointer) -> TCPMove { .hangUp }
}
