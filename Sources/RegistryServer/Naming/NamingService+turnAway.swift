import EventLoop
import NacosWire
import RegistryModel

extension NamingService {
  /// What Nacos' first filter answers in place of a handler (naming-server-v1 0.3): operators limit URLs, or take the
  /// server down for all, for readers or for writers. Nil where the request goes on.
  func turnAway(_ request: borrowing HTTPRequest) -> Reply? {
    guard isRestricted else { return nil }
    let switches = switches
    if !switches.limitedUrlMap.isEmpty, let status = Self.limit(of: request, switches.limitedUrlMap) {
      return Reply(status: status, contentType: "", body: [])
    }
    guard let status = switches.overriddenServerStatus, !status.isEmpty, status != "UP" else { return nil }
    if status == "WRITE_ONLY", request.method != .get { return nil }
    if status == "READ_ONLY", request.method == .get { return nil }
    // Or nobody could take it up again.
    if RoutePath(request.path).starts(with: "/v1/ns/op") { return nil }
    return .text("server is \(status)now, please try again later!", status: .serviceUnavailable)
  }

  /// Prefixes are those of the path with its context and its query, the word `null` where there is none.
  private static func limit(of request: borrowing HTTPRequest, _ limits: [String: Int]) -> HTTPStatus? {
    let query = request.query.isEmpty ? "null" : String(decoding: request.query, as: UTF8.self)
    let target = String(decoding: request.path, as: UTF8.self) + "?" + query
    let found = limits.keys.sorted().first { target.hasPrefix($0) }
    return found.flatMap { limits[$0] }.map { HTTPStatus(rawValue: UInt16(clamping: $0)) }
  }
}
