/// An element that carries its own key.
public protocol Keyed: Sendable {
  associatedtype Key: Hashable & Sendable
  var key: Key { get }
  /// A hash of the key that is the same in every process, so that two runs walk a map in the same order.
  static func stableHash(of key: Key) -> UInt64
  /// Whether an element's key is `key`, where that can be told without putting one together; `hash` is the stable one of
  /// `key`. By pointer, as an element that is handed over is copied, which costs more than looking.
  static func hasKey(_ element: UnsafePointer<Self>, _ key: Key, hash: UInt64) -> Bool
}

extension Keyed {
  public static func hasKey(_ element: UnsafePointer<Self>, _ key: Key, hash: UInt64) -> Bool {
    element.pointee.key == key
  }
}

/// A map whose copies share structure: the first write after a copy moves one bucket and one page of references, never
/// the whole. Elements carry their keys, so a bucket is a short array. It grows one bucket at a time (linear hashing):
/// no insert pays for a rehash of the others.
///
/// Everything is inlinable: other modules make maps of their own types, and look into these, where it counts.
public struct SharedMap<Element: Keyed>: Sendable {
  @inlinable static var bucketsPerPage: Int { 64 }
  @inlinable static var elementsPerBucket: Int { 8 }
  /// Room that a full bucket gets: arrays would double, and most of a large registry is buckets.
  @inlinable static var roomToGrow: Int { 2 }

  @usableFromInline var size = 0

  @usableFromInline var pages: [[[Element]]] = [[[]]]
  /// Buckets in use; between `base` and `2 * base`.
  @usableFromInline var bucketCount = 1
  @usableFromInline var base = 1

  public init() {}

  /// With buckets for `count` elements from the beginning: none is split on the way there.
  @inlinable public init(expecting count: Int) {
    bucketCount = Swift.max(1, (count + Self.elementsPerBucket - 1) / Self.elementsPerBucket)
    base = 1 << (Int.bitWidth - 1 - bucketCount.leadingZeroBitCount)
    let pageCount = (bucketCount + Self.bucketsPerPage - 1) / Self.bucketsPerPage
    pages = (0..<pageCount).map { page in
      Array(repeating: [], count: Swift.min(Self.bucketsPerPage, bucketCount - page * Self.bucketsPerPage))
    }
  }

  @inlinable public var count: Int { size }
  @inlinable public var isEmpty: Bool { size == 0 }

  @inlinable func bucket(ofHash hash: UInt64) -> Int {
    let wide = Int(hash & UInt64(2 * base - 1))
    return wide < bucketCount ? wide : wide & (base - 1)
  }

  @inlinable func place(ofHash hash: UInt64) -> (page: Int, offset: Int) { Self.place(bucket(ofHash: hash)) }

  @inlinable static func place(_ bucket: Int) -> (page: Int, offset: Int) {
    (bucket / bucketsPerPage, bucket % bucketsPerPage)
  }

  @inlinable static func index(of key: Element.Key, hash: UInt64, in bucket: [Element]) -> Int? {
    bucket.withUnsafeBufferPointer { elements in
      guard let start = elements.baseAddress else { return nil }
      for index in elements.indices {
        #if DEBUG
          countStep()
        #endif
        if Element.hasKey(start + index, key, hash: hash) { return index }
      }
      return nil
    }
  }

  @inlinable public subscript(key: Element.Key) -> Element? { read(key) { $0 } }

  @inlinable public func contains(_ key: Element.Key) -> Bool { read(key) { _ in true } ?? false }

  /// Looks at the element with `key` where it stands, without copying it; nil when there is none.
  @inlinable public func read<Result>(_ key: Element.Key, _ body: (borrowing Element) -> Result) -> Result? {
    let hash = Element.stableHash(of: key)
    let (page, offset) = place(ofHash: hash)
    guard let index = Self.index(of: key, hash: hash, in: pages[page][offset]) else { return nil }
    // Through a plain pointer, or the element would be copied for `body`.
    return pages[page][offset].withUnsafeBufferPointer { elements in elements.baseAddress.map { body($0[index]) } }
  }

