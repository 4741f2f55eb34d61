import EventLoop
import NacosWire
import RegistryEngine
import RegistryModel

/// Takes a request to its handler and the handler's outcome to the client. It belongs to the loop's thread.
final class Dispatcher {
  private let routes: RouteTable
  private let service: NamingService
  private let streams: StreamService
  private let configuration: ConfigurationService
  /// Nil lets everybody do everything.
  private let access: AccessService?
  private let origins: OriginRules
  private let hasMetricsBelowContext: Bool
  private let mailbox: Mailbox
  private let headers: HeaderLines

  init(
    _ routes: RouteTable, _ service: NamingService, _ streams: StreamService, _ configuration: ConfigurationService,
    access: AccessService?, origins: OriginRules, hasMetricsBelowContext: Bool, mailbox: Mailbox
  ) {
    self.hasMetricsBelowContext = hasMetricsBelowContext
    self.routes = routes
    self.service = service
    self.streams = streams
    self.configuration = configuration
    self.access = access
    self.origins = origins
    self.mailbox = mailbox
    // Nothing that the registry says is a page (reliability C1, C117).
    headers =
      HeaderLines(("Content-Security-Policy", "script-src 'self'"), ("X-Content-Type-Options", "nosniff")) ?? .none
  }

  func handle(_ request: borrowing HTTPRequest, _ response: consuming HTTPResponse) {
    let path = RoutePath(request.path)
    if request.method != .get, request.method != .head, isFromElsewhere(request) {
      return send(.text("this request comes from a page or by a name that is not this registry's", status: .forbidden), response)
    }
    if path.isNaming, let reply = service.turnAway(request) { return send(reply, response) }
    guard let route = routes.answering(request.method, path), !isHidden(path) else {
      return send(nobody(at: path, request), response)
    }
    if let access, route.access != .open {
      admit(route, access, request, response)
    } else {
      answer(route, as: "", request, response)
    }
  }

  /// A Nacos has no metrics for Prometheus below its context path unless it is told to, and ours is taken for one there.
  private func isHidden(_ path: RoutePath) -> Bool {
    path.hasContext && !hasMetricsBelowContext && path.starts(with: RouteTable.metricsPath)
  }

  private func isFromElsewhere(_ request: borrowing HTTPRequest) -> Bool {
    origins.refuses(host: request.header("Host"), origin: request.header("Origin"))
  }

