import RegistryModel

/// How many instances of one service were up over the last half hour, read back from the commits that are remembered.
struct ServiceHistory: Sendable {
  struct Point: Hashable, Sendable {
    var serving: Int
    var total: Int
  }

  static let span: Int64 = 30 * 60_000

  /// Oldest first, one for each column; nil where no commit reaches back to.
  private(set) var points: [Point?]

  init(_ key: ServiceKey, _ mirror: RegistryMirror, now: WallTime, columns: Int) {
    points = Array(repeating: nil, count: max(0, columns))
    guard columns > 0, let service = mirror.catalog[key] else { return }
    var point = Point(serving: service.counts.serving, total: service.counts.total)
    var column = columns - 1
    let width = Self.span / Int64(columns)
    func start(_ column: Int) -> Int64 { now.milliseconds - Int64(columns - column) * width }
    for commit in mirror.journal.commits.reversed() {
      guard commit.at.milliseconds > now.milliseconds - Self.span else {
        fill(&column, with: point) { _ in true }
        return
      }
      guard commit.changes.contains(where: { $0.service == key }) else { continue }
      fill(&column, with: point) { commit.at.milliseconds < start($0) }
      // The worst of a column is what it shows.
      if column >= 0 { points[column] = Self.worse(points[column], point) }
      for change in commit.changes.reversed() { Self.undo(change, of: key, &point) }
    }
    let oldest = mirror.journal.commits.first
    let isWhole = oldest == nil || oldest?.revision == 1 || service.changedAt < (oldest?.at ?? now)
    fill(&column, with: point) { isWhole || start($0) + width > (oldest?.at.milliseconds ?? 0) }
  }

  /// Fills columns towards the past for as long as `holds`.
  private mutating func fill(_ column: inout Int, with point: Point, while holds: (Int) -> Bool) {
    while column >= 0, holds(column) {
      points[column] = Self.worse(points[column], point)
      column -= 1
    }
  }

  private static func worse(_ left: Point?, _ right: Point) -> Point {
    guard let left else { return right }
    return left.serving * max(1, right.total) <= right.serving * max(1, left.total) ? left : right
  }

  private static func undo(_ change: Change, of key: ServiceKey, _ point: inout Point) {
    guard case .instance(key, let before, let after, _) = change else { return }
    if let after {
      point.total -= 1
      if after.isServing { point.serving -= 1 }
    }
    if let before {
      point.total += 1
      if before.isServing { point.serving += 1 }
    }
  }

  /// One character a point: full where all are up, a gap where nothing is known.
  func strip(_ glyphs: GlyphSet) -> String {
    String(
      points.map { point -> Character in
        guard let point else { return " " }
        guard point.total > 0 else { return "_" }
        if point.serving == 0 { return "x" }
        let text = Bars.strip([Double(point.serving)], maximum: Double(point.total), glyphs)
        return text.first ?? " "
      })
  }
}

/// The history of the service on screen, read back when it changed or time has moved on by a column, not for every frame.
struct SummaryCache: Sendable {
  static let columns = 30

  private var service: ServiceKey?
  private var revision: Revision = 0
  private var at = WallTime(milliseconds: 0)
  private var strip = ""

  init() {}

  mutating func follow(_ state: ConsoleState) {
    guard case .instances(let key) = state.place, let service = state.catalog[key] else {
      self.service = nil
      return
    }
    let column = ServiceHistory.span / Int64(Self.columns)
    if self.service == key, revision == service.revision, state.now.age(since: at) < column { return }
    self.service = key
    revision = service.revision
    at = WallTime(milliseconds: state.now.milliseconds / column * column)
    strip = ServiceHistory(key, state.mirror, now: state.now, columns: Self.columns).strip(state.glyphs)
  }

  func strip(of key: ServiceKey) -> String? { service == key ? strip : nil }
}
