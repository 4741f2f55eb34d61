/// A status code of RFC 9110, 15.
public struct HTTPStatus: RawRepresentable, Hashable, Sendable {
  public var rawValue: UInt16

  /// - Parameter rawValue: of three digits; others become 500.
  public init(rawValue: UInt16) {
    self.rawValue = (100...999).contains(rawValue) ? rawValue : 500
  }

  public static let ok = HTTPStatus(rawValue: 200)
  public static let noContent = HTTPStatus(rawValue: 204)
  public static let found = HTTPStatus(rawValue: 302)
  public static let notModified = HTTPStatus(rawValue: 304)
  public static let badRequest = HTTPStatus(rawValue: 400)
  public static let unauthorized = HTTPStatus(rawValue: 401)
  public static let forbidden = HTTPStatus(rawValue: 403)
  public static let notFound = HTTPStatus(rawValue: 404)
  public static let methodNotAllowed = HTTPStatus(rawValue: 405)
  public static let requestTimeout = HTTPStatus(rawValue: 408)
  public static let conflict = HTTPStatus(rawValue: 409)
  public static let payloadTooLarge = HTTPStatus(rawValue: 413)
  public static let tooManyRequests = HTTPStatus(rawValue: 429)
  public static let internalServerError = HTTPStatus(rawValue: 500)
  public static let notImplemented = HTTPStatus(rawValue: 501)
  public static let badGateway = HTTPStatus(rawValue: 502)
  public static let serviceUnavailable = HTTPStatus(rawValue: 503)

  /// Whether an answer with it has a body at all: RFC 9112, 6.3.
  var allowsBody: Bool { rawValue >= 200 && rawValue != 204 && rawValue != 304 }

  /// The words after the code, which no client is to rely on.
  var reason: StaticString {
    switch rawValue {
    case 200: "OK"
    case 201: "Created"
    case 202: "Accepted"
    case 204: "No Content"
    case 301: "Moved Permanently"
    case 302: "Found"
    case 304: "Not Modified"
    case 307: "Temporary Redirect"
    case 308: "Permanent Redirect"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 406: "Not Acceptable"
    case 408: "Request Timeout"
    case 409: "Conflict"
    case 412: "Precondition Failed"
    case 413: "Content Too Large"
    case 414: "URI Too Long"
    case 415: "Unsupported Media Type"
    case 417: "Expectation Failed"
    case 429: "Too Many Requests"
    case 431: "Request Header Fields Too Large"
    case 500: "Internal Server Error"
    case 501: "Not Implemented"
    case 502: "Bad Gateway"
    case 503: "Service Unavailable"
    case 504: "Gateway Timeout"
    case 505: "HTTP Version Not Supported"
    default: "Status"
    }
  }
}
