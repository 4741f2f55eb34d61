/// An element that carries its own key.
public protocol Keyed: Sendable {
  associatedtype Key: Hashable & Sendable
  var key: Key { get }
  /// The lower half of the key's stable hash; it says in which bucket the element is.
  var keyHash: UInt32 { get }
  /// A hash of the key that is the same in every process, so that two runs walk a map in the same order.
  static func stableHash(of key: Key) -> UInt64
  /// Whether an element's key is `key`, where that can be told without putting one together; `hash` is the stable one of
  /// `key`. By pointer, as an element that is handed over is copied, which costs more than looking.
  static func hasKey(_ element: UnsafePointer<Self>, _ key: Key, hash: UInt64) -> Bool
  /// Whether an element's key is that of `other`, likewise.
  static func hasKey(_ element: UnsafePointer<Self>, of other: borrowing Self) -> Bool
}

extension Keyed {
  public var keyHash: UInt32 { Self.keyHash(of: key) }

  @inlinable public static func keyHash(of key: Key) -> UInt32 { UInt32(truncatingIfNeeded: stableHash(of: key)) }

  public static func hasKey(_ element: UnsafePointer<Self>, _ key: Key, hash: UInt64) -> Bool {
    element.pointee.key == key
  }

  public static func hasKey(_ element: UnsafePointer<Self>, of other: borrowing Self) -> Bool {
    hasKey(element, other.key, hash: UInt64(other.keyHash))
  }
}

/// A map whose copies share structure: the first write after a copy moves one bucket and one page of references, never
/// the whole. Elements carry their keys, so a bucket is a short array. It grows one bucket at a time (linear hashing):
/// no insert pays for a rehash of the others.
///
/// Most maps are small: up to 16 elements are one bucket, without pages.
///
/// Everything is inlinable: other modules make maps of their own types, and look into these, where it counts.
public struct SharedMap<Element: Keyed>: Sendable {
  @inlinable static var bucketsPerPage: Int { 64 }
  @inlinable static var elementsPerBucket: Int { 8 }
  /// How many elements the only bucket holds before there are others.
  @inlinable static var elementsOfSmall: Int { 16 }
  /// Room that a full bucket gets: arrays would double, and most of a large registry is buckets.
  @inlinable static var roomToGrow: Int { 2 }

  @usableFromInline var size = 0
  /// The only bucket, while there are no pages.
  @usableFromInline var small: [Element] = []
  @usableFromInline var pages: [[[Element]]] = []
  /// Buckets in use; between `base` and `2 * base`.
  @usableFromInline var bucketCount = 1
  @usableFromInline var base = 1

  public init() {}

  /// With buckets for `count` elements from the beginning: none is split on the way there.
  @inlinable public init(expecting count: Int) {
    if count <= Self.elementsOfSmall {
      small.reserveCapacity(count)
      return
    }
    bucketCount = (count + Self.elementsPerBucket - 1) / Self.elementsPerBucket
    base = 1 << (Int.bitWidth - 1 - bucketCount.leadingZeroBitCount)
    let pageCount = (bucketCount + Self.bucketsPerPage - 1) / Self.bucketsPerPage
    pages = (0..<pageCount).map { page in
      Array(repeating: [], count: Swift.min(Self.bucketsPerPage, bucketCount - page * Self.bucketsPerPage))
    }
  }

  @inlinable public var count: Int { size }
  @inlinable public var isEmpty: Bool { size == 0 }

  @inlinable func bucket(ofHash hash: UInt32) -> Int {
    let wide = Int(hash) & (2 * base - 1)
    return wide < bucketCount ? wide : wide & (base - 1)
  }

  /// A bucket where it stands.
  @inlinable subscript(bucket bucket: Int) -> [Element] {
    _read {
      if pages.isEmpty { yield small } else { yield pages[bucket / Self.bucketsPerPage][bucket % Self.bucketsPerPage] }
    }
    _modify {
      if pages.isEmpty {
        yield &small
      } else {
        yield &pages[bucket / Self.bucketsPerPage][bucket % Self.bucketsPerPage]
      }
    }
  }

  @inlinable func bucket(of key: Element.Key, hash: UInt64) -> (bucket: Int, index: Int)? {
    let bucket = bucket(ofHash: UInt32(truncatingIfNeeded: hash))
    let index = Self.index(in: self[bucket: bucket]) { Element.hasKey($0, key, hash: hash) }
    return index.map { (bucket, $0) }
  }

  @inlinable static func index(in bucket: [Element], where isIt: (UnsafePointer<Element>) -> Bool) -> Int? {
    bucket.withUnsafeBufferPointer { elements in
      guard let start = elements.baseAddress else { return nil }
      for index in elements.indices {
        #if DEBUG
          countStep()
        #endif
        if isIt(start + index) { return index }
      }
      return nil
    }
  }

  @inlinable public subscript(key: Element.Key) -> Element? { read(key) { $0 } }

  @inlinable public func contains(_ key: Element.Key) -> Bool { read(key) { _ in true } ?? false }

  /// Looks at the element with `key` where it stands, without copying it; nil when there is none.
  @inlinable public func read<Result>(_ key: Element.Key, _ body: (borrowing Element) -> Result) -> Result? {
    readInPlace(key) { body($0.pointee) }
  }

