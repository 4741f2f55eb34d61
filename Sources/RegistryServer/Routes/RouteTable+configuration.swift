import EventLoop
import NacosWire

extension RouteTable {
  /// `/v1/cs` (naming-client-v1 3.2).
  static let configuration: [Route] =
    reads + [
      Route(.post, "/v1/cs/configs", .configuration(.write), bodyBytes: configurationBodyBytes) {
        (configs, call, headers, user) throws(Refusal) in
        try configs.publish(call, headers, user)
      },
      Route(.delete, "/v1/cs/configs", .configuration(.write)) { (configs, call, _, user) throws(Refusal) in
        try configs.remove(call, user)
      },
      Route(.post, "/v1/cs/configs/listener", .listening) { (configs, call, headers, _) throws(Refusal) in
        try configs.listen(call, headers)
      },
    ]

  /// A large configuration as a form: a byte may take three.
  private static let configurationBodyBytes = 32 << 20

  private static let reads: [Route] =
    [
      Route(.get, "/v1/cs/configs", .configuration(.read)) { (configs, call, headers, _) throws(Refusal) in
        try configs.read(call, headers)
      },
      Route(.get, "/v1/cs/configs/catalog", .configuration(.read)) { (configs, call, _, _) throws(Refusal) in
        try configs.catalog(call)
      },
      Route(.get, "/v1/cs/configs/listener", .configuration(.read)) { (configs, call, _, _) throws(Refusal) in
        try configs.listeners(call)
      },
      Route(.get, "/v1/cs/listener", .everyNamespace(.read)) { (configs, call, _, _) throws(Refusal) in
        try configs.interests(call)
      },
      Route(.get, "/v1/cs/history", .configuration(.read)) { (configs, call, _, _) throws(Refusal) in
        try configs.history(call)
      },
      Route(.get, "/v1/cs/history/previous", .configuration(.read)) { (configs, call, _, _) throws(Refusal) in
        try configs.previous(call)
      },
    ]
}
