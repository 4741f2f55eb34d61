/// Stands for an answer that is sent piece by piece. It may be taken to other threads, yet is of use only with its loop.
///
/// Clients of HTTP/1.1 get chunks (RFC 9112, 7.1); those of HTTP/1.0 get the bytes, and then the connection closes.
public struct ChunkedWriter: Hashable, Sendable {
  /// What the one who writes is to do next.
  public enum Flow: Sendable {
    /// Go on.
    case ready
    /// What was written waits for a slow reader: go on after `onDrain`.
    /// Whoever does not wait has the stream broken off at ``HTTPLimits/streamBreakBytes``.
    case full
    /// Nobody reads any more.
    case closed
  }

  let token: UInt64

  /// Sends `bytes` as one chunk; large ones are shared, not copied, while they wait. No bytes make no chunk.
  @discardableResult
  public func write(_ bytes: ArraySlice<UInt8>, on loop: Loop) -> Flow {
    loop.core.exchanges[token]?.writeChunk(bytes) ?? .closed
  }

  @discardableResult
  public func write(_ bytes: [UInt8], on loop: Loop) -> Flow {
    write(bytes[...], on: loop)
  }

  /// Calls `body` whenever all that was written after ``Flow/full`` has been taken by the kernel.
  public func onDrain(on loop: Loop, _ body: @escaping () -> Void) {
    loop.core.exchanges[token]?.onDrain = body
  }

  /// Calls `body` once if the client closes its connection before ``end(on:)``: at once if it already has.
  ///
  /// A client that has closed only its sending half looks the same, and still receives: so the stream goes on until it is ended.
  public func onClose(on loop: Loop, _ body: @escaping () -> Void) {
    guard let connection = loop.core.exchanges[token] else { return body() }
    connection.onHangUp(body)
  }

  /// Ends the answer well.
  public func end(on loop: Loop) {
    loop.core.exchanges[token]?.endStream()
  }

  /// Breaks the answer off, so that the client notices that it is not whole.
  public func abort(on loop: Loop) {
    loop.core.exchanges[token]?.abortStream()
  }
}
