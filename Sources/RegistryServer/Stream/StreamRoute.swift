import EventLoop
import NacosWire

/// The requests of a session far away (protocol in `StreamLine`). They stand beside the naming API's table: what answers
/// them streams or takes JSON, and no context path precedes them.
enum StreamRoute: CaseIterable {
  case hello, watch, command, ask

  private var method: HTTPMethod {
    switch self {
    case .hello, .watch: .get
    case .command, .ask: .post
    }
  }

  private var path: String {
    switch self {
    case .hello: StreamPath.hello
    case .watch: StreamPath.watch
    case .command: StreamPath.command
    case .ask: StreamPath.ask
    }
  }

  /// Nil for a request that is none of these.
  init?(_ request: borrowing HTTPRequest) {
    let method = request.method
    let path = request.path
    // Every request passes here: the first bytes tell nearly all of them apart.
    guard path.count > 2, path[1] == UInt8(ascii: "m"),
      let route = Self.allCases.first(where: { $0.method == method && path.elementsEqual($0.path.utf8) })
    else { return nil }
    self = route
  }
}

extension StreamService {
  func answer(_ route: StreamRoute, _ request: borrowing HTTPRequest, _ response: consuming HTTPResponse) {
    switch route {
    case .hello: greet(response)
    case .watch: watch(request, response)
    case .command: command(request, response)
    case .ask: ask(request, response)
    }
  }
}
