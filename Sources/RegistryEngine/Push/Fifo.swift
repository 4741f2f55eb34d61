/// A queue whose elements leave in the order in which they came; both ends cost the same however long it is.
struct Fifo<Element: Sendable>: Sendable {
  private var elements: [Element] = []
  private var head = 0

  var count: Int { elements.count - head }
  var isEmpty: Bool { count == 0 }
  var first: Element? { head < elements.count ? elements[head] : nil }

  /// The element `offset` places after the first; nil beyond the last, where setting does nothing.
  subscript(offset: Int) -> Element? {
    get { offset < count ? elements[head + offset] : nil }
    set { if offset < count, let newValue { elements[head + offset] = newValue } }
  }

  mutating func append(_ element: Element) { elements.append(element) }

  mutating func popFirst() -> Element? {
    guard head < elements.count else { return nil }
    defer { skip() }
    return elements[head]
  }

  /// The first element if `isDue` says so.
  mutating func popFirst(where isDue: (Element) -> Bool) -> Element? {
    guard head < elements.count, isDue(elements[head]) else { return nil }
    return popFirst()
  }

  /// Takes out the newest element that `isWanted`.
  mutating func removeLast(where isWanted: (Element) -> Bool) -> Element? {
    guard let index = elements[head...].lastIndex(where: isWanted) else { return nil }
    return elements.remove(at: index)
  }

  private mutating func skip() {
    head += 1
    if head == elements.count {
      elements.removeAll(keepingCapacity: elements.capacity <= 1_024)
      head = 0
    } else if head >= 256, head * 2 >= elements.count {
      elements.removeFirst(head)
      head = 0
    }
  }
}
