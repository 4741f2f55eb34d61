/// The one answer that a request gets: sent at once, later, or piece by piece.
///
/// Using it up is the compiler's business. One that is let go unused is answered 500.
public struct HTTPResponse: ~Copyable {
  private var connection: HTTPConnection?
  private let token: UInt64

  init(_ connection: HTTPConnection, token: UInt64) {
    self.connection = connection
    self.token = token
  }

  deinit {
    connection?.answer(token, .internalServerError)
  }

  /// Answers at once.
  /// - Parameters:
  ///   - contentType: a media type, or nothing for an answer without one.
  ///   - headers: further header lines.
  ///   - body: shared, not copied, if the socket does not take it whole. `HEAD` gets its length only.
  public consuming func send(
    _ status: HTTPStatus = .ok, contentType: StaticString, headers: HeaderLines = .none, body: ArraySlice<UInt8>
  ) {
    connection?.answer(token, status, contentType: contentType, headers: headers, body: body)
    connection = nil
  }

  public consuming func send(
    _ status: HTTPStatus = .ok, contentType: StaticString, headers: HeaderLines = .none, body: [UInt8]
  ) {
    send(status, contentType: contentType, headers: headers, body: body[...])
  }

  /// Answers at once, without a body.
  public consuming func send(_ status: HTTPStatus, headers: HeaderLines = .none) {
    send(status, contentType: "", headers: headers, body: [])
  }

  /// Puts the answer off. The client's next requests wait for it; the request's bytes are gone when the handler returns.
  public consuming func hold() -> Responder {
    connection?.hold(token)
    connection = nil
    return Responder(token: token)
  }

  /// Begins an answer of unknown length, chunk by chunk.
  public consuming func stream(
    _ status: HTTPStatus = .ok, contentType: StaticString, headers: HeaderLines = .none
  ) -> ChunkedWriter {
    connection?.beginStream(token, status, contentType: contentType, headers: headers)
    connection = nil
    return ChunkedWriter(token: token)
  }
}
