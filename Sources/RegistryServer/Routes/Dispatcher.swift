import EventLoop
import NacosWire
import RegistryEngine
import RegistryModel

/// Takes a request to its handler and the handler's outcome to the client. It belongs to the loop's thread.
final class Dispatcher {
  private let routes: RouteTable
  private let service: NamingService
  private let streams: StreamService
  private let mailbox: Mailbox
  private let headers: HeaderLines

  init(_ routes: RouteTable, _ service: NamingService, _ streams: StreamService, mailbox: Mailbox) {
    self.routes = routes
    self.service = service
    self.streams = streams
    self.mailbox = mailbox
    // Nothing that the registry says is a page (reliability C1, C117).
    headers =
      HeaderLines(("Content-Security-Policy", "script-src 'self'"), ("X-Content-Type-Options", "nosniff")) ?? .none
  }

  func handle(_ request: borrowing HTTPRequest, _ response: consuming HTTPResponse) {
    let path = RoutePath(request.path)
    if path.isNaming, let reply = service.turnAway(request) { return send(reply, response) }
    guard let route = routes.route(request.method, path) else { return send(nobody(at: path, request), response) }
    switch route.handler {
    case .naming(let handler): answer(request, by: handler, response)
    case .stream(let handler): handler(streams, request, response)
    }
  }

  private func answer(_ request: borrowing HTTPRequest, by handler: Route.NamingHandler, _ response: consuming HTTPResponse) {
    let outcome: Outcome
    do throws(Refusal) {
      outcome = try handler(service, try Call(request))
    } catch {
      return send(Reply(error), response)
    }
    switch outcome {
    case .reply(let reply): send(reply, response)
    case .submit(let submission): submit(submission, response)
    }
  }

  private func send(_ reply: Reply, _ response: consuming HTTPResponse) {
    response.send(reply.status, contentType: reply.contentType, headers: headers, body: reply.body)
  }

  /// Answers at once when the registry does, else when the store has spoken, on whatever thread that is.
  private func submit(_ submission: Submission, _ response: consuming HTTPResponse) {
    let answer = PendingAnswer(submission, headers: headers, mailbox: mailbox)
    service.engine.submit(submission.command) { answer.resolve($0) }
    if let reply = answer.takeReply() {
      send(reply, response)
    } else {
      answer.wait(response.hold())
    }
  }

  /// What has no route: below `/v1/ns` Nacos' filter answers 501, elsewhere it is simply not there.
  private func nobody(at path: RoutePath, _ request: borrowing HTTPRequest) -> Reply {
    let target = String(decoding: request.path.prefix(1_024), as: UTF8.self)
    if path.isNaming {
      let method = request.method.name.map { "\($0)" } ?? ""
      return document(.notImplemented, "Not Implemented", message: "no such api:\(method):\(target)", path: target)
    }
    if routes.knows(path) {
      return document(.methodNotAllowed, "Method Not Allowed", message: "Request method not supported", path: target)
    }
    return document(.notFound, "Not Found", message: "No message available", path: target)
  }

  private func document(_ status: HTTPStatus, _ error: StaticString, message: String, path: String) -> Reply {
    let body = ErrorDocument.text(
      status: Int(status.rawValue), error: error, message: message, path: path, at: service.now())
    return .json(body, status: status)
  }
}
