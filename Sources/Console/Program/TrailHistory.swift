/// The trails an operator has been on, for going back and forth among them.
struct TrailHistory: Sendable {
  static let limit = 64

  private var earlier: [[Visit]] = []
  private var later: [[Visit]] = []

  init() {}

  /// The operator goes on from `trail` to somewhere new.
  mutating func leave(_ trail: [Visit]) {
    earlier.append(Self.resting(trail))
    if earlier.count > Self.limit { earlier.removeFirst() }
    later = []
  }

  mutating func back(from trail: [Visit]) -> [Visit]? {
    guard let previous = earlier.popLast() else { return nil }
    later.append(Self.resting(trail))
    return previous
  }

  mutating func forward(from trail: [Visit]) -> [Visit]? {
    guard let next = later.popLast() else { return nil }
    earlier.append(Self.resting(trail))
    return next
  }

  /// The trail before this one, in whose place it is remembered: twice leads back.
  mutating func exchange(_ trail: [Visit]) -> [Visit]? {
    guard let previous = earlier.popLast() else { return nil }
    earlier.append(Self.resting(trail))
    return previous
  }

  private static func resting(_ trail: [Visit]) -> [Visit] {
    trail.map { visit in
      var visit = visit
      visit.list.rest()
      return visit
    }
  }
}

extension TrailHistory {
  var hasEarlier: Bool { !earlier.isEmpty }
  var hasLater: Bool { !later.isEmpty }
}
