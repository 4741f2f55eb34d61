import EventLoop
import NacosWire

/// One endpoint: what it is called by, what a caller must be allowed, and what answers it. Dispatch, permissions and
/// documentation are read from the same table. A reference, for each request takes one out of the table.
final class Route: Sendable {
  typealias NamingHandler = @Sendable (NamingService, borrowing Call) throws(Refusal) -> Outcome
  /// It is told who asks.
  typealias AccessHandler = @Sendable (AccessService, borrowing Call, String) throws(Refusal) -> Outcome
  /// It is told who asks.
  typealias ConfigurationHandler =
    @Sendable (ConfigurationService, borrowing Call, ConfigurationHeaders, String) throws(Refusal) -> Outcome
  typealias StreamHandler = @Sendable (StreamService, borrowing HTTPRequest, Grant, consuming HTTPResponse) -> Void

  enum Handler: Sendable {
    case naming(NamingHandler)
    /// Answers about logins, users, roles and permissions.
    case access(AccessHandler)
    case configuration(ConfigurationHandler)
    /// Answers piece by piece, or in its own way.
    case stream(StreamHandler)
  }

  let method: HTTPMethod
  /// Without the context path.
  let path: StaticString
  let access: Access
  let handler: Handler

  /// What the body of a request may have; nil for as much as of any other.
  let bodyBytes: Int?

  convenience init(_ method: HTTPMethod, _ path: StaticString, _ access: Access, _ handler: @escaping NamingHandler) {
    self.init(method, path, access, answeredBy: .naming(handler))
  }

  convenience init(_ method: HTTPMethod, _ path: StaticString, _ access: Access, _ handler: @escaping AccessHandler) {
    self.init(method, path, access, answeredBy: .access(handler))
  }

  convenience init(
    _ method: HTTPMethod, _ path: StaticString, _ access: Access, bodyBytes: Int? = nil,
    _ handler: @escaping ConfigurationHandler
  ) {
    self.init(method, path, access, bodyBytes: bodyBytes, answeredBy: .configuration(handler))
  }

  init(_ method: HTTPMethod, _ path: StaticString, _ access: Access, bodyBytes: Int? = nil, answeredBy handler: Handler) {
    self.method = method
    self.path = path
    self.access = access
    self.bodyBytes = bodyBytes
    self.handler = handler
  }
}

/// What a caller must be allowed where authentication is on (naming-server-v1 7.3).
enum Access: Hashable, Sendable {
  enum Action: Hashable, Sendable { case read, write }

  /// Anybody.
  case open
  /// Whoever has logged in.
  case account
  /// `<namespace>:<group>:naming/<service>` of the request's parameters.
  case naming(Action)
  /// The namespace that is named, or all of them where none is.
  case namespaces(Action)
  case everyNamespace(Action)
  /// `<tenant>:<group>:config/<dataId>` of the request's parameters; of what it leaves open, all.
  case configuration(Action)
  /// Reading every configuration that a listener's poll names.
  case listening
  case switches(Action)
  case console(Action)
  case administration
  /// Nobody: Nacos names no resource for it, and so lets no user do it.
  case nobody
}
