public import RegistryModel

/// A client says that an instance is alive (naming-server-v1 1.1.7).
public struct Beat: Hashable, Sendable {
  /// What a full beat says of the instance; nil is what the client did not say.
  public struct Body: Hashable, Sendable {
    public var isEphemeral: Bool
    public var weight: Double?
    public var metadata: Metadata?

    public init(isEphemeral: Bool = true, weight: Double? = nil, metadata: Metadata? = nil) {
      self.isEphemeral = isEphemeral
      self.weight = weight
      self.metadata = metadata
    }
  }

  public var service: ServiceKey
  public var cluster: String
  public var ip: String
  public var port: Int
  /// Nil for a light beat, which names the instance and no more.
  public var body: Body?

  public init(
    service: ServiceKey, cluster: String = InstanceAddress.defaultCluster, ip: String, port: Int, body: Body? = nil
  ) {
    self.service = service
    self.cluster = cluster
    self.ip = ip
    self.port = port
    self.body = body
  }
}

/// What a beat is answered.
public enum BeatAnswer: Hashable, Sendable {
  /// 10200: beat again after `interval` milliseconds; light beats will do where `lightBeats`.
  case alive(interval: Int64, lightBeats: Bool)
  /// 20404: nobody by that name; register, or send a full beat.
  case unknown(interval: Int64)
  /// A full beat for a persistent instance that is not there: register this and, when it is on disk, answer `alive`.
  case registers(Registration, interval: Int64, lightBeats: Bool)
}
