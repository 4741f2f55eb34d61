import EventLoop
import NacosWire

extension RouteTable {
  /// 1.6; each under both of its names.
  static let operators: [Route] =
    [
      Route(.get, "/v1/ns/operator/push/state", .everyNamespace(.read)) { (api, call) throws(Refusal) in try api.pushState(call)
      },
      Route(.get, "/v1/ns/ops/push/state", .everyNamespace(.read)) { (api, call) throws(Refusal) in try api.pushState(call) },
      Route(.get, "/v1/ns/operator/switches", .open) { (api, call) throws(Refusal) in try api.showSwitches(call) },
      Route(.get, "/v1/ns/ops/switches", .open) { (api, call) throws(Refusal) in try api.showSwitches(call) },
      Route(.put, "/v1/ns/operator/switches", .switches(.write)) { (api, call) throws(Refusal) in try api.setSwitch(call) },
      Route(.put, "/v1/ns/ops/switches", .switches(.write)) { (api, call) throws(Refusal) in try api.setSwitch(call) },
      Route(.get, "/v1/ns/operator/metrics", .open) { (api, call) throws(Refusal) in try api.metrics(call) },
      Route(.get, "/v1/ns/ops/metrics", .open) { (api, call) throws(Refusal) in try api.metrics(call) },
      Route(.get, "/v1/ns/operator/servers", .open) { (api, call) throws(Refusal) in try api.servers(call) },
      Route(.get, "/v1/ns/ops/servers", .open) { (api, call) throws(Refusal) in try api.servers(call) },
    ] + responsibility + logs

  /// 1.6.9, 1.13, 1.14. Nacos lets anybody set the level of its logs.
  static let metricsPath: StaticString = "/actuator/prometheus"

  private static let logs = [
    Route(.put, "/v1/ns/operator/log", .switches(.write)) { (api, call) throws(Refusal) in try api.setLogLevel(call) },
    Route(.put, "/v1/ns/ops/log", .switches(.write)) { (api, call) throws(Refusal) in try api.setLogLevel(call) },
    Route(.put, "/v1/core/ops/log", .administration) { (api, call) throws(Refusal) in try api.setCoreLogLevel(call) },
    Route(.get, metricsPath, .open) { (api, call) throws(Refusal) in try api.prometheus(call) },
  ]

  private static let responsibility = [
    Route(.get, "/v1/ns/operator/distro/server", .naming(.read)) { (api, call) throws(Refusal) in
      try api.responsibleServer(call)
    },
    Route(.get, "/v1/ns/ops/distro/server", .naming(.read)) { (api, call) throws(Refusal) in try api.responsibleServer(call) },
    Route(.get, "/v1/ns/operator/distro/status", .open) { (api, call) throws(Refusal) in try api.distroStatus(call) },
    Route(.get, "/v1/ns/ops/distro/status", .open) { (api, call) throws(Refusal) in try api.distroStatus(call) },
    Route(.get, "/v1/ns/operator/cluster/state", .open) { (api, call) throws(Refusal) in try api.clusterState(call) },
    Route(.get, "/v1/ns/ops/cluster/state", .open) { (api, call) throws(Refusal) in try api.clusterState(call) },
  ]

  /// 1.8, 1.10, 1.11, 1.13
  static let core: [Route] =
    [
      Route(.get, "", .open) { (api, call) throws(Refusal) in try api.index(call) },
      Route(.get, "/v1/console/namespaces", .account) { (api, call) throws(Refusal) in try api.namespaces(call) },
      Route(.post, "/v1/console/namespaces", .console(.write)) { (api, call) throws(Refusal) in try api.createNamespace(call) },
      Route(.put, "/v1/console/namespaces", .console(.write)) { (api, call) throws(Refusal) in try api.updateNamespace(call) },
      Route(.delete, "/v1/console/namespaces", .console(.write)) { (api, call) throws(Refusal) in
        try api.removeNamespace(call)
      },
      Route(.get, "/v1/console/health/liveness", .open) { (api, call) throws(Refusal) in try api.alive(call) },
      Route(.get, "/v1/console/health/readiness", .open) { (api, call) throws(Refusal) in try api.alive(call) },
      Route(.get, "/v1/console/server/state", .open) { (api, call) throws(Refusal) in try api.serverState(call) },
      Route(.get, "/v1/core/cluster/self", .open) { (api, call) throws(Refusal) in try api.clusterSelf(call) },
      Route(.get, "/v1/core/cluster/nodes", .open) { (api, call) throws(Refusal) in try api.clusterNodes(call) },
      Route(.get, "/v1/core/cluster/simple/nodes", .open) { (api, call) throws(Refusal) in try api.clusterAddresses(call) },
      Route(.get, "/v1/core/cluster/health", .open) { (api, call) throws(Refusal) in try api.clusterHealth(call) },
    ] + formerRaft

  private static let formerRaft: [Route] = {
    let calls: [(HTTPMethod, StaticString)] = [
      (.post, "/v1/ns/raft/vote"), (.post, "/v1/ns/raft/beat"), (.get, "/v1/ns/raft/peer"),
      (.put, "/v1/ns/raft/datum/reload"), (.post, "/v1/ns/raft/datum"), (.delete, "/v1/ns/raft/datum"),
      (.get, "/v1/ns/raft/datum"), (.post, "/v1/ns/raft/datum/commit"), (.delete, "/v1/ns/raft/datum/commit"),
      (.get, "/v1/ns/raft/state"), (.get, "/v1/ns/raft/leader"), (.get, "/v1/ns/raft/listeners"),
    ]
    return calls.map { method, path in
      Route(method, path, .open) { (api, call) throws(Refusal) in try api.formerRaft(call) }
    }
  }()

  /// What our own consoles far away use (the protocol is `StreamLine`'s).
  static let streams: [Route] = [
    Route(.get, "/muster/v1/hello", .open, answeredBy: .stream { streams, _, _, response in streams.greet(response) }),
    Route(
      .get, "/muster/v1/watch", .console(.read),
      answeredBy: .stream { streams, request, grant, response in streams.watch(request, until: grant.ends, response) }),
    Route(
      .post, "/muster/v1/command", .administration,
      answeredBy: .stream { streams, request, grant, response in streams.command(request, by: grant.user, response) }),
    Route(
      .post, "/muster/v1/ask", .console(.read),
      answeredBy: .stream { streams, request, _, response in streams.ask(request, response) }),
  ]
}
