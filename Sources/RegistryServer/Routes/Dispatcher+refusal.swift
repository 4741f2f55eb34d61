import EventLoop
import NacosWire

/// What is answered in place of a handler.
extension Dispatcher {
  func document(_ denial: Denial, path: String) -> Reply {
    let error: StaticString =
      switch denial.status {
      case .serviceUnavailable: "Service Unavailable"
      case .tooManyRequests: "Too Many Requests"
      default: "Forbidden"
      }
    return document(denial.status, error, message: denial.message, path: path)
  }

  static func target(_ request: borrowing HTTPRequest) -> String {
    String(decoding: request.path.prefix(1_024), as: UTF8.self)
  }

  /// What has no route: below `/v1/ns` Nacos' filter answers 501, elsewhere it is simply not there.
  func nobody(at path: RoutePath, _ request: borrowing HTTPRequest) -> Reply {
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
