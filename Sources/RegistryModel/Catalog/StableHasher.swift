/// Multiplies and mixes eight bytes at a time: equal in every process, spread well enough for buckets. A hostile choice of names makes one
/// bucket long, never the map wrong; `Limits` bounds how long.
public struct StableHasher: Sendable {
  public private(set) var state: UInt64 = 0xcbf2_9ce4_8422_2325

  public init() {}

  public mutating func combine(_ text: String) {
    let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { combine(bytes: UnsafeRawBufferPointer($0)) }
    if isDone == nil { Array(text.utf8).withUnsafeBytes { combine(bytes: $0) } }
  }

  /// The last word says how many bytes there were, so that no two texts run into each other.
  private mutating func combine(bytes: UnsafeRawBufferPointer) {
    var offset = 0
    while offset + 8 <= bytes.count {
      combine(number: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
      offset += 8
    }
    combine(number: UInt64(truncatingIfNeeded: bytes.count) << 56 | Self.rest(of: bytes, from: offset))
  }

  /// The last bytes, fewer than eight, the first of them lowest.
  private static func rest(of bytes: UnsafeRawBufferPointer, from offset: Int) -> UInt64 {
    let count = bytes.count - offset
    if count == 0 { return 0 }
    if offset > 0 {
      // The last eight bytes, without those that were taken before.
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self))
      return word >> UInt64(8 * (8 - count))
    }
    if count >= 4 {
      // What is in both halves is in the same place.
      let low = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt32.self))
      let high = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
      return UInt64(low) | UInt64(high) << UInt64(8 * (count - 4))
    }
    return bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  public mutating func combine(byte: UInt8) { combine(number: UInt64(byte)) }

  public mutating func combine(number: UInt64) {
    let product = (state ^ number).multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
    state = product.high ^ product.low
  }

  public func finish() -> UInt64 {
    var hash = state
    hash ^= hash >> 32
    hash = hash &* 0xd6e8_feb8_6659_fd93
    hash ^= hash >> 32
    return hash
  }
}

extension Service: Keyed {
  /// Names of services begin alike, so that comparing them costs more than comparing what they hash to.
  public static func hasKey(_ service: UnsafePointer<Service>, _ key: ServiceKey, hash: UInt64) -> Bool {
    service.pointee.keyHash == UInt32(truncatingIfNeeded: hash) && service.pointee.key == key
  }

  public static func stableHash(of key: ServiceKey) -> UInt64 {
    var hasher = StableHasher()
    hasher.combine(key.namespace)
    hasher.combine(key.grouped)
    return hasher.finish()
  }
}
