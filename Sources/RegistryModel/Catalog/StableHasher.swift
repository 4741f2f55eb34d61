/// FNV-1a with a final mix: equal in every process, spread well enough for buckets. A hostile choice of names makes one
/// bucket long, never the map wrong; `Limits` bounds how long.
public struct StableHasher: Sendable {
  public private(set) var state: UInt64 = 0xcbf2_9ce4_8422_2325

  public init() {}

  public mutating func combine(_ text: String) {
    var copy = text
    state = copy.withUTF8 { bytes in
      var hash = state
      for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      return hash
    }
    combine(byte: 0xff)
  }

  public mutating func combine(byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }

  public mutating func combine(number: UInt64) {
    state = (state ^ number) &* 0x9e37_79b9_7f4a_7c15
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
  public static func stableHash(of key: ServiceKey) -> UInt64 {
    var hasher = StableHasher()
    hasher.combine(key.namespace)
    hasher.combine(key.grouped)
    return hasher.finish()
  }
}
