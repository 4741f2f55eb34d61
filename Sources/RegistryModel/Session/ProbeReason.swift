/// Why a probe ended as it did. Numbers only: nothing that a probed server says is kept as a text.
public enum ProbeReason: Hashable, Sendable, Codable {
  // What the instance showed.

  /// The connection was made, or the answer was as it should be.
  case answered
  /// It answered with this HTTP status.
  case status(Int)
  case refused
  /// No connection, or no answer, in time.
  case timedOut
  /// The network failed with this errno.
  case network(Int32)
  /// It closed the connection instead of answering.
  case closed
  /// What it sent is not the protocol.
  case malformed
  /// The database answered with this error number.
  case databaseError(Int)
  /// The database takes no writes.
  case readOnly
  /// There is no host by its name.
  case unknownHost

  // What we lack: never the instance's fault.

  /// Its name is being looked up, or the name service does not answer.
  case resolving
  /// Its address is outside of the ranges that may be probed.
  case forbidden
  /// This process was held up for so long that being late says nothing.
  case heldUp
  /// No socket, port or memory is left; with the errno.
  case exhausted(Int32)
  /// What is configured cannot be asked: an impossible port, path or header.
  case misconfigured
  /// The database wants a login of a kind that we do not speak.
  case unsupportedLogin
}

extension ProbeReason: CustomStringConvertible {
  /// In a few words.
  public var description: String {
    switch self {
    case .answered: "answered"
    case .status(let status): "HTTP status \(status)"
    case .refused: "connection refused"
    case .timedOut: "no answer in time"
    case .network(let code): "network error \(code)"
    case .closed: "closed without an answer"
    case .malformed: "not the protocol"
    case .databaseError(let code): "database error \(code)"
    case .readOnly: "database is read-only"
    case .unknownHost: "no such host"
    case .resolving: "name not looked up yet"
    case .forbidden: "address may not be probed"
    case .heldUp: "this server was held up"
    case .exhausted(let code): "this server is out of resources (\(code))"
    case .misconfigured: "check cannot be made as configured"
    case .unsupportedLogin: "login method not supported"
    }
  }
}
