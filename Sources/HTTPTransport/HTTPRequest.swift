/// One header line, of a request or of an answer. Names of an answer arrive in lower case.
public struct HTTPHeader: Sendable, Hashable {
  public var name: String
  public var value: String

  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// What an answer may cost before the transfer is ended with a failure that names the limit.
public struct HTTPLimits: Sendable, Hashable {
  /// Bytes of a whole body, after it was inflated.
  public var maximumBody = 8 << 20
  /// Header lines of an answer, those of interim answers and trailers included.
  public var maximumHeaders = 128
  /// Bytes of all these lines together.
  public var maximumHeaderBytes = 64 << 10

  public init() {}
}

/// A request as it goes on the wire. Nothing is added to it but `Host`, `Accept`, `Accept-Encoding` and `Content-Length`;
/// no proxy is asked and no redirect is followed.
public struct HTTPRequest: Sendable, Hashable {
  public var method: String
  /// `http://…` or `https://…`, already percent-encoded.
  public var url: String
  public var headers: [HTTPHeader]
  public var body: [UInt8]?
  /// Until the whole answer is there; of a stream of lines, until its head is.
  public var timeout = Duration.seconds(5)
  /// Until the connection stands, name resolution and the TLS handshake included.
  public var connectTimeout = Duration.seconds(2)
  public var limits = HTTPLimits()
  /// Path of a PEM bundle to trust instead of the system's.
  public var certificateAuthority: String?

  public init(_ method: String = "GET", _ url: String, headers: [HTTPHeader] = [], body: [UInt8]? = nil) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
  }
}
