/// What an operator chose and expects to find again.
public struct ConsoleSettings: Hashable, Sendable {
  public var theme: String?
  /// Nil for what the locale allows.
  public var glyphs: GlyphSet?
  /// Clock and times in UTC instead of the machine's zone.
  public var usesUTC = false
  /// By kind of view.
  public var sorts: [PlaceKind: SortChoice] = [:]
  /// Kinds of view that show their wide columns.
  public var wide: Set<PlaceKind> = []
  /// Namespaces that come first, under the keys 1 to 9.
  public var favourites: [String] = []
  /// Commands of the palette, newest first.
  public var history: [String] = []

  public static let historyLimit = 500

  public init() {}

  mutating func remember(command: String) {
    history.removeAll { $0 == command }
    history.insert(command, at: 0)
    if history.count > Self.historyLimit { history.removeLast(history.count - Self.historyLimit) }
  }
}
