import EventLoop

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
