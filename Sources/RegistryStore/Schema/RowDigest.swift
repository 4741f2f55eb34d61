/// What a row's columns come to, so that a bit that turned over on the disk is found: SQLite itself checks no more than
/// how its pages hang together. Each step is a bijection of what it mixes in, so a change of one value is always seen.
/// No protection against somebody who means it.
struct RowDigest {
  private(set) var state: UInt64

  /// A row of one table is none of another.
  init(table: StaticString) {
    state = 0xcbf2_9ce4_8422_2325
    table.withUTF8Buffer { mix($0) }
  }

  var value: Int64 { Int64(bitPattern: state) }

  mutating func mixNull() { mix(word: 0x6e) }

  mutating func mix(_ value: Int64) {
    mix(word: 0x69)
    mix(word: UInt64(bitPattern: value))
  }

  mutating func mix(_ value: Double) {
    mix(word: 0x72)
    // SQLite keeps no negative zero.
    mix(word: value == 0 ? 0 : value.bitPattern)
  }

  mutating func mix(_ bytes: UnsafeBufferPointer<UInt8>) {
    mix(word: 0x74 | UInt64(bytes.count) << 8)
    let raw = UnsafeRawBufferPointer(bytes)
    let whole = raw.count & ~7
    for offset in stride(from: 0, to: whole, by: 8) { mix(word: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) }
    if whole == raw.count { return }
    var rest: UInt64 = 0
    for offset in stride(from: raw.count - 1, through: whole, by: -1) { rest = rest << 8 | UInt64(raw[offset]) }
    mix(word: rest)
  }

  private mutating func mix(word: UInt64) {
    state = (state ^ word) &* 0x9e37_79b9_7f4a_7c15
    state ^= state >> 29
  }
}
