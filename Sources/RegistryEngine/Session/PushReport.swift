public import RegistryModel

/// What the session asks of whoever pushes.
public struct PushReport: Sendable {
  /// Push in numbers, as it is now; called at most four times a second, by one reader at a time.
  public var digest: @Sendable () -> PushDigest
  /// Subscribers of a service or of all, in order: so many after skipping so many.
  public var subscribers: @Sendable (_ service: ServiceKey?, _ offset: Int, _ limit: Int) -> SubscriberPage

  public init(
    digest: @escaping @Sendable () -> PushDigest,
    subscribers: @escaping @Sendable (_ service: ServiceKey?, _ offset: Int, _ limit: Int) -> SubscriberPage
  ) {
    self.digest = digest
    self.subscribers = subscribers
  }

  /// Where nobody pushes.
  public static let none = PushReport(
    digest: { PushDigest() }, subscribers: { _, _, _ in SubscriberPage(subscribers: [], total: 0) })
}
