import NacosWire
import RegistryEngine
import RegistryModel

/// `/v1/ns/cluster` and `/v1/ns/health` (naming-server-v1 1.4, 1.5).
extension NamingService {
  /// 1.4
  func setCluster(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let name = try call.parameters.required("clusterName")
    let key = try call.parameters.requiredServiceOfAnyForm()
    let port = try call.parameters.lenientInteger("checkPort")
    let service = try service(key, orElse: .failed("service not found:\(key.grouped)"))
    if service.cluster(name) == nil, !ClusterName.isLegal(name) { throw Refusal(.illegalClusterName(name)) }
    let usesInstancePort = JavaBoolean.isAffirmative(try call.parameters.required("useInstancePort4Check"))
    let checker = try HealthCheckerBody.read(try call.parameters.required("healthChecker"))
    let settings = ClusterSettings(
      checker: checker, checkPort: Int32(clamping: port), usesInstancePort: usesInstancePort,
      metadata: try MetadataText.read(call.parameters.optional("metadata", default: "")))
    return .submit(Submission(command: Command(.setCluster(key, name: name, settings), by: call.origin)))
  }

  /// 1.5.2
  func setHealth(_ call: borrowing Call) throws(Refusal) -> Outcome {
    guard let isHealthy = call.parameters.optionalBoolean("healthy") ?? call.parameters.optionalBoolean("valid") else {
      throw .illegal("Param 'healthy' is required.")
    }
    let key = try call.parameters.requiredServiceOfAnyForm()
    let ip = try call.parameters.required("ip")
    let port = try call.parameters.requiredInteger("port")
    let cluster = call.parameters.optional("clusterName", default: InstanceAddress.defaultCluster)
    let action = Action.setHealth(key, cluster: cluster, ip: ip, port: port, isHealthy: isHealthy)
    return .submit(Submission(command: Command(action, by: call.origin)))
  }

  /// 1.5.1
  func hello(_ call: borrowing Call) throws(Refusal) -> Outcome {
    var writer = JSONWriter()
    writer.beginObject()
    let services = engine.catalog.totals.services
    writer.member(
      "msg", "Hello! I am Nacos-Naming and healthy! total services: raft \(services), local port:\(member.port)")
    writer.endObject()
    return .reply(.json(writer.bytes))
  }
}
