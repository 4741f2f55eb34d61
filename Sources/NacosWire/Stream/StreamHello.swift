public import RegistryModel

/// How a Muster introduces itself: the first line of a stream, and the answer to `GET /muster/v1/hello`.
public struct StreamHello: Hashable, Sendable, Codable {
  /// Both sides must have the same number; it changes when a line is no longer read as it was.
  public static let currentProtocol = 1

  public var protocolNumber: Int
  /// `1.0`
  public var version: String
  /// Drawn anew whenever a registry starts: revisions of another epoch mean something else.
  public var epoch: String
  /// The server's wall clock.
  public var at: WallTime
  public var isDemo: Bool
  /// What a session over this registry is refused.
  public var refusals: [Capabilities.Kind: String]

  public init(
    version: String, epoch: String, at: WallTime, isDemo: Bool = false, refusals: [Capabilities.Kind: String] = [:]
  ) {
    protocolNumber = Self.currentProtocol
    self.version = version
    self.epoch = epoch
    self.at = at
    self.isDemo = isDemo
    self.refusals = refusals
  }
}
