/// What an operator has set on an instance, apart from what its client says. A field that is nil leaves the client's
/// value; a re-registration or a beat changes the client's values and leaves the overlay alone (reliability E2-E5).
public struct Overlay: Hashable, Sendable, Codable {
  public var weight: Double?
  public var isEnabled: Bool?
  /// Keys with a value are set, keys with nil are removed.
  public var metadata: [String: String?]
  public var by: String
  public var at: WallTime

  public init(
    weight: Double? = nil, isEnabled: Bool? = nil, metadata: [String: String?] = [:], by: String, at: WallTime
  ) {
    self.weight = weight
    self.isEnabled = isEnabled
    self.metadata = metadata
    self.by = by
    self.at = at
  }

  public var isEmpty: Bool { weight == nil && isEnabled == nil && metadata.isEmpty }
}

/// An operator's note on an instance. Muster's own: kept with the persistent data, pushed to no client.
public struct Mark: Hashable, Sendable, Codable {
  public var text: String
  public var by: String
  public var at: WallTime

  public init(text: String, by: String, at: WallTime) {
    self.text = text
    self.by = by
    self.at = at
  }
}

/// What operators left on an instance. It outlives an ephemeral instance for a while, and a restart of the registry, so
/// that an instance that comes back is found as it was left (reliability E4).
public struct InstanceNote: Hashable, Sendable, Codable {
  public var overlay: Overlay?
  public var mark: Mark?

  public init(overlay: Overlay?, mark: Mark?) {
    self.overlay = overlay
    self.mark = mark
  }

  public var isEmpty: Bool { overlay == nil && mark == nil }
}
