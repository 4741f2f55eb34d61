import EventLoop
import NacosWire
import RegistryEngine
import RegistryModel

/// Takes a request to its handler and the handler's outcome to the client. It belongs to the loop's thread.
final class Dispatcher {
  let routes: RouteTable
  let service: NamingService
  /// Nil lets everybody do everything.
  let access: AccessService?
  let headers: HeaderLines
  private let streams: StreamService
  private let configuration: ConfigurationService
  private let origins: OriginRules
  private let hasMetricsBelowContext: Bool
  private let mailbox: Mailbox

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
    let call: Call
    do throws(Refusal) {
      call = try Call(request)
    } catch {
      return send(Reply(error), response)
    }
    if let access, route.access != .open {
      admit(route, access, request, call, response)
    } else {
      answer(route, .nobody, request, call, response)
    }
  }

  /// A Nacos has no metrics for Prometheus below its context path unless it is told to, and ours is taken for one there.
  func isHidden(_ path: RoutePath) -> Bool {
    path.hasContext && !hasMetricsBelowContext && path.starts(with: RouteTable.metricsPath)
  }

  private func isFromElsewhere(_ request: borrowing HTTPRequest) -> Bool {
    origins.refuses(host: request.header("Host"), origin: request.header("Origin"))
  }

  /// Answers a request that is let in.
  func answer(
    _ route: Route, _ grant: Grant, _ request: borrowing HTTPRequest, _ call: borrowing Call,
    _ response: consuming HTTPResponse
  ) {
    let outcome: Outcome
    do throws(Refusal) {
      switch route.handler {
      case .naming(let handler): outcome = try handler(service, call)
      case .access(let handler):
        guard let access else { return send(withoutAuthentication(route, request), response) }
        outcome = try handler(access, call, grant.user)
      case .configuration(let handler):
        outcome = try handler(configuration, call, ConfigurationHeaders(request), grant.user)
      case .stream(let handler): return handler(streams, request, grant, response)
      }
    } catch {
      return send(Reply(error), response)
    }
    switch consume outcome {
    case .reply(let reply): send(reply, response)
    case .submit(let submission): submit(submission, response)
    case .later(let begin): begin(HeldAnswer(responder: response.hold(), headers: headers))
    }
  }

  /// Answers a request that was held until its sender was known. Nil for what cannot wait so: the pages about users, whose
  /// parameters have the names of a login's, and streams.
  func heldHandler(_ route: Route, _ user: String) -> ((borrowing Call, ConfigurationHeaders) throws(Refusal) -> Outcome)? {
    switch route.handler {
    case .naming(let handler): { [service] (call, _) throws(Refusal) in try handler(service, call) }
    case .configuration(let handler):
      { [configuration] (call, headers) throws(Refusal) in try handler(configuration, call, headers, user) }
    case .access, .stream: nil
    }
  }

  func send(_ reply: Reply, _ response: consuming HTTPResponse) {
    let headers = reply.headers == .none ? headers : headers.adding(reply.headers)
    response.send(reply.status, contentType: reply.contentType, headers: headers, body: reply.body)
  }

  /// Answers at once when the registry does, else when the store has spoken, on whatever thread that is.
  private func submit(_ submission: Submission, _ response: consuming HTTPResponse) {
    var answer: PendingAnswer?
    let result = service.engine.submit(submission.command) {
      let pending = PendingAnswer(submission, headers: headers, mailbox: mailbox)
      answer = pending
      return { pending.resolve($0) }
    }
    if let result {
      send(submission.reply(to: result), response)
    } else {
      answer?.wait(response.hold())
    }
  }

  /// As `submit`, for a request that is held already.
  func submit(_ submission: Submission, to responder: Responder) {
    let answer = PendingAnswer(submission, headers: headers, mailbox: mailbox)
    service.engine.submit(submission.command) { answer.resolve($0) }
    answer.wait(responder)
  }
}
