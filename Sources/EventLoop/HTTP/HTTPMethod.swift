import CHTTPParser

/// RFC 9110, 9.3, and RFC 5789. `CONNECT` is refused before it reaches a handler.
public enum HTTPMethod: UInt8, Sendable, CaseIterable {
  case get, head, post, put, delete, patch, options, trace
  /// Any other that is well formed.
  case other

  init(raw: Int32) {
    switch raw {
    case CHTTP_METHOD_GET: self = .get
    case CHTTP_METHOD_HEAD: self = .head
    case CHTTP_METHOD_POST: self = .post
    case CHTTP_METHOD_PUT: self = .put
    case CHTTP_METHOD_DELETE: self = .delete
    case CHTTP_METHOD_PATCH: self = .patch
    case CHTTP_METHOD_OPTIONS: self = .options
    case CHTTP_METHOD_TRACE: self = .trace
    default: self = .other
    }
  }

  /// As it is written in a request line; nil for ``other``.
  public var name: StaticString? {
    switch self {
    case .get: "GET"
    case .head: "HEAD"
    case .post: "POST"
    case .put: "PUT"
    case .delete: "DELETE"
    case .patch: "PATCH"
    case .options: "OPTIONS"
    case .trace: "TRACE"
    case .other: nil
    }
  }
}
