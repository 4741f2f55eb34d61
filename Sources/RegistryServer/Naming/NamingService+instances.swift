import NacosWire
import RegistryModel

/// `/v1/ns/instance` (naming-server-v1 1.1).
extension NamingService {
  /// 1.1.1
  func register(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let key = try call.parameters.requiredService()
    let action = Action.register(
      try call.parameters.registration(of: key, isEphemeralByDefault: isEphemeralByDefault))
    return .submit(Submission(command: Command(action, by: call.origin)))
  }

  /// 1.1.2
  func deregister(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let address = try call.parameters.address(isEphemeralByDefault: isEphemeralByDefault)
    _ = try call.parameters.optionalDouble("weight")
    let key = try call.parameters.requiredService()
    let command = Command(.deregister(InstanceKey(service: key, address: address)), by: call.origin)
    return .submit(Submission(command: command))
  }

  /// 1.1.3: strict for Java clients, for all others the same as registering.
  func update(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let key = try call.parameters.requiredService()
    let registration = try call.parameters.registration(
      of: key, isEphemeralByDefault: isEphemeralByDefault)
    let action = Action.update(registration, isStrict: call.sender.agent.usesFullNames)
    return .submit(Submission(command: Command(action, by: call.origin)))
  }

  /// 1.1.4
  func patch(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let key = try call.parameters.requiredService()
    let ip = try call.parameters.required("ip")
    let port = try call.parameters.requiredInteger("port")
    let cluster = call.parameters.cluster()
    // Who patches what is not there is told so, whatever else is wrong.
    let service = try service(key, orElse: .illegal("instance not found"))
    if Self.instance(at: ip, port, in: cluster, of: service) == nil { throw .illegal("instance not found") }
    var patch = InstancePatch()
    patch.metadata = try call.parameters.optional("metadata").map { text throws(Refusal) in try MetadataText.read(text) }
    patch.app = call.parameters.optional("app")
    patch.weight = try call.parameters.optionalDouble("weight")
    patch.isHealthy = call.parameters.optionalBoolean("healthy")
    patch.isEnabled = call.parameters.optionalBoolean("enabled")
    let action = Action.patch(key, cluster: cluster, ip: ip, port: port, patch)
    return .submit(Submission(command: Command(action, by: call.origin)))
  }

  /// 1.1.5
  func instance(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let key = try call.parameters.requiredService()
    let cluster = call.parameters.optional("clusterName", default: InstanceAddress.defaultCluster)
    let ip = try call.parameters.required("ip")
    let port = try call.parameters.requiredInteger("port")
    let service = try service(key, orElse: .failed("no service \(key.grouped) found!"))
    if let instance = Self.instance(at: ip, port, in: cluster, of: service) {
      return .reply(.json(InstancePages.detail(instance, of: key)))
    }
    guard service.instances.contains(where: { $0.address.cluster == cluster }) else {
      throw .failed("no ips found for cluster \(cluster) in service \(key.grouped)")
    }
    throw .failed("no matched ip found!")
  }

  /// The persistent one before the ephemeral one.
  private static func instance(at ip: String, _ port: Int, in cluster: String, of service: Service) -> Instance? {
    let persistent = InstanceAddress(cluster: cluster, ip: ip, port: port, isEphemeral: false)
    let ephemeral = InstanceAddress(cluster: cluster, ip: ip, port: port, isEphemeral: true)
    return service.instances[persistent] ?? service.instances[ephemeral]
  }

  /// 1.1.8: between servers; `key` is `namespace##group@@service`, or without the namespace for the public one.
  func statuses(_ call: borrowing Call) throws(Refusal) -> Outcome {
    let key = Self.statusKey(try call.parameters.argument("key"))
    try GroupedName.check(key.grouped)
    let service = try service(key, orElse: .failed("service: \(key.grouped) not found."))
    return .reply(.json(InstancePages.statuses(of: service)))
  }

  private static func statusKey(_ text: String) -> ServiceKey {
    guard let range = text.firstRange(of: "##") else { return ServiceKey(grouped: text) }
    return ServiceKey(namespace: String(text[..<range.lowerBound]), grouped: String(text[range.upperBound...]))
  }

  /// 1.1.9
  func patchMetadata(_ call: borrowing Call, isRemoval: Bool) throws(Refusal) -> Outcome {
    let key = try call.parameters.requiredServiceOfAnyForm()
    let kind = call.parameters.optional("consistencyType")
    let instances = call.parameters.optional("instances", default: "")
    let metadata = try MetadataText.read(try call.parameters.required("metadata"))
    let selection: BatchSelection
    switch kind {
    case nil: selection = .these(InstancesBody.read(instances))
    case "ephemeral": selection = .allEphemeral
    case "persist": selection = .allPersistent
    default: selection = .these([])
    }
    let action = Action.patchMetadata(key, selection, metadata, isRemoval: isRemoval)
    return .submit(
      Submission(
        command: Command(action, by: call.origin), answer: { .json(InstancePages.updated($0.touched)) },
        // It never fails: what could not be done is not among what was touched.
        refused: { if case .storeFailed = $0 { nil } else { .json(InstancePages.updated([])) } }))
  }
}
