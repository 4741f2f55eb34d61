import CHTTPParser

extension HTTPConnection {
  /// Has a request answered.
  func hand(over parser: OpaquePointer) {
    let raw = chttp_parser_request(parser)
    token = owner.core.nextToken()
    exchange = .open
    keepsAlive = raw.keeps_alive
    isHTTP10 = raw.is_http_1_0
    isHead = raw.method == CHTTP_METHOD_HEAD
    // A tunnel is none of a server's business.
    if raw.method == CHTTP_METHOD_CONNECT { return refuse(.notImplemented) }
    owner.handler?(HTTPRequest(parser: parser, raw: raw, peer: peer, peerText: peerText), HTTPResponse(self, token: token))
  }

  /// False when the request that `token` stands for has its answer, or its client has gone.
  @discardableResult
  func answer(
    _ token: UInt64, _ status: HTTPStatus, contentType: StaticString = "", headers: HeaderLines = .none,
    body: ArraySlice<UInt8> = []
  ) -> Bool {
    guard token == self.token, exchange == .open || exchange == .held, !isClosed else { return false }
    let head = ResponseHead(
      status: status, contentType: contentType, framing: .length(body.count), persistence: persistence, headers: headers)
    let shown = isHead || !status.allowsBody ? [] : body
    if !gather(head, shown) { send(head, body: shown) }
    endExchange()
    return true
  }

  func hold(_ token: UInt64) {
    guard token == self.token, exchange == .open, !isClosed else { return }
    exchange = .held
    owner.core.exchanges[token] = self
  }

  func beginStream(_ token: UInt64, _ status: HTTPStatus, contentType: StaticString, headers: HeaderLines) {
    guard token == self.token, exchange == .open || exchange == .held, !isClosed else { return }
    exchange = .streaming
    owner.core.exchanges[token] = self
    if isHTTP10 { keepsAlive = false }
    let head = ResponseHead(
      status: status, contentType: contentType, framing: isHTTP10 ? .untilClose : .chunked, persistence: persistence,
      headers: headers)
    send(head, body: [])
    if !isTaking { settle() }
  }

  func writeChunk(_ bytes: ArraySlice<UInt8>) -> ChunkedWriter.Flow {
    guard exchange == .streaming, !isClosed else { return .closed }
    if isHead || bytes.isEmpty { return .ready }
    if isHTTP10 {
      send(UnsafeRawBufferPointer(start: nil, count: 0), bytes)
    } else {
      withUnsafeTemporaryAllocation(byteCount: 24, alignment: 1) { buffer in
        var writer = ByteWriter(buffer)
        writer.write(hexadecimal: bytes.count)
        writer.write("\r\n")
        send(writer.bytes, bytes, "\r\n")
      }
    }
    if output.count > owner.limits.streamBreakBytes { close() }
    if isClosed { return .closed }
    if output.count < owner.limits.streamPauseBytes { return .ready }
    wantsDrainCall = true
    return .full
  }

  func endStream() {
    guard exchange == .streaming, !isClosed else { return }
    if !isHead, !isHTTP10 { send("0\r\n\r\n") }
    endExchange()
  }

  /// Chunks without a last one tell that the answer is not whole; a client of HTTP/1.0 is told by nothing but a reset.
  func abortStream() {
    if isHTTP10 { breakOff() } else { close() }
  }

  /// Refuses a request that is not one, or costs too much, and closes.
  func refuse(_ status: HTTPStatus) {
    guard !isClosed, !isClosing else { return }
    keepsAlive = false
    isHead = false
    shouldLinger = true
    let body = Array("\(status.rawValue) \(status.reason)\n".utf8)
    let head = ResponseHead(
      status: status, contentType: "text/plain", framing: .length(body.count), persistence: .close, headers: .none)
    send(head, body: body[...])
    endExchange()
  }

  /// Registers who wants to know that the client has gone.
  func onHangUp(_ body: @escaping () -> Void) {
    if isClosed || inputHasEnded { return body() }
    onClose = body
  }

  /// Tells them, once.
  func hangUp() {
    let body = onClose
    onClose = nil
    body?()
  }

  private var persistence: ResponseHead.Persistence {
    if !keepsAlive || owner.isDraining { return .close }
    return isHTTP10 ? .keepAlive : .implied
  }

  /// Leaves the answer to the end of the turn; false if it has to be sent at once.
  private func gather(_ head: ResponseHead, _ body: ArraySlice<UInt8>) -> Bool {
    guard keepsAlive, !owner.isDraining, transport.tls == nil, output.isEmpty else { return false }
    return owner.core.turnAnswers.take(head, body, date: owner.core.httpDate.bytes(), of: self)
  }

  private func send(_ head: ResponseHead, body: ArraySlice<UInt8>) {
    withUnsafeTemporaryAllocation(byteCount: head.capacity, alignment: 1) { buffer in
      var writer = ByteWriter(buffer)
      head.write(into: &writer, date: owner.core.httpDate.bytes())
      send(writer.bytes, body)
    }
  }

  private func send(_ text: StaticString) {
    send(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// The answer is complete, sent or waiting to be.
  private func endExchange() {
    if exchange != .open { owner.core.exchanges[token] = nil }
    exchange = .none
    onClose = nil
    onDrain = nil
    wantsDrainCall = false
    if isClosed { return }
    if !keepsAlive || owner.isDraining { isClosing = true }
    // Outside a call of the handler nobody else goes on to what the client has sent since.
    if !isTaking { continueReading() }
  }
}