  private func answer(
    _ route: Route, as user: String, _ request: borrowing HTTPRequest, _ response: consuming HTTPResponse
  ) {
    switch route.handler {
    case .naming(let handler): answer(request, by: handler, response)
    case .access(let handler): answer(request, as: user, by: handler, route, response)
    case .configuration(let handler): answer(request, as: user, by: handler, response)
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

  private func answer(
    _ request: borrowing HTTPRequest, as user: String, by handler: Route.AccessHandler, _ route: Route,
    _ response: consuming HTTPResponse
  ) {
    guard let access else { return send(withoutAuthentication(route, request), response) }
    let outcome: AccessOutcome
    do throws(Refusal) {
      outcome = try handler(access, try Call(request), user)
    } catch {
      return send(Reply(error), response)
    }
    send(outcome, response)
  }

  private func answer(
    _ request: borrowing HTTPRequest, as user: String, by handler: Route.ConfigurationHandler,
    _ response: consuming HTTPResponse
  ) {
    let outcome: AccessOutcome
    do throws(Refusal) {
      outcome = try handler(configuration, request, try Call(request), user)
    } catch {
      return send(Reply(error), response)
    }
    send(outcome, response)
  }

  private func send(_ outcome: AccessOutcome, _ response: consuming HTTPResponse) {
    switch outcome {
    case .reply(let reply): send(reply, response)
    case .later(let begin): begin(HeldAnswer(responder: response.hold(), headers: headers))
    }
  }

  private func send(_ reply: Reply, _ response: consuming HTTPResponse) {
    let headers = reply.headers == .none ? headers : headers.adding(reply.headers)
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
}

/// Who may.
extension Dispatcher {
  private func admit(
    _ route: Route, _ access: AccessService, _ request: borrowing HTTPRequest, _ response: consuming HTTPResponse
  ) {
    let admission: Admission
    do throws(Refusal) {
      admission = access.admit(request, try Call(request), to: route.access)
    } catch {
      return send(Reply(error), response)
    }
    switch admission {
    case .granted(let user): answer(route, as: user, request, response)
    case .denied(let denial): send(document(denial, path: Self.target(request)), response)
    case .mustVerify(let user, let phrase):
      guard case .naming(let handler) = route.handler else {
        return send(document(.unknownUser, path: Self.target(request)), response)
      }
      let held = HeldCall(request)
      let path = Self.target(request)
      let answer = HeldAnswer(responder: response.hold(), headers: headers)
      access.verify(user, phrase, from: request.peer.host) { [weak self, weak access] result in
        guard let self, let access else { return }
        if case .failure(let denial) = result { return answer.send(document(denial, path: path), on: access.loop) }
        run(handler, for: user, route.access, access, held, path, answer)
      }
    }
  }

  /// Answers a request that was held until its sender's password was known to be right.
  private func run(
    _ handler: Route.NamingHandler, for user: String, _ needed: Access, _ access: AccessService, _ held: HeldCall,
    _ path: String, _ answer: HeldAnswer
  ) {
    let outcome: Outcome
    do throws(Refusal) {
      outcome = try held.withCall { call throws(Refusal) in
        do throws(Denial) {
          try access.authorize(user, needed, call)
        } catch {
          return .reply(document(error, path: path))
        }
        return try handler(service, call)
      }
    } catch {
      return answer.send(Reply(error), on: access.loop)
    }
    switch outcome {
    case .reply(let reply): answer.send(reply, on: access.loop)
    case .submit(let submission):
      let pending = PendingAnswer(submission, headers: headers, mailbox: mailbox)
      service.engine.submit(submission.command) { pending.resolve($0) }
      pending.wait(answer.responder)
    }
  }

  /// Clients that were given a password for a registry that asks for none are let in all the same: what they get for it
  /// means nothing, and nothing looks at it.
  private func withoutAuthentication(_ route: Route, _ request: borrowing HTTPRequest) -> Reply {
    guard route.access == .open else { return document(.init(message: "authentication is off"), path: Self.target(request)) }
    return .json(AccessPages.login(token: "none", lifetime: 18_000, isAdministrator: true, user: ""))
  }

  private func document(_ denial: Denial, path: String) -> Reply {
    let error: StaticString =
      switch denial.status {
      case .serviceUnavailable: "Service Unavailable"
      case .tooManyRequests: "Too Many Requests"
      default: "Forbidden"
      }
    return document(denial.status, error, message: denial.message, path: path)
  }

  private static func target(_ request: borrowing HTTPRequest) -> String {
    String(decoding: request.path.prefix(1_024), as: UTF8.self)
  }

  /// What has no route: below `/v1/ns` Nacos' filter answers 501, elsewhere it is simply not there.
  private func nobody(at path: RoutePath, _ request: borrowing HTTPRequest) -> Reply {
    let target = Self.target(request)
    if path.isNaming {
      let method = request.method.name.map { "\($0)" } ?? ""
      return document(.notImplemented, "Not Implemented", message: "no such api:\(method):\(target)", path: target)
    }
    let methods = routes.methods(of: path)
    if !methods.isEmpty, !isHidden(path) {
      if request.method == .options { return Self.allowed(methods) }
      let method = request.method.name.map { "\($0)" } ?? ""
      return Reply(.failed("Request method '\(method)' not supported"))
    }
    return document(.notFound, "Not Found", message: "No message available", path: target)
  }

  /// What `OPTIONS` is answered.
  private static func allowed(_ methods: [HTTPMethod]) -> Reply {
    var reply = Reply(contentType: "", body: [])
    let names = (methods + [.options]).compactMap(\.name).map { "\($0)" }
    reply.headers = HeaderLines(("Allow", names.joined(separator: ","))) ?? .none
    return reply
  }

  private func document(_ status: HTTPStatus, _ error: StaticString, message: String, path: String) -> Reply {
    let body = ErrorDocument.text(
      status: Int(status.rawValue), error: error, message: message, path: path, at: service.now())
    return .json(body, status: status)
  }
}
