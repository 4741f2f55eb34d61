/// Stands for a request whose answer was put off. It may be taken to other threads, yet is of use only with its loop.
///
/// When the client has gone, or the answer has been given, it stands for nothing and does no harm.
public struct Responder: Hashable, Sendable {
  let token: UInt64

  /// Gives the answer; false when nobody waits for one any more.
  @discardableResult
  public func send(
    _ status: HTTPStatus = .ok, contentType: StaticString, headers: HeaderLines = .none, body: ArraySlice<UInt8>, on loop: Loop
  ) -> Bool {
    guard let connection = loop.core.exchanges[token] else { return false }
    return connection.answer(token, status, contentType: contentType, headers: headers, body: body)
  }

  @discardableResult
  public func send(
    _ status: HTTPStatus = .ok, contentType: StaticString, headers: HeaderLines = .none, body: [UInt8], on loop: Loop
  ) -> Bool {
    send(status, contentType: contentType, headers: headers, body: body[...], on: loop)
  }

  /// Begins an answer of unknown length. When nobody waits for it, so says the writer's first `write`.
  public func stream(
    _ status: HTTPStatus = .ok, contentType: StaticString, headers: HeaderLines = .none, on loop: Loop
  ) -> ChunkedWriter {
    loop.core.exchanges[token]?.beginStream(token, status, contentType: contentType, headers: headers)
    return ChunkedWriter(token: token)
  }

  /// Whether somebody waits for the answer, as far as is known.
  public func isOpen(on loop: Loop) -> Bool {
    loop.core.exchanges[token] != nil
  }

  /// Calls `body` once if the client closes its connection before it has its answer: at once if it already has.
  ///
  /// A client that has closed only its sending half looks the same; an answer that is given all the same reaches it.
  public func onClose(on loop: Loop, _ body: @escaping () -> Void) {
    guard let connection = loop.core.exchanges[token] else { return body() }
    connection.onHangUp(body)
  }
}
