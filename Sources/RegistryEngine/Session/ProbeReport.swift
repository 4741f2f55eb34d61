public import RegistryModel

/// What the session and the pages ask of whoever probes.
public struct ProbeReport: Sendable {
  /// How a service's persistent instances were probed of late; empty for one that has none.
  public var page: @Sendable (ServiceKey) -> ProbePage

  public init(page: @escaping @Sendable (ServiceKey) -> ProbePage) { self.page = page }

  /// Where nobody probes.
  public static let none = ProbeReport(page: { _ in ProbePage() })
}
