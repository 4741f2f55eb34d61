/// Why there is no answer. `description` is a clause for a person to read: "connection refused", "timed out after 2 s".
public enum HTTPFailure: Error, Sendable, Hashable {
  /// libcurl could not be loaded; nothing was sent.
  case unavailable(String)
  /// The request cannot be put on the wire as it stands; nothing was sent.
  case badRequest(String)
  /// More transfers in flight than the client allows; nothing was sent.
  case overloaded(limit: Int)
  case nameNotResolved(String)
  case connectionRefused
  case unreachable(String)
  case connectTimedOut(after: Duration)
  case timedOut(after: Duration)
  /// A stream of lines gave no byte for so long.
  case silent(for: Duration)
  /// The peer ended the connection before the answer was whole.
  case connectionLost(String)
  case tls(String)
  case tooManyHeaders(limit: Int)
  case headersTooLarge(limit: Int)
  case bodyTooLarge(limit: Int)
  case lineTooLong(limit: Int)
  case cancelled
  /// Anything else: a CURLcode and libcurl's words for it.
  case transport(code: Int, String)
}

extension HTTPFailure: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unavailable(let reason): "HTTP client unavailable: \(reason)"
    case .badRequest(let reason): "request refused: \(reason)"
    case .overloaded(let limit): "\(limit) requests are already under way"
    case .nameNotResolved(let reason), .unreachable(let reason), .connectionLost(let reason): reason
    case .connectionRefused: "connection refused"
    case .connectTimedOut(let time): "no connection after \(time.inWords)"
    case .timedOut(let time): "timed out after \(time.inWords)"
    case .silent(let time): "nothing received for \(time.inWords)"
    case .tls(let reason): "TLS: \(reason)"
    case .tooManyHeaders(let limit): "answer with more than \(limit) header lines"
    case .headersTooLarge(let limit): "answer with more than \(limit) bytes of headers"
    case .bodyTooLarge(let limit): "answer longer than \(limit) bytes"
    case .lineTooLong(let limit): "line longer than \(limit) bytes"
    case .cancelled: "cancelled"
    case .transport(_, let text): text
    }
  }
}

extension Duration {
  /// Whole milliseconds, rounded up.
  var milliseconds: Int64 {
    let (seconds, attoseconds) = components
    let rest = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    return seconds.multipliedReportingOverflow(by: 1000).overflow ? .max : seconds * 1000 + rest
  }

  var inWords: String {
    milliseconds % 1000 == 0 ? "\(milliseconds / 1000) s" : "\(milliseconds) ms"
  }
}
