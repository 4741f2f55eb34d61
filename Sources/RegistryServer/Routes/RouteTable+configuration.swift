import EventLoop
import NacosWire

extension RouteTable {
  /// `/v1/cs` (naming-client-v1 3.2).
  static let configuration: [Route] =
    reads + [
      Route(.post, "/v1/cs/configs", .configuration(.write), bodyBytes: configurationBodyBytes) { (configs, request, call, user) throws(Refusal) in
        try configs.publish(request, call, user)
      },
      Route(.delete, "/v1/cs/configs", .configuration(.write)) { (configs, request, call, user) throws(Refusal) in
        try configs.remove(request, call, user)
      },
      Route(.post, "/v1/cs/configs/listener", .listening) { (configs, request, call, _) throws(Refusal) in
        try configs.listen(request, call)
      },
    ]

  /// A large configuration as a form: a byte may take three.
  private static let configurationBodyBytes = 32 << 20

  private static let reads: [Route] =
    [
      Route(.get, "/v1/cs/configs", .configuration(.read)) { (configs, request, call, _) throws(Refusal) in
        try configs.read(request, call)
      },
      Route(.get, "/v1/cs/configs/catalog", .configuration(.read)) { (configs, _, call, _) throws(Refusal) in
        try configs.catalog(call)
      },
      Route(.get, "/v1/cs/configs/listener", .configuration(.read)) { (configs, _, call, _) throws(Refusal) in
        try configs.listeners(call)
      },
      Route(.get, "/v1/cs/listener", .everyNamespace(.read)) { (configs, _, call, _) throws(Refusal) in
        try configs.interests(call)
      },
      Route(.get, "/v1/cs/history", .configuration(.read)) { (configs, _, call, _) throws(Refusal) in
        try configs.history(call)
      },
      Route(.get, "/v1/cs/history/previous", .configuration(.read)) { (configs, _, call, _) throws(Refusal) in
        try configs.previous(call)
      },
    ]
}
