import RegistryModel

/// What happened, as one number that two runs can be held against, and in words where somebody will read them.
struct Transcript {
  private var hasher = StableHasher()
  private var lines: [String] = []
  private let kept: Int
  private(set) var steps = 0

  init(kept: Int) { self.kept = kept }

  var fingerprint: UInt64 { hasher.finish() }
  var last: [String] { lines.suffix(kept) }

  mutating func note(_ kind: StaticString, _ numbers: Int64..., at time: Int64, _ words: @autoclosure () -> String = "") {
    steps += 1
    hasher.combine(number: UInt64(bitPattern: time))
    hasher.combine(number: UInt64(kind.utf8CodeUnitCount) << 8 | UInt64(kind.utf8Start.pointee))
    for number in numbers { hasher.combine(number: UInt64(bitPattern: number)) }
    if kept == 0 { return }
    let figures = numbers.map { " \($0)" }.joined()
    lines.append("\(time / 1_000).\(String(1_000 + time % 1_000).suffix(3)) ms  \(kind)\(figures)  \(words())")
    if lines.count > 4 * kept { lines.removeFirst(lines.count - kept) }
  }
}
