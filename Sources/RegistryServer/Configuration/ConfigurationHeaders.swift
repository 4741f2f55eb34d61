import EventLoop

/// What header lines say about configurations (naming-client-v1 3.1, 3.2); nil where a line is not there or empty.
struct ConfigurationHeaders: Sendable {
  /// The addresses that are to get what is published, with commas between them.
  var betaAddresses: String?
  /// The tag of who reads.
  var tag: String?
  /// Milliseconds that a poll may be held.
  var pollTimeout: String?
  /// `true` for a poll that is not to be held.
  var pollsOnce: String?
  var clientVersion: String?
  var contentType: String?

  private static let mostBytes = 4_096

  init(_ request: borrowing HTTPRequest) {
    betaAddresses = Self.text(request, "betaIps")
    tag = Self.text(request, "Vipserver-Tag")
    pollTimeout = Self.text(request, "Long-Pulling-Timeout")
    pollsOnce = Self.text(request, "Long-Pulling-Timeout-No-Hangup")
    clientVersion = Self.text(request, "Client-Version")
    contentType = Self.text(request, "Content-Type")
  }

  private static func text(_ request: borrowing HTTPRequest, _ name: StaticString) -> String? {
    guard let bytes = request.header(name), !bytes.isEmpty else { return nil }
    return String(decoding: bytes.prefix(mostBytes), as: UTF8.self)
  }
}
