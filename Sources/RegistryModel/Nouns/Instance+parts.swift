extension Instance {
  struct Flags: OptionSet, Sendable {
    let rawValue: UInt8
    static let ephemeral = Flags(rawValue: 1)
    static let enabled = Flags(rawValue: 2)
    static let healthy = Flags(rawValue: 4)

    mutating func set(_ flag: Flags, _ isSet: Bool) {
      if isSet { insert(flag) } else { remove(flag) }
    }
  }

  /// What few instances have.
  struct Extras: Sendable, Hashable {
    var overlay: Overlay?
    var mark: Mark?
    var numberedID: Int?

    var isEmpty: Bool { overlay == nil && mark == nil && numberedID == nil }
  }

  final class ExtrasBox: Sendable {
    let values: Extras
    init(_ values: Extras) { self.values = values }
  }

  /// The cluster and app of an instance; a whole registry has few different ones.
  final class Placement: Sendable, Hashable {
    let cluster: String
    let app: String?

    private init(cluster: String, app: String?) {
      self.cluster = cluster
      self.app = app
    }

    private static let usual = Placement(cluster: InstanceAddress.defaultCluster, app: "DEFAULT")
    private static let usualOfBeats = Placement(cluster: InstanceAddress.defaultCluster, app: nil)

    /// One of those that need no sharing: there is one copy of them anyhow.
    var isUsual: Bool { self === Self.usual || self === Self.usualOfBeats }

    static func of(cluster: String, app: String?) -> Placement {
      if cluster == usual.cluster {
        if app == usual.app { return usual }
        if app == nil { return usualOfBeats }
      }
      return Placement(cluster: cluster, app: app)
    }

    static func == (left: Placement, right: Placement) -> Bool {
      left === right || (left.cluster == right.cluster && left.app == right.app)
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(cluster)
      hasher.combine(app)
    }
  }
}
