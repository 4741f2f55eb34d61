import RegistryModel
import Testing

@Suite struct SharedMapTests {
  private struct Entry: Keyed, Equatable {
    var key: Int
    var value: Int
    static func stableHash(of key: Int) -> UInt64 {
      var hasher = StableHasher()
      hasher.combine(number: UInt64(bitPattern: Int64(key)))
      return hasher.finish()
    }
  }

  @Test func holdsWhatWasPutIn() {
    var map = SharedMap<Entry>()
    for key in 0..<5_000 { #expect(map.insert(Entry(key: key, value: key * 2)) == nil) }
    #expect(map.count == 5_000)
    for key in 0..<5_000 { #expect(map[key]?.value == key * 2) }
    #expect(map[5_000] == nil)
    #expect(map.insert(Entry(key: 7, value: 0)) == Entry(key: 7, value: 14))
    #expect(map.count == 5_000)
    for key in stride(from: 0, to: 5_000, by: 2) { #expect(map.remove(key)?.key == key) }
    #expect(map.count == 2_500)
    #expect(Set(map.map(\.key)) == Set(stride(from: 1, to: 5_000, by: 2)))
  }

  @Test(arguments: [0, 1, 8, 9, 16, 17, 511, 512, 513, 5_000])
  func roomMadeBeforehandChangesNothingElse(expected: Int) {
    for count in [0, 1, expected / 2, expected, 3 * expected + 1_000] {
      var map = SharedMap<Entry>(expecting: expected)
      var other = SharedMap<Entry>()
      for key in 0..<count {
        map.insert(Entry(key: key, value: -key))
        other.insert(Entry(key: key, value: -key))
      }
      #expect(map.count == count)
      #expect(map.map(\.key).sorted() == Array(0..<count))
      #expect((0..<count).allSatisfy { map[$0]?.value == -$0 })
      #expect(map[count] == nil)
      if count >= expected { #expect(map.map(\.key) == other.map(\.key)) }
    }
  }

  @Test func aCopyKeepsWhatItHad() {
    var map = SharedMap<Entry>()
    for key in 0..<1_000 { map.insert(Entry(key: key, value: 0)) }
    let copy = map
    for key in 0..<2_000 { map.insert(Entry(key: key, value: 1)) }
    for key in 0..<500 { map.remove(key) }
    #expect(copy.count == 1_000)
    #expect(copy.allSatisfy { $0.value == 0 })
    #expect((0..<1_000).allSatisfy { copy.contains($0) })
    #expect(map.update(700) { $0.value += 1 } != nil)
    #expect(map[700]?.value == 2)
    #expect(copy[700]?.value == 0)
    #expect(map.update(3) { $0.value += 1 } == nil)
  }

  @Test func walksInAnOrderThatOnlyTheContentsDecide() {
    var map = SharedMap<Entry>()
    for key in 0..<40 { map.insert(Entry(key: key, value: 0)) }
    var again = SharedMap<Entry>()
    for key in 0..<40 { again.insert(Entry(key: key, value: 0)) }
    #expect(again.map(\.key) == map.map(\.key))
  }
}
