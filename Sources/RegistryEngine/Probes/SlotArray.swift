/// Elements at places that stay theirs and are used again.
struct SlotArray<Element: Sendable>: Sendable {
  private var elements: [Element?] = []
  private var free: [Int] = []

  var count: Int { elements.count - free.count }
  /// Every place that was ever used.
  var places: Range<Int> { elements.indices }

  func contains(_ place: Int) -> Bool { elements[place] != nil }

  subscript(place: Int) -> Element? {
    get { elements[place] }
    _modify { yield &elements[place] }
  }

  /// Makes room for `count` elements in all.
  mutating func reserve(_ count: Int) { elements.reserveCapacity(count) }

  mutating func add(_ element: Element) -> Int {
    guard let place = free.popLast() else {
      elements.append(element)
      return elements.count - 1
    }
    elements[place] = element
    return place
  }

  mutating func remove(_ place: Int) {
    if elements[place] == nil { return }
    elements[place] = nil
    free.append(place)
  }
}
