import EventLoop
import NacosWire

extension RouteTable {
  /// Everything that the server answers (naming-server-v1 0.5).
  ///
  /// Not here, on purpose: what Nacos' nodes say to each other (`distro/datum`, `service/status`, `core/cluster/report`
  /// and their like), which gives the whole registry to whoever can reach it (reliability C2).
  static let whole = RouteTable(
    instances + formerNames + services + catalog + clusters + operators + core + accounts + configuration + streams)

  /// 1.1
  private static let instances = [
    Route(.post, "/v1/ns/instance", .naming(.write)) { (api, call) throws(Refusal) in try api.register(call) },
    Route(.delete, "/v1/ns/instance", .naming(.write)) { (api, call) throws(Refusal) in try api.deregister(call) },
    Route(.put, "/v1/ns/instance", .naming(.write)) { (api, call) throws(Refusal) in try api.update(call) },
    Route(.patch, "/v1/ns/instance", .naming(.write)) { (api, call) throws(Refusal) in try api.patch(call) },
    Route(.get, "/v1/ns/instance", .naming(.read)) { (api, call) throws(Refusal) in try api.instance(call) },
    Route(.get, "/v1/ns/instance/list", .naming(.read)) { (api, call) throws(Refusal) in try api.list(call) },
    Route(.put, "/v1/ns/instance/beat", .naming(.write)) { (api, call) throws(Refusal) in try api.beat(call) },
    Route(.get, "/v1/ns/instance/statuses", .everyNamespace(.read)) { (api, call) throws(Refusal) in try api.statuses(call) },
    Route(.put, "/v1/ns/instance/metadata/batch", .naming(.write)) { (api, call) throws(Refusal) in
      try api.patchMetadata(call, isRemoval: false)
    },
    Route(.delete, "/v1/ns/instance/metadata/batch", .naming(.write)) { (api, call) throws(Refusal) in
      try api.patchMetadata(call, isRemoval: true)
    },
  ]

  /// 1.9: what clients of before 0.8 call the same, and what only they have.
  private static let formerNames: [Route] = {
    let renamed: [(StaticString, StaticString)] = [
      ("/v1/ns/instance", "/v1/ns/api"), ("/v1/ns/instance/list", "/v1/ns/api/list"),
      ("/v1/ns/instance/beat", "/v1/ns/api/beat"), ("/v1/ns/instance/statuses", "/v1/ns/api/statuses"),
      ("/v1/ns/instance/metadata/batch", "/v1/ns/api/metadata/batch"),
    ]
    let aliases = instances.compactMap { route in
      renamed.first { "\($0.0)" == "\(route.path)" }.map { Route(route.method, $0.1, route.access, answeredBy: route.handler) }
    }
    return aliases + [
      Route(.get, "/v1/ns/api/allDomNames", .everyNamespace(.read)) { (api, call) throws(Refusal) in try api.allNames(call) },
      Route(.get, "/v1/ns/api/srvIPXT", .naming(.read)) { (api, call) throws(Refusal) in try api.listByDomain(call) },
      Route(.get, "/v1/ns/api/clientBeat", .naming(.write)) { (api, call) throws(Refusal) in try api.beatByDomain(call) },
    ]
  }()

  /// 1.2
  private static let services = [
    Route(.post, "/v1/ns/service", .naming(.write)) { (api, call) throws(Refusal) in try api.createService(call) },
    Route(.delete, "/v1/ns/service", .naming(.write)) { (api, call) throws(Refusal) in try api.removeService(call) },
    Route(.get, "/v1/ns/service", .naming(.read)) { (api, call) throws(Refusal) in try api.service(call) },
    Route(.put, "/v1/ns/service", .naming(.write)) { (api, call) throws(Refusal) in try api.updateService(call) },
    Route(.get, "/v1/ns/service/list", .naming(.read)) { (api, call) throws(Refusal) in try api.serviceNames(call) },
    Route(.get, "/v1/ns/service/names", .namespaces(.read)) { (api, call) throws(Refusal) in try api.namesByNamespace(call) },
    Route(.get, "/v1/ns/service/subscribers", .naming(.read)) { (api, call) throws(Refusal) in try api.subscribers(call) },
    Route(.put, "/v1/ns/service/checksum", .naming(.read)) { (api, call) throws(Refusal) in try api.checksum(call) },
  ]

  /// 1.3
  private static let catalog = [
    Route(.get, "/v1/ns/catalog/service", .naming(.read)) { (api, call) throws(Refusal) in try api.catalogService(call) },
    Route(.get, "/v1/ns/catalog/instances", .naming(.read)) { (api, call) throws(Refusal) in try api.catalogInstances(call) },
    Route(.get, "/v1/ns/catalog/services", .naming(.read)) { (api, call) throws(Refusal) in try api.catalogServices(call) },
    Route(.get, "/v1/ns/catalog/rt/service", .naming(.read)) { (api, call) throws(Refusal) in try api.roundTrips(call) },
  ]

  /// 1.4, 1.5
  private static let clusters = [
    Route(.put, "/v1/ns/cluster", .naming(.write)) { (api, call) throws(Refusal) in try api.setCluster(call) },
    Route(.put, "/v1/ns/health", .nobody) { (api, call) throws(Refusal) in try api.setHealth(call) },
    Route(.put, "/v1/ns/health/instance", .nobody) { (api, call) throws(Refusal) in try api.setHealth(call) },
    Route(.get, "/v1/ns/health/server", .open) { (api, call) throws(Refusal) in try api.hello(call) },
  ]
}
