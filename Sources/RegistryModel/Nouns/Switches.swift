/// The server-wide switches (naming-server-v1 6.1), in the order in which the wire prints them. Entries that nothing
/// reads are kept because operators' scripts set and read them.
public struct Switches: Hashable, Sendable, Codable {
  public struct CheckBounds: Hashable, Sendable, Codable {
    public var max: Int
    public var min: Int
    public var factor: Double

    public init(max: Int, min: Int, factor: Double) {
      self.max = max
      self.min = min
      self.factor = factor
    }
  }

  public var masters: [String]? = nil
  public var adWeightMap: [String: Int] = [:]
  public var defaultPushCacheMillis: Int64 = 10_000
  public var clientBeatInterval: Int64 = 5_000
  public var defaultCacheMillis: Int64 = 3_000
  public var distroThreshold: Float = 0.7
  public var healthCheckEnabled = true
  public var autoChangeHealthCheckEnabled = true
  public var distroEnabled = true
  public var enableStandalone = true
  public var pushEnabled = true
  public var checkTimes = 3
  public var httpHealthParams = CheckBounds(max: 5_000, min: 500, factor: 0.85)
  public var tcpHealthParams = CheckBounds(max: 5_000, min: 1_000, factor: 0.75)
  public var mysqlHealthParams = CheckBounds(max: 3_000, min: 2_000, factor: 0.65)
  public var incrementalList: [String] = []
  public var serverStatusSynchronizationPeriodMillis: Int64 = 2_000
  public var serviceStatusSynchronizationPeriodMillis: Int64 = 5_000
  public var disableAddIP = false
  public var sendBeatOnly = false
  public var lightBeatEnabled = true
  public var limitedUrlMap: [String: Int] = [:]
  public var distroServerExpiredMillis: Int64 = 10_000
  public var pushGoVersion = "0.1.0"
  public var pushJavaVersion = "0.1.0"
  public var pushPythonVersion = "0.4.3"
  public var pushCVersion = "1.0.12"
  public var pushCSharpVersion = "0.9.0"
  public var enableAuthentication = false
  public var overriddenServerStatus: String? = nil
  public var defaultInstanceEphemeral = true
  public var healthCheckWhiteList: [String] = []

  public init() {}
}
