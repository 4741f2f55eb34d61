import EventLoop
import NacosWire

/// One endpoint: what it is called by, what a caller must be allowed, and what answers it. Dispatch, permissions and
/// documentation are read from the same table.
struct Route: Sendable {
  typealias Handler = @Sendable (NamingService, borrowing Call) throws(Refusal) -> Outcome

  var method: HTTPMethod
  /// Without the context path.
  var path: StaticString
  var access: Access
  var handler: Handler

  init(_ method: HTTPMethod, _ path: StaticString, _ access: Access, _ handler: @escaping Handler) {
    self.method = method
    self.path = path
    self.access = access
    self.handler = handler
  }
}

/// What a caller must be allowed (naming-server-v1 7.3); who asks for it comes with authentication.
enum Access: Hashable, Sendable {
  enum Action: Hashable, Sendable { case read, write }

  /// Anybody.
  case open
  /// `<namespace>:<group>:naming/<service>` of the request's parameters.
  case naming(Action)
  case switches(Action)
  case console(Action)
  case administration
}
