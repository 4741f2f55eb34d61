public import RegistryModel

/// The `instances` parameter of a metadata batch (naming-server-v1 1.1.9).
public enum InstancesBody {
  /// What cannot be read counts as none, as in Nacos.
  public static func read(_ text: String) -> [InstanceAddress] {
    guard let root = try? JSONDocument(text).root, root.kind == .array else { return [] }
    var addresses: [InstanceAddress] = []
    for element in root.elements {
      guard element.kind == .object else { return [] }
      let cluster = element["clusterName"]?.asText ?? ""
      addresses.append(
        InstanceAddress(
          cluster: cluster.isBlank ? InstanceAddress.defaultCluster : cluster, ip: element["ip"]?.asText ?? "",
          port: element["port"]?.asInteger ?? 0, isEphemeral: element["ephemeral"]?.asBool ?? true))
    }
    return addresses
  }
}