  /// As ``read(_:_:)``, by a pointer that is good while `body` runs: what is not inlined is handed a copy otherwise.
  @inlinable public func readInPlace<Result>(_ key: Element.Key, _ body: (UnsafePointer<Element>) -> Result) -> Result? {
    guard let (bucket, index) = bucket(of: key, hash: Element.stableHash(of: key)) else { return nil }
    return self[bucket: bucket].withUnsafeBufferPointer { elements in elements.baseAddress.map { body($0 + index) } }
  }

  /// The element with the key of `other`.
  @inlinable public func element(like other: Element) -> Element? {
    let bucket = bucket(ofHash: other.keyHash)
    let index = Self.index(in: self[bucket: bucket]) { Element.hasKey($0, of: other) }
    return index.map { self[bucket: bucket][$0] }
  }

  /// The first answer that `body` gives among the elements whose key may have a hash that ends in `hash`'s 32 bits: for
  /// who keeps only that much of a key, and knows the element when it sees it.
  @inlinable public func first<Result>(near hash: UInt32, _ body: (borrowing Element) -> Result?) -> Result? {
    self[bucket: bucket(ofHash: hash)].withUnsafeBufferPointer { elements in
      guard let start = elements.baseAddress else { return nil }
      for index in elements.indices {
        #if DEBUG
          countStep()
        #endif
        if let result = body(start[index]) { return result }
      }
      return nil
    }
  }

  /// Puts `element` in, in place of the one with its key if there is one, which is returned.
  @discardableResult @inlinable
  public mutating func insert(_ element: Element) -> Element? {
    let bucket = bucket(ofHash: element.keyHash)
    if let index = Self.index(in: self[bucket: bucket], where: { Element.hasKey($0, of: element) }) {
      let old = self[bucket: bucket][index]
      self[bucket: bucket][index] = element
      return old
    }
    append(element, to: bucket)
    size += 1
    if pages.isEmpty {
      if size > Self.elementsOfSmall { spread() }
    } else if size > bucketCount * Self.elementsPerBucket {
      split()
    }
    return nil
  }

  @discardableResult @inlinable
  public mutating func remove(_ key: Element.Key) -> Element? {
    guard let (bucket, index) = bucket(of: key, hash: Element.stableHash(of: key)) else { return nil }
    size -= 1
    let last = self[bucket: bucket].count - 1
    self[bucket: bucket].swapAt(index, last)
    return self[bucket: bucket].removeLast()
  }

  /// Changes the element with `key` where it stands; nil when there is none. `body` must leave its key as it is.
  @discardableResult @inlinable
  public mutating func update<Result>(_ key: Element.Key, _ body: (inout Element) -> Result) -> Result? {
    guard let (bucket, index) = bucket(of: key, hash: Element.stableHash(of: key)) else { return nil }
    return body(&self[bucket: bucket][index])
  }

  @inlinable mutating func append(_ element: Element, to bucket: Int) {
    let count = self[bucket: bucket].count
    if count == self[bucket: bucket].capacity { self[bucket: bucket].reserveCapacity(count + Self.roomToGrow) }
    self[bucket: bucket].append(element)
  }

  /// Makes several buckets of the only one.
  @inlinable mutating func spread() {
    let moving = small
    small = []
    self = SharedMap(expecting: size)
    size = moving.count
    place(moving)
  }

  /// Moves half of the next bucket in turn to a new one at the end.
  @inlinable mutating func split() {
    let moved = bucketCount - base
    let moving = self[bucket: moved]
    let newPage = bucketCount / Self.bucketsPerPage
    if newPage == pages.count { pages.append([]) }
    pages[newPage].append([])
    bucketCount += 1
    if bucketCount == 2 * base { base = bucketCount }
    self[bucket: moved] = []
    place(moving)
  }

  @inlinable mutating func place(_ elements: [Element]) {
    for element in elements {
      #if DEBUG
        countStep()
      #endif
      append(element, to: bucket(ofHash: element.keyHash))
    }
  }
}

extension SharedMap: Sequence {
  public struct Iterator: IteratorProtocol {
    @usableFromInline let map: SharedMap
    @usableFromInline var elements: [Element]
    @usableFromInline var bucket = 0
    @usableFromInline var index = 0

    @inlinable init(_ map: SharedMap) {
      self.map = map
      elements = map[bucket: 0]
    }

    @inlinable public mutating func next() -> Element? {
      while index == elements.count {
        bucket += 1
        if bucket >= map.bucketCount { return nil }
        elements = map[bucket: bucket]
        index = 0
      }
      defer { index += 1 }
      return elements[index]
    }
  }

  @inlinable public func makeIterator() -> Iterator { Iterator(self) }
  @inlinable public var underestimatedCount: Int { count }
}

extension SharedMap {
  /// How many buckets this map does not share with `other`, a copy that it comes from or that was taken of it.
  package func bucketsApart(from other: SharedMap) -> Int {
    var apart = 0
    for bucket in 0..<bucketCount {
      guard bucket < other.bucketCount else {
        apart += 1
        continue
      }
      let mine = self[bucket: bucket].withUnsafeBufferPointer { $0.baseAddress }
      let theirs = other[bucket: bucket].withUnsafeBufferPointer { $0.baseAddress }
      if mine != theirs { apart += 1 }
    }
    return apart
  }
}
