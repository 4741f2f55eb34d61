import EventLoop
import NacosWire
import RegistryEngine

/// Who may.
extension Dispatcher {
  func admit(
    _ route: Route, _ access: AccessService, _ request: borrowing HTTPRequest, _ call: borrowing Call,
    _ response: consuming HTTPResponse
  ) {
    switch access.admit(request, call, to: route.access) {
    case .granted(let grant): answer(route, grant, request, call, response)
    case .denied(let denial): send(document(denial, path: Self.target(request)), response)
    case .mustVerify(let user, let phrase):
      guard let handler = heldHandler(route, user) else {
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
    _ handler: (borrowing Call, ConfigurationHeaders) throws(Refusal) -> Outcome, for user: String, _ needed: Access,
    _ access: AccessService, _ held: HeldCall, _ path: String, _ answer: HeldAnswer
  ) {
    let outcome: Outcome
    do throws(Refusal) {
      outcome = try held.withCall { call throws(Refusal) in
        do throws(Denial) {
          try access.authorize(user, needed, call)
        } catch {
          return .reply(document(error, path: path))
        }
        return try handler(call, held.headers)
      }
    } catch {
      return answer.send(Reply(error), on: access.loop)
    }
    switch outcome {
    case .reply(let reply): answer.send(reply, on: access.loop)
    case .submit(let submission): submit(submission, to: answer.responder)
    case .later(let begin): begin(answer)
    }
  }

  /// Clients that were given a password for a registry that asks for none are let in all the same: what they get for it
  /// means nothing, and nothing looks at it.
  func withoutAuthentication(_ route: Route, _ request: borrowing HTTPRequest) -> Reply {
    guard route.access == .open else { return document(.init(message: "authentication is off"), path: Self.target(request)) }
    return .json(AccessPages.login(token: "none", lifetime: 18_000, isAdministrator: true, user: ""))
  }
}
