import NacosWire
import RegistryEngine
import RegistryModel

extension NamingService {
  /// 1.1.6
  func list(_ call: borrowing Call) throws(Refusal) -> Outcome {
    try list(of: try call.parameters.requiredService(), call)
  }

  func list(of key: ServiceKey, _ call: borrowing Call) throws(Refusal) -> Outcome {
    let agent = call.sender.agent
    let clusters = call.parameters.optional("clusters", default: "")
    let port = try call.parameters.optionalInteger("udpPort", default: 0)
    // Before the list is read: what changes in between is pushed.
    let isPushed = port > 0 && subscribe(key, clusters: clusters, port: port, call)
    engine.countList()
    let flavour = ListFlavour(
      clusters: clusters, isHealthyOnly: call.parameters.isTrue("healthyOnly"), usesFullNames: agent.usesFullNames,
      cacheMillis: isPushed ? switches.defaultPushCacheMillis : switches.defaultCacheMillis,
      environment: call.parameters.optional("env", default: ""))
    // Nacos works out whether the list is protected, and then says nothing at all.
    if call.parameters.isTrue("isCheck"), let service = engine.service(key), flavour.hasCandidates(in: service) {
      return .reply(.json(Array("{}".utf8)))
    }
    let body = lists.list(key, flavour, revision: engine.revision(of: key), at: ListClock.now()) { engine.service(key) }
    return .reply(.json(body))
  }

  /// Whether the client will be told of changes.
  private func subscribe(_ key: ServiceKey, clusters: String, port: Int, _ call: borrowing Call) -> Bool {
    push.subscribe(
      service: key, clusters: clusters, ip: call.parameters.optional("clientIP", default: ""), port: port,
      agent: call.sender.agentText, app: call.parameters.optional("app", default: ""), peer: call.sender.peer)
  }
}
