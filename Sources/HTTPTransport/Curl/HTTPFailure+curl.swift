import CCurl
import Glibc

extension HTTPFailure {
  /// - Parameters:
  ///   - text: libcurl's own words for what happened.
  ///   - systemError: the `errno` of the last connect.
  init(_ code: CURLcode, text: String, systemError: Int, connectTimeout: Duration) {
    switch code {
    case CURLE_URL_MALFORMAT: self = .badRequest(text)
    case CURLE_COULDNT_RESOLVE_HOST: self = .nameNotResolved(text)
    case CURLE_COULDNT_CONNECT: self = .couldNotConnect(systemError: Int32(truncatingIfNeeded: systemError), text: text)
    // The transfer's own deadline is the loop's business, so this can only be the connection's.
    case CURLE_OPERATION_TIMEDOUT: self = .connectTimedOut(after: connectTimeout)
    case CURLE_GOT_NOTHING: self = .connectionLost("connection closed without an answer")
    case CURLE_PARTIAL_FILE: self = .connectionLost("connection closed before the end of the answer")
    case CURLE_SEND_ERROR, CURLE_RECV_ERROR: self = .connectionLost(text)
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM,
      CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_ISSUER_ERROR:
      self = .tls(text)
    default: self = .transport(code: Int(code.rawValue), text)
    }
  }

  private static func couldNotConnect(systemError: Int32, text: String) -> HTTPFailure {
    switch systemError {
    case ECONNREFUSED: .connectionRefused
    case EHOSTUNREACH: .unreachable("no route to host")
    case ENETUNREACH: .unreachable("network unreachable")
    default: .unreachable(text)
    }
  }
}
