import RegistryModel

extension SeededRandom {
  mutating func below(_ bound: Int) -> Int { bound <= 1 ? 0 : Int(next() % UInt64(bound)) }

  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  /// An element; the caller's list is never empty.
  mutating func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }
}
