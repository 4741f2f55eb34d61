/// An element that carries its own key.
public protocol Keyed: Sendable {
  associatedtype Key: Hashable & Sendable
  var key: Key { get }
  /// A hash of the key that is the same in every process, so that two runs walk a map in the same order.
  static func stableHash(of key: Key) -> UInt64
}

/// A map whose copies share structure: the first write after a copy moves one bucket and one page of references, never
/// the whole. Elements carry their keys, so a bucket is a short array. It grows one bucket at a time (linear hashing):
/// no insert pays for a rehash of the others.
public struct SharedMap<Element: Keyed>: Sendable {
  private static var bucketsPerPage: Int { 64 }
  private static var elementsPerBucket: Int { 8 }

  public private(set) var count = 0
  private var pages: [[[Element]]] = [[[]]]
  /// Buckets in use; between `base` and `2 * base`.
  private var bucketCount = 1
  private var base = 1

  public init() {}

  public var isEmpty: Bool { count == 0 }

  private func bucket(of key: Element.Key) -> Int {
    let hash = Int(truncatingIfNeeded: Element.stableHash(of: key) & 0x7fff_ffff_ffff_ffff)
    let wide = hash & (2 * base - 1)
    return wide < bucketCount ? wide : wide & (base - 1)
  }

  private static func place(_ bucket: Int) -> (page: Int, offset: Int) {
    (bucket / bucketsPerPage, bucket % bucketsPerPage)
  }

  public subscript(key: Element.Key) -> Element? {
    let (page, offset) = Self.place(bucket(of: key))
    for element in pages[page][offset] where element.key == key { return element }
    return nil
  }

  public func contains(_ key: Element.Key) -> Bool { self[key] != nil }

  /// Puts `element` in, in place of the one with its key if there is one, which is returned.
  @discardableResult
  public mutating func insert(_ element: Element) -> Element? {
    let key = element.key
    let (page, offset) = Self.place(bucket(of: key))
    if let index = pages[page][offset].firstIndex(where: { $0.key == key }) {
      let old = pages[page][offset][index]
      pages[page][offset][index] = element
      return old
    }
    pages[page][offset].append(element)
    count += 1
    if count > bucketCount * Self.elementsPerBucket { split() }
    return nil
  }

  @discardableResult
  public mutating func remove(_ key: Element.Key) -> Element? {
    let (page, offset) = Self.place(bucket(of: key))
    guard let index = pages[page][offset].firstIndex(where: { $0.key == key }) else { return nil }
    count -= 1
    let last = pages[page][offset].count - 1
    pages[page][offset].swapAt(index, last)
    return pages[page][offset].removeLast()
  }

  /// Changes the element with `key` where it stands; nil when there is none. `body` must leave its key as it is.
  @discardableResult
  public mutating func update<Result>(_ key: Element.Key, _ body: (inout Element) -> Result) -> Result? {
    let (page, offset) = Self.place(bucket(of: key))
    guard let index = pages[page][offset].firstIndex(where: { $0.key == key }) else { return nil }
    return body(&pages[page][offset][index])
  }

  /// Moves half of the next bucket in turn to a new one at the end.
  private mutating func split() {
    let from = bucketCount - base
    let (page, offset) = Self.place(from)
    let moving = pages[page][offset]
    let (newPage, _) = Self.place(bucketCount)
    if newPage == pages.count { pages.append([]) }
    pages[newPage].append([])
    bucketCount += 1
    if bucketCount == 2 * base { base = bucketCount }
    pages[page][offset] = []
    for element in moving {
      let (page, offset) = Self.place(bucket(of: element.key))
      pages[page][offset].append(element)
    }
  }
}

extension SharedMap: Sequence {
  public struct Iterator: IteratorProtocol {
    fileprivate let pages: [[[Element]]]
    private var page = 0
    private var offset = 0
    private var index = 0

    fileprivate init(pages: [[[Element]]]) { self.pages = pages }

    public mutating func next() -> Element? {
      while page < pages.count {
        while offset < pages[page].count {
          if index < pages[page][offset].count {
            defer { index += 1 }
            return pages[page][offset][index]
          }
          offset += 1
          index = 0
        }
        page += 1
        offset = 0
      }
      return nil
    }
  }

  public func makeIterator() -> Iterator { Iterator(pages: pages) }
  public var underestimatedCount: Int { count }
}

/// FNV-1a with a final mix: equal in every process, spread well enough for buckets. A hostile choice of names makes one
/// bucket long, never the map wrong; `Limits` bounds how long.
public struct StableHasher: Sendable {
  public private(set) var state: UInt64 = 0xcbf2_9ce4_8422_2325

  public init() {}

  public mutating func combine(_ text: String) {
    var copy = text
    state = copy.withUTF8 { bytes in
      var hash = state
      for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      return hash
    }
    combine(byte: 0xff)
  }

  public mutating func combine(byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }

  public mutating func combine(number: UInt64) {
    state = (state ^ number) &* 0x9e37_79b9_7f4a_7c15
  }

  public func finish() -> UInt64 {
    var hash = state
    hash ^= hash >> 32
    hash = hash &* 0xd6e8_feb8_6659_fd93
    hash ^= hash >> 32
    return hash
  }
}

extension Instance: Keyed {
  public var key: InstanceAddress { address }

  public static func stableHash(of key: InstanceAddress) -> UInt64 {
    var hasher = StableHasher()
    hasher.combine(key.ip)
    hasher.combine(number: UInt64(UInt32(bitPattern: key.port)) << 1 | (key.isEphemeral ? 1 : 0))
    hasher.combine(key.cluster)
    return hasher.finish()
  }
}

extension Service: Keyed {
  public static func stableHash(of key: ServiceKey) -> UInt64 {
    var hasher = StableHasher()
    hasher.combine(key.namespace)
    hasher.combine(key.grouped)
    return hasher.finish()
  }
}
