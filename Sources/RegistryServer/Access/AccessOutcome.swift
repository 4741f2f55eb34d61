import EventLoop

/// What a handler makes of a request that it may have to put off.
enum AccessOutcome {
  case reply(Reply)
  /// The request is put off; what is called answers it, at once or later, on the loop's thread.
  case later((HeldAnswer) -> Void)
}

/// A request that was put off, to be answered in the loop's thread.
struct HeldAnswer {
  let responder: Responder
  let headers: HeaderLines

  func send(_ reply: Reply, headers others: HeaderLines = .none, on loop: Loop) {
    responder.send(
      reply.status, contentType: reply.contentType, headers: headers.adding(others).adding(reply.headers), body: reply.body,
      on: loop)
  }
}
