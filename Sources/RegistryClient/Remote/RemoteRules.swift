import NacosWire

/// How patient a session is with a registry far away.
public struct RemoteRules: Sendable, Hashable {
  /// Nothing heard for so long means that the registry is lost. It says something every `StreamBounds.pulse`, so three
  /// in a row are missing then.
  public var silence = Duration.milliseconds(1_600)
  /// Between two attempts to come back, drawn anew each time so that many consoles do not come at once.
  public var retry = Duration.milliseconds(250)...Duration.milliseconds(500)
  /// For a connection, and for the first word on it.
  public var connect = Duration.milliseconds(1_000)
  /// For the answer to a command or a question.
  public var answer = Duration.seconds(10)
  /// Between two measurements of the round trip.
  public var measure = Duration.seconds(5)

  public init() {}
}
