/// A small map of text to text, in ascending order of its keys. One reference wide, so that thousands of instances
/// with equal metadata can share one copy.
public struct Metadata: Sendable {
  /// In ascending order of keys.
  public let pairs: [(key: String, value: String)]

  public init() { pairs = [] }

  /// Keys given twice keep their last value.
  public init(_ pairs: some Sequence<(key: String, value: String)>) {
    // Into an array of just the size: most of a large registry may be this.
    let all = pairs.map { ($0.key, $0.value) }
    if zip(all, all.dropFirst()).allSatisfy({ $0.0 < $1.0 }) {
      self.pairs = all.map { ($0.0, $0.1) }
    } else {
      let latest = Dictionary(all, uniquingKeysWith: { $1 })
      self.pairs = latest.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
  }

  private init(sorted pairs: [(key: String, value: String)]) { self.pairs = pairs }

  public init(_ pairs: [String: String]) { self.init(pairs.lazy.map { ($0.key, $0.value) }) }

  public var isEmpty: Bool { pairs.isEmpty }
  public var count: Int { pairs.count }

  public subscript(key: String) -> String? { pairs.first { $0.key == key }?.value }

  /// This map with `patch` applied: a key with a value is set, a key with nil is removed.
  public func applying(_ patch: [String: String?]) -> Metadata {
    if patch.isEmpty { return self }
    var latest = Dictionary(pairs.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
    for (key, value) in patch { latest[key] = value }
    return Metadata(latest)
  }

  /// The same map with each text as `transform` gives it, which must be an equal one.
  func mapTexts(_ transform: (String) -> String) -> Metadata {
    Metadata(sorted: pairs.map { (transform($0.key), transform($0.value)) })
  }

  /// Whether both are the very same copy; equal maps may still be different copies.
  public func isIdentical(to other: Metadata) -> Bool {
    pairs.withUnsafeBufferPointer { mine in
      other.pairs.withUnsafeBufferPointer { mine.baseAddress == $0.baseAddress && mine.count == $0.count }
    }
  }
}

extension Metadata: Hashable {
  public static func == (left: Metadata, right: Metadata) -> Bool {
    left.isIdentical(to: right)
      || left.pairs.elementsEqual(right.pairs) { $0.key == $1.key && $0.value == $1.value }
  }

  public func hash(into hasher: inout Hasher) {
    for (key, value) in pairs {
      hasher.combine(key)
      hasher.combine(value)
    }
  }
}

extension Metadata: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (String, String)...) { self.init(elements.map { ($0.0, $0.1) }) }
}

extension Metadata: Codable {
  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode([String: String].self))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(Dictionary(pairs.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 }))
  }
}

/// The metadata keys that the registry itself reads (naming-server-v1 2.5).
public enum PreservedKey {
  public static let beatInterval = "preserved.heart.beat.interval"
  public static let beatTimeout = "preserved.heart.beat.timeout"
  public static let deleteTimeout = "preserved.ip.delete.timeout"
  public static let idGenerator = "preserved.instance.id.generator"
  public static let registerSource = "preserved.register.source"
}
