import Glibc

/// A small map of text to text, in ascending order of its keys, whose texts are told apart byte for byte. One reference
/// wide, so that thousands of instances with equal metadata can share one copy, and one block, as thousands may differ.
///
/// It may be sent anywhere: what is packed never changes.
public struct Metadata: @unchecked Sendable {
  /// Each key before its value; nil for none.
  private let packed: PackedTexts?

  public init() { packed = nil }

  /// Keys given twice keep their last value.
  public init(_ pairs: some Sequence<(key: String, value: String)>) {
    let all = pairs.map { ($0.key, $0.value) }
    if zip(all, all.dropFirst()).allSatisfy({ $0.0 < $1.0 }) {
      self.init(sorted: all)
    } else {
      let latest = Dictionary(all, uniquingKeysWith: { $1 })
      self.init(sorted: latest.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }
  }

  private init(sorted pairs: [(String, String)]) {
    packed = pairs.isEmpty ? nil : PackedTexts.pack(pairs.flatMap { [$0.0, $0.1] })
  }

  public init(_ pairs: [String: String]) { self.init(pairs.lazy.map { ($0.key, $0.value) }) }

  public var isEmpty: Bool { packed == nil }
  public var count: Int { packed.map { Int($0.header.texts) / 2 } ?? 0 }

  public var pairs: Pairs { Pairs(metadata: self) }

  public subscript(key: String) -> String? {
    if isEmpty { return nil }
    var key = key
    return key.withUTF8 { wanted in
      var found: String?
      forEachUTF8 { key, value in
        if found == nil, key.count == wanted.count, key.elementsEqual(wanted) { found = String(decoding: value, as: UTF8.self) }
      }
      return found
    }
  }

  /// Hands over each key and its value as UTF-8, which is there while `body` runs.
  public func forEachUTF8(_ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Void) {
    guard let packed else { return }
    var offset = 0
    while let key = packed.take(at: &offset), let value = packed.take(at: &offset) { body(key, value) }
    withExtendedLifetime(packed) {}
  }

  /// This map with `patch` applied: a key with a value is set, a key with nil is removed.
  public func applying(_ patch: [String: String?]) -> Metadata {
    if patch.isEmpty { return self }
    var latest = Dictionary(pairs.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
    for (key, value) in patch { latest[key] = value }
    return Metadata(latest)
  }

  /// Whether both are the very same copy; equal maps may still be different copies.
  public func isIdentical(to other: Metadata) -> Bool { packed === other.packed }

  /// A number that is the same for the very same copy, and most likely another for another one that is alive.
  var placeInMemory: Int {
    // What is allocated begins at multiples of 16.
    packed.map { Int(bitPattern: Unmanaged.passUnretained($0).toOpaque()) >> 4 & .max } ?? 0
  }
}

extension Metadata {
  /// The keys and values as texts, in ascending order of keys.
  public struct Pairs: Sequence {
    fileprivate let metadata: Metadata

    public var isEmpty: Bool { metadata.isEmpty }
    public var underestimatedCount: Int { metadata.count }

    public func makeIterator() -> Iterator { Iterator(packed: metadata.packed) }
  }

  public struct Iterator: IteratorProtocol {
    fileprivate let packed: PackedTexts?
    private var offset = 0

    fileprivate init(packed: PackedTexts?) { self.packed = packed }

    public mutating func next() -> (key: String, value: String)? {
      guard let packed, let key = text(in: packed), let value = text(in: packed) else { return nil }
      return (key, value)
    }

    private mutating func text(in packed: PackedTexts) -> String? {
      packed.take(at: &offset).map { String(decoding: $0, as: UTF8.self) }
    }
  }
}

extension Metadata: Hashable {
  public static func == (left: Metadata, right: Metadata) -> Bool {
    if left.isIdentical(to: right) { return true }
    guard let left = left.packed, let right = right.packed else { return false }
    return left.withBytes { mine in
      right.withBytes { theirs in
        guard mine.count == theirs.count, let start = mine.baseAddress, let other = theirs.baseAddress else { return false }
        return memcmp(start, other, mine.count) == 0
      }
    }
  }

  public func hash(into hasher: inout Hasher) { packed?.withBytes { hasher.combine(bytes: $0) } }
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
