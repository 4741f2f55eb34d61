/// Every bound of the registry in one place. What reaches one is answered with an error and loses nothing
/// (reliability G6, R31).
public struct Limits: Sendable, Hashable {
  /// Names on the wire, in bytes of UTF-8.
  public var serviceNameBytes = 512
  public var clusterNameBytes = 128
  public var hostBytes = 255
  public var namespaceBytes = 128
  public var appBytes = 256
  public var agentBytes = 256
  /// One instance's or service's metadata.
  public var metadataKeys = 128
  public var metadataBytes = 65_536
  public var markBytes = 1_024
  public var overlayKeys = 64

  public var namespaces = 10_000
  public var services = 1_000_000
  public var instances = 4_000_000
  public var instancesPerService = 200_000
  public var clustersPerService = 1_024
  public var subscribersPerService = 50_000
  public var subscribers = 1_000_000

  /// Commits a reader may fall behind before it gets a snapshot instead.
  public var changeLogCommits = 8_192
  /// The newest commits that come with a snapshot, for the events view.
  public var recentCommits = 2_000
  /// Identities of deregistered instances whose late beats are still refused (reliability E1).
  public var tombstones = 100_000
  /// Ephemeral instances that are remembered after they fell silent or left, with what operators left on them.
  public var departures = 20_000

  /// One configuration's content, in UTF-16 units as Nacos counts them (`maxContent`).
  public var configurationUnits = 10 << 20
  /// All contents that stand, betas and tagged ones among them.
  public var configurations = 50_000
  public var configurationBytes = 256 << 20
  /// What was done to configurations; the oldest goes first. The age is in milliseconds.
  public var configurationEvents = 100_000
  public var configurationEventBytes = 1 << 30
  public var configurationEventAge: Int64 = 30 * 86_400_000
  /// Polls that wait for a change, the keys of one, and those of all.
  public var configurationListeners = 10_000
  public var configurationKeysPerListener = 10_000
  public var configurationInterests = 1_000_000
  /// Publications and removals that wait for the store.
  public var configurationWishes = 10_000

  public init() {}
}
