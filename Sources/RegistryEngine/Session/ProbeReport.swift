public import RegistryModel

/// What the session and the pages ask of whoever probes.
public struct ProbeReport: Sendable {
  /// How a service's persistent instances were probed of late; empty for one that has none.
  public var page: @Sendable (ServiceKey) -> ProbePage
  /// How much has been probed since the start.
  public var counters: @Sendable () -> ProbeCounters

  public init(
    page: @escaping @Sendable (ServiceKey) -> ProbePage, counters: @escaping @Sendable () -> ProbeCounters = { ProbeCounters() }
  ) {
    self.page = page
    self.counters = counters
  }

  /// Where nobody probes.
  public static let none = ProbeReport(page: { _ in ProbePage() })
}
