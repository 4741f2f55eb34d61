import RegistryModel

/// Numbers for the outer `lastRefTime`: positive, strictly increasing, also across restarts, with low bits that nobody
/// guesses (reliability T3). Nacos puts a nanosecond clock there.
struct PushNonces: Sendable {
  /// 2020-01-01, in milliseconds: keeps the sum in 63 bits until 2088.
  private static let epoch: Int64 = 1_577_836_800_000
  private static let randomBits: Int64 = 32
  private static let stepBits: Int64 = 24

  private var last: Int64 = 0

  mutating func next(at wall: WallTime, random: inout some RandomNumberGenerator) -> Int64 {
    let seconds = min((max(wall.milliseconds, Self.epoch) - Self.epoch) / 1_000, Int64(Int32.max) - 1)
    let fresh = seconds << Self.randomBits | Int64.random(in: 0..<(1 << Self.randomBits), using: &random)
    let step = Int64.random(in: 1...(1 << Self.stepBits), using: &random)
    last = max(fresh, last + step)
    return last
  }
}
