/// The newest round trips, in microseconds, for their spread.
struct RoundTrips: Sendable {
  static let capacity = 4_096

  private var samples: [Int64] = []
  private var next = 0

  mutating func add(_ sample: Int64) {
    if samples.count < Self.capacity {
      samples.append(sample)
    } else {
      samples[next] = sample
      next = (next + 1) % Self.capacity
    }
  }

  /// In ascending order.
  var sorted: [Int64] { samples.sorted() }
}

extension [Int64] {
  /// The smallest element that at least `percent` of all do not exceed; `self` in ascending order, nil when empty.
  public func percentile(_ percent: Int) -> Int64? {
    isEmpty ? nil : self[Swift.max(0, (count * percent + 99) / 100 - 1)]
  }
}
