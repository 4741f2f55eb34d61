/// What one client may cost a server.
public struct HTTPLimits: Sendable {
  /// Request line and header lines together, bytes; beyond it the answer is 431 (414 if not even the request line ends).
  public var headBytes = 16 * 1024
  /// Header lines, trailers among them; beyond it the answer is 431.
  public var headerLines = 64
  /// A request's body, bytes; beyond it the answer is 413, at once if the length was announced.
  public var bodyBytes = 8 << 20
  /// Connections at one time; one more is answered 503 and closed.
  public var connections = 20_000
  /// From a request's first byte to the end of its head; then the answer is 408.
  public var headTime = Duration.seconds(10)
  /// From the end of the head to the end of the body; then the answer is 408.
  public var bodyTime = Duration.seconds(60)
  /// Without any request; then the connection is closed.
  public var idleTime = Duration.seconds(75)
  /// For a request that is held; then the answer is 503.
  public var holdTime = Duration.seconds(120)
  /// For a client that takes nothing of what waits for it; then the connection is closed.
  public var sendTime = Duration.seconds(60)
  /// For a client to stop sending after it has been refused, and how many bytes are passed over in that time:
  /// closed sooner, the connection would be reset, and the client might never see why.
  public var lingerTime = Duration.seconds(2)
  public var lingerBytes = 16 << 20
  /// What may wait for a slow reader of a stream before ``ChunkedWriter/write(_:on:)`` asks for a pause, bytes,
  public var streamPauseBytes = 64 * 1024
  /// and before a writer that does not pause has its stream broken off.
  public var streamBreakBytes = 8 << 20

  public init() {}
}
