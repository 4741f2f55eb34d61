import RegistryModel

/// A line of the list of services (naming-server-v1 1.3.3).
struct StockSummary: Hashable, Sendable {
  var key: ServiceKey
  var instances: Int
  var healthy: Int
}

/// One page of that list, and how many services there are in all.
struct StockSummaries: Hashable, Sendable {
  var services: [StockSummary]
  var total: Int
}

/// What is configured about a service (1.3.1).
struct StockService: Hashable, Sendable {
  struct Cluster: Hashable, Sendable {
    var name: String
    var settings: ClusterSettings
  }

  var settings: ServiceSettings
  var clusters: [Cluster]
}

/// An instance as a page shows it. What the page leaves out is nil.
struct StockHost: Hashable, Sendable {
  var cluster: String
  var ip: String
  var port: Int
  var weight: Double
  var isEnabled: Bool
  var isHealthy: Bool
  var metadata: Metadata
  var isEphemeral: Bool?
  var app: String?
  /// On the server's clock; Nacos 2 does not tell.
  var lastBeat: WallTime?
}

/// One page of the instances of a cluster (1.3.2).
struct StockHosts: Hashable, Sendable {
  var hosts: [StockHost]
  var total: Int
}

/// A service with its instances, as the list with instances has it (1.3.3): neither their kind nor the threshold is told.
struct StockBulk: Hashable, Sendable {
  var key: ServiceKey
  var hosts: [StockHost]
}
