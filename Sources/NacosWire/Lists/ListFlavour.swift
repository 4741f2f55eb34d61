public import RegistryModel

/// What the text of a service's list depends on beside the service (naming-server-v1 1.1.6).
public struct ListFlavour: Hashable, Sendable {
  /// A comma list of clusters, empty for all; echoed as it was asked.
  public var clusters: String
  public var isHealthyOnly: Bool
  /// Java clients see grouped names where others see bare ones.
  public var usesFullNames: Bool
  /// Milliseconds until the client asks again.
  public var cacheMillis: Int64
  /// Echoed.
  public var environment: String

  public init(
    clusters: String = "", isHealthyOnly: Bool = false, usesFullNames: Bool = false, cacheMillis: Int64,
    environment: String = ""
  ) {
    self.clusters = clusters
    self.isHealthyOnly = isHealthyOnly
    self.usesFullNames = usesFullNames
    self.cacheMillis = cacheMillis
    self.environment = environment
  }

  /// Whether any instance is in the clusters asked for, healthy and enabled or not.
  public func hasCandidates(in service: Service) -> Bool {
    guard let clusters = clusterNames else { return service.counts.total > 0 }
    return service.instances.contains { clusters.contains($0.address.cluster) }
  }

  /// The clusters asked for; nil for all. Empty pieces count as nothing, blanks are part of a name.
  var clusterNames: [String]? {
    if clusters.isEmpty { return nil }
    let names = clusters.utf8.split(separator: UInt8(ascii: ",")).map { String(Substring($0)) }
    return names.isEmpty ? nil : names
  }
}
