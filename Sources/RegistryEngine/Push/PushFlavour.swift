/// What makes two subscribers' datagrams differ: everything else in them is the service's.
public struct PushFlavour: Hashable, Sendable {
  /// How hosts name their service (naming-server-v1 4.2): Java clients since 1.0.0 want the group in it.
  public enum Naming: Hashable, Sendable {
    case grouped
    case bare
  }

  /// As the subscriber asked, joined by commas; echoed verbatim, or its listeners do not find themselves.
  public var clusters: String
  public var naming: Naming

  public init(clusters: String, naming: Naming) {
    self.clusters = clusters
    self.naming = naming
  }
}
