import CEvent
import Glibc
import Synchronization

/// What a loop shares with everything that it drives. Whoever has an event of libevent holds this too, so that no event outlives its base.
final class LoopCore {
  let base: OpaquePointer
  /// Bytes that a read may use until the next read.
  let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 16)
  let httpDate = HTTPDate()
  let turnAnswers = TurnAnswers()
  let freshConnections = FreshConnections()
  let spareSockets = SpareSockets()
  /// Requests whose answer is still to come, and answers under way, by their token.
  var exchanges: [UInt64: HTTPConnection] = [:]
  private var lastToken: UInt64

  private static let loopCount = Atomic<UInt64>(0)

  init() throws(SocketError) {
    guard let base = cevent_base_new() else { throw SocketError(operation: "make an event loop", code: errno) }
    self.base = base
    // A token of one loop shall mean nothing to another.
    lastToken = Self.loopCount.add(1, ordering: .relaxed).newValue << 48
  }

  deinit {
    event_base_free(base)
    scratch.deallocate()
  }

  func nextToken() -> UInt64 {
    lastToken &+= 1
    return lastToken
  }

  /// Nanoseconds of the monotonic clock.
  var now: Int64 { cevent_monotonic(false) }

  /// Nanoseconds of the monotonic clock, up to 4 ms late, for a quarter of the cost.
  static var coarseNow: Int64 { cevent_monotonic(true) }
}
