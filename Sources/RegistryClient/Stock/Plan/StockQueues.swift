import RegistryModel

/// Services in the order in which they came, each once.
struct ServiceQueue: Sendable {
  private var queue: [ServiceKey] = []
  private var start = 0
  private var members: Set<ServiceKey> = []

  var isEmpty: Bool { members.isEmpty }
  var count: Int { members.count }

  mutating func append(_ key: ServiceKey) {
    if members.insert(key).inserted { queue.append(key) }
  }

  mutating func remove(_ key: ServiceKey) {
    guard members.remove(key) != nil else { return }
    if start < queue.count, queue[start] == key { start += 1 } else { queue.removeAll { $0 == key } }
    // Left behind are those before `start` alone.
    if start == queue.count {
      queue = []
      start = 0
    }
  }

  var first: ServiceKey? { start < queue.count ? queue[start] : nil }
}

/// Requests in the order in which they came, each once.
struct RequestQueue: Sendable {
  private var queue: [StockRequest] = []

  var isEmpty: Bool { queue.isEmpty }
  var first: StockRequest? { queue.first }

  mutating func append(_ request: StockRequest) {
    if !queue.contains(request) { queue.append(request) }
  }

  mutating func remove(_ request: StockRequest) { queue.removeAll { $0 == request } }
}

/// A walk through the pages of each namespace, over and over.
struct Round: Sendable {
  /// Rows on a page.
  private(set) var size: Int
  /// How many have been walked to their end.
  private(set) var rounds = 0
  /// When the next one begins, once one has ended.
  private(set) var due = MonotonicTime(milliseconds: .min)
  private var namespace = 0
  private var page = 0
  private var hasEnded = false

  init(size: Int) { self.size = size }

  /// The page that is next; nil between two rounds.
  func next(_ namespaces: [String], at now: MonotonicTime) -> (namespace: String, page: Int)? {
    guard due <= now, !namespaces.isEmpty else { return nil }
    return (namespaces[min(namespace, namespaces.count - 1)], page)
  }

  /// A page held so many rows, of so many in all; `next` is when another round may begin.
  mutating func advance(rows: Int, total: Int, namespaces: Int, next: MonotonicTime) {
    page += 1
    if rows > 0, page * size < total { return }
    page = 0
    namespace += 1
    if namespace < namespaces { return }
    namespace = 0
    rounds += 1
    hasEnded = true
    due = next
  }

  /// Ends the round as if everything had been walked through.
  mutating func skip(next: MonotonicTime) {
    (page, namespace) = (0, 0)
    rounds += 1
    hasEnded = true
    due = next
  }

  mutating func takeEnd() -> Bool {
    defer { hasEnded = false }
    return hasEnded
  }

  /// Pages of half the size, from the beginning of the namespace.
  mutating func shrink() {
    size = max(1, size / 2)
    page = 0
  }
}
