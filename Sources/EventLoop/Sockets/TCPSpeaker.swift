/// Our side of a conversation over TCP: what to say to a server, and when it is enough. A value, so that a protocol can be
/// tried out without sockets.
public protocol TCPSpeaker {
  /// The connection is made.
  mutating func connected() -> TCPMove
  /// These bytes came, at least one and no more than were asked for; they are gone when the call returns.
  mutating func received(_ bytes: UnsafeRawBufferPointer) -> TCPMove
}

/// What a speaker wants to happen next.
public enum TCPMove: Hashable, Sendable {
  /// Send this, then listen for at most so many bytes.
  case say([UInt8], listen: Int)
  /// Send this, and then it is over.
  case sayLast([UInt8])
  /// Listen for at most so many bytes at once.
  case listen(Int)
  /// It is over.
  case hangUp
}

/// How a conversation ended.
public enum TCPEnding: Hashable, Sendable {
  /// As our side wanted.
  case hungUp
  /// The other side closed, or broke off, before that.
  case closed
  /// Nobody listens there.
  case refused
  /// The time was up. `late` is by how much the loop missed that moment: a process that is held up itself knows nothing
  /// about how quick others are.
  case timedOut(late: Duration)
  /// Anything else: no route, no descriptor left.
  case failed(SocketError)
}