  /// The first answer that `body` gives among the elements whose key may have a hash that ends in `hash`'s 32 bits: for
  /// who keeps only that much of a key, and knows the element when it sees it.
  @inlinable public func first<Result>(near hash: UInt32, _ body: (borrowing Element) -> Result?) -> Result? {
    let (page, offset) = place(ofHash: UInt64(hash))
    for index in pages[page][offset].indices {
      #if DEBUG
        countStep()
      #endif
      if let result = body(pages[page][offset][index]) { return result }
    }
    return nil
  }

  /// Puts `element` in, in place of the one with its key if there is one, which is returned.
  @discardableResult @inlinable
  public mutating func insert(_ element: Element) -> Element? {
    let key = element.key
    let hash = Element.stableHash(of: key)
    let (page, offset) = place(ofHash: hash)
    if let index = Self.index(of: key, hash: hash, in: pages[page][offset]) {
      let old = pages[page][offset][index]
      pages[page][offset][index] = element
      return old
    }
    append(element, page, offset)
    size += 1
    if size > bucketCount * Self.elementsPerBucket { split() }
    return nil
  }

  @discardableResult @inlinable
  public mutating func remove(_ key: Element.Key) -> Element? {
    let hash = Element.stableHash(of: key)
    let (page, offset) = place(ofHash: hash)
    guard let index = Self.index(of: key, hash: hash, in: pages[page][offset]) else { return nil }
    size -= 1
    let last = pages[page][offset].count - 1
    pages[page][offset].swapAt(index, last)
    return pages[page][offset].removeLast()
  }

  /// Changes the element with `key` where it stands; nil when there is none. `body` must leave its key as it is.
  @discardableResult @inlinable
  public mutating func update<Result>(_ key: Element.Key, _ body: (inout Element) -> Result) -> Result? {
    let hash = Element.stableHash(of: key)
    let (page, offset) = place(ofHash: hash)
    guard let index = Self.index(of: key, hash: hash, in: pages[page][offset]) else { return nil }
    return body(&pages[page][offset][index])
  }

  @inlinable mutating func append(_ element: Element, _ page: Int, _ offset: Int) {
    let count = pages[page][offset].count
    if count == pages[page][offset].capacity { pages[page][offset].reserveCapacity(count + Self.roomToGrow) }
    pages[page][offset].append(element)
  }

  /// Moves half of the next bucket in turn to a new one at the end.
  @inlinable mutating func split() {
    let (page, offset) = Self.place(bucketCount - base)
    let moving = pages[page][offset]
    let (newPage, _) = Self.place(bucketCount)
    if newPage == pages.count { pages.append([]) }
    pages[newPage].append([])
    bucketCount += 1
    if bucketCount == 2 * base { base = bucketCount }
    pages[page][offset] = []
    for element in moving {
      #if DEBUG
        countStep()
      #endif
      let (page, offset) = place(ofHash: Element.stableHash(of: element.key))
      append(element, page, offset)
    }
  }
}

extension SharedMap: Sequence {
  public struct Iterator: IteratorProtocol {
    @usableFromInline let pages: [[[Element]]]
    @usableFromInline var page = 0
    @usableFromInline var offset = 0
    @usableFromInline var index = 0

    @inlinable init(pages: [[[Element]]]) { self.pages = pages }

    @inlinable public mutating func next() -> Element? {
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

  @inlinable public func makeIterator() -> Iterator { Iterator(pages: pages) }
  @inlinable public var underestimatedCount: Int { count }
}

extension SharedMap {
  /// How many buckets this map does not share with `other`, a copy that it comes from or that was taken of it.
  package func bucketsApart(from other: SharedMap) -> Int {
    var apart = 0
    for bucket in 0..<bucketCount {
      let (page, offset) = Self.place(bucket)
      guard page < other.pages.count, offset < other.pages[page].count else {
        apart += 1
        continue
      }
      let mine = pages[page][offset].withUnsafeBufferPointer { $0.baseAddress }
      let theirs = other.pages[page][offset].withUnsafeBufferPointer { $0.baseAddress }
      if mine != theirs { apart += 1 }
    }
    return apart
  }
}
