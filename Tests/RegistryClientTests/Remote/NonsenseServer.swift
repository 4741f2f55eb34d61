import EventLoop

/// An HTTP server that answers every request alike.
final class NonsenseServer: Sendable {
  let address: SocketAddress
  private let thread: LoopThread

  init(_ body: [UInt8], status: HTTPStatus = .ok, pages: [String: String] = [:]) throws {
    (thread, address) = try LoopThread.start(name: "nonsense") { loop in
      let server = try HTTPServer(loop, listen: .loopback(port: 0)) { request, response in
        let path = String(decoding: request.path, as: UTF8.self)
        if let page = pages[path] {
          response.send(contentType: "application/json", body: Array(page.utf8))
        } else {
          response.send(status, contentType: "text/plain", body: body)
        }
      }
      loop.keep(server)
      return server.address
    }
  }

  func stop() { thread.stop() }
}
