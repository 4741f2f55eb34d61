/// First in, first out, at constant cost.
struct Queue<Element> {
  private var items: [Element?] = []
  private var head = 0

  var count: Int { items.count - head }
  var isEmpty: Bool { count == 0 }

  mutating func append(_ element: Element) { items.append(element) }

  mutating func popFirst() -> Element? {
    guard head < items.count else { return nil }
    defer {
      items[head] = nil
      head += 1
      if head > 64, head * 2 > items.count {
        items.removeFirst(head)
        head = 0
      }
    }
    return items[head]
  }

  /// The element `offset` places after the first; nil beyond the last, where setting does nothing.
  subscript(offset: Int) -> Element? {
    get { offset < count ? items[head + offset] : nil }
    set { if offset < count { items[head + offset] = newValue } }
  }
}

extension Queue: Sendable where Element: Sendable {}
