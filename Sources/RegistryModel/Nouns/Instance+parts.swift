extension Instance {
  struct Flags: OptionSet, Sendable {
    let rawValue: UInt8
    static let ephemeral = Flags(rawValue: 1)
    static let enabled = Flags(rawValue: 2)
    static let healthy = Flags(rawValue: 4)
    /// It has an overlay, a mark or a number.
    static let extras = Flags(rawValue: 8)

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

  /// The cluster, app and weight of an instance, of which a whole registry has few different ones; and what few instances
  /// have.
  final class Traits: Sendable {
    let cluster: String
    let app: String?
    let weight: Double
    let extras: ExtrasBox?

    private init(cluster: String, app: String?, weight: Double, extras: ExtrasBox?) {
      self.cluster = cluster
      self.app = app
      self.weight = weight
      self.extras = extras
    }

    private static let usual = Traits(cluster: InstanceAddress.defaultCluster, app: "DEFAULT", weight: 1, extras: nil)
    private static let usualOfBeats = Traits(cluster: InstanceAddress.defaultCluster, app: nil, weight: 1, extras: nil)

    /// Whether thousands may have the same.
    var isShareable: Bool { extras == nil && self !== Self.usual && self !== Self.usualOfBeats }

    static func of(cluster: String, app: String?, weight: Double, extras: ExtrasBox? = nil) -> Traits {
      if extras == nil, weight == 1, cluster.hasBytes(of: usual.cluster) {
        if app == usual.app { return usual }
        if app == nil { return usualOfBeats }
      }
      return Traits(cluster: cluster, app: app, weight: weight, extras: extras)
    }

    func with(cluster: String) -> Traits { .of(cluster: cluster, app: app, weight: weight, extras: extras) }
    func with(app: String?) -> Traits { .of(cluster: cluster, app: app, weight: weight, extras: extras) }
    func with(weight: Double) -> Traits { .of(cluster: cluster, app: app, weight: weight, extras: extras) }

    func with(extras: Extras) -> Traits {
      .of(cluster: cluster, app: app, weight: weight, extras: extras.isEmpty ? nil : ExtrasBox(extras))
    }
  }
}

extension Instance.Traits: Hashable {
  static func == (left: Instance.Traits, right: Instance.Traits) -> Bool {
    left === right
      || (left.weight == right.weight && left.cluster.hasBytes(of: right.cluster) && left.app == right.app
        && left.extras?.values == right.extras?.values)
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(cluster)
    hasher.combine(app)
    hasher.combine(weight)
  }
}
