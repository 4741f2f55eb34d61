import NacosWire
import RegistryModel

/// The parameters that name an instance and say what it is (naming-server-v1 1.1), read in Nacos' order, which decides
/// which fault is told when there are several.
extension Parameters {
  borrowing func cluster() -> String {
    optional("clusterName", default: optional("cluster", default: InstanceAddress.defaultCluster))
  }

  /// `enabled`, or where it is blank `enable`; nil when both are.
  borrowing func enabled() -> Bool? { optionalBoolean("enabled") ?? optionalBoolean("enable") }

  borrowing func address(isEphemeralByDefault: Bool) throws(Refusal) -> InstanceAddress {
    let ip = try required("ip")
    guard let port = integer("port") else { throw .illegal("For input string: \"\(try required("port"))\"") }
    let isEphemeral = optionalBoolean("ephemeral") ?? isEphemeralByDefault
    return InstanceAddress(cluster: cluster(), ip: ip, port: port, isEphemeral: isEphemeral)
  }

  /// What POST and PUT say of an instance of `service`.
  borrowing func registration(of service: ServiceKey, isEphemeralByDefault: Bool) throws(Refusal) -> Registration {
    let address = try address(isEphemeralByDefault: isEphemeralByDefault)
    let weight = try optionalDouble("weight") ?? 1
    let app = optional("app", default: "DEFAULT")
    let metadata = try optional("metadata").map { text throws(Refusal) in try MetadataText.read(text) } ?? Metadata()
    // The registry looks at it again; here it comes before the names.
    if !(0...10_000).contains(weight) { throw Refusal(.illegalWeight(weight)) }
    return Registration(
      key: InstanceKey(service: service, address: address), weight: weight, isEnabled: enabled() ?? true,
      isHealthy: optionalBoolean("healthy") ?? true, metadata: metadata, app: app)
  }
}
