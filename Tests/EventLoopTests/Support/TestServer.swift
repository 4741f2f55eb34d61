import EventLoop

/// A server on a thread of its own, on a port that the system picks.
final class TestServer: Sendable {
  let thread: LoopThread
  let address: SocketAddress

  init(
    options: HTTPServer.Options = HTTPServer.Options(), address: SocketAddress = .loopback(port: 0),
    makeHandler: @escaping @Sendable (Loop) -> HTTPServer.Handler = { _ in TestServer.echo }
  ) throws {
    (thread, self.address) = try LoopThread.start(name: "test server") { loop in
      let server = try HTTPServer(loop, listen: address, options: options, handler: makeHandler(loop))
      loop.keep(server)
      return server.address
    }
  }

  deinit {
    thread.stop()
  }

  static func limits(_ change: (inout HTTPLimits) -> Void) -> HTTPServer.Options {
    var options = HTTPServer.Options()
    change(&options.limits)
    return options
  }

  /// Answers what it was asked: method, target and body.
  static func echo(_ request: borrowing HTTPRequest, _ response: consuming HTTPResponse) {
    let method = request.method.name.map { "\($0)" } ?? "other"
    let target = String(decoding: request.target, as: UTF8.self)
    let body = String(decoding: request.body, as: UTF8.self)
    response.send(contentType: "text/plain", body: Array("\(method) \(target) \(body)".utf8))
  }
}
