import RegistryModel

/// The whole console as a value: what the registry said, where the operator is, what is open and on its way.
///
/// `update` takes what happens and gives back what is to be done; `view` makes the screen. Neither looks at a clock, a file or
/// a terminal.
public struct ConsoleState: Sendable {
  public internal(set) var environment: ConsoleEnvironment
  public internal(set) var settings: ConsoleSettings
  public internal(set) var size: Size

  var mirror = RegistryMirror()
  /// What came since the list on screen was last brought up to date.
  var changes = MirrorChanges()
  /// As of the last tick; what is shown only ages with it, so a key changes nothing but what it is about.
  var clock = WallTime(milliseconds: 0)
  /// The latest input's time, for what must not wait for a tick.
  var moment = Moment(milliseconds: 0)

  /// From the first view to the one on screen; never empty.
  var trail: [Visit] = [Visit(.pulse)]
  var history = TrailHistory()
  /// The uppermost is the last; it takes the keys.
  var dialogs: [any Dialog] = []
  /// The namespace that views open in; nil for all.
  var namespace: String?

  var outbox = Outbox()
  var undoable: [Operation] = []
  var hot = HotFacts()
  var flash: Flash?
  var themes: [String] = []
  /// How meanings look; the views themselves need its symbols only.
  public internal(set) var theme = Theme.night
  /// What the detail panel is about. It follows the cursor once that rests, so that moving changes two rows of the screen.
  var detail: RowKey?
  /// When another object last took the cursor without a key.
  var cursorTaken: MonotonicTime?
  var shares = ShareCache()
  var digits = NamespaceDigits()
  var summary = SummaryCache()
  /// What most failures have in common, as of the last tick.
  var commonCause: CommonCause?
  var commonCauseRevision: Revision?

  public init(environment: ConsoleEnvironment, settings: ConsoleSettings = ConsoleSettings(), size: Size) {
    self.environment = environment
    self.settings = settings
    self.size = size
  }
}

/// One line for the operator that goes by itself.
struct Flash: Sendable, Hashable {
  enum Tone: Hashable, Sendable { case plain, good, bad }

  /// Milliseconds it stays.
  static let life: Int64 = 6_000

  var text: String
  var tone: Tone
  var until: WallTime
}

extension ConsoleState {
  var glyphs: GlyphSet { settings.glyphs ?? environment.glyphs }
  var utcOffset: Int { settings.usesUTC ? 0 : environment.utcOffset }
  var catalog: Catalog { mirror.catalog }

  func sign(_ symbol: Symbol) -> String { theme.symbol(symbol, in: glyphs) }

  /// Now, by the registry's clock and as of the last tick: what ages are taken to.
  var now: WallTime { mirror.registryTime(clock) }

  var visit: Visit {
    get { trail[trail.count - 1] }
    set { trail[trail.count - 1] = newValue }
  }
  var place: Place { trail[trail.count - 1].place }
  var screen: any Screen { place.screen }

  func isPending(_ key: RowKey) -> Bool { !outbox.isEmpty && outbox.isPending(key) }

  mutating func say(_ text: String, _ tone: Flash.Tone = .plain) {
    flash = Flash(text: text, tone: tone, until: WallTime(milliseconds: moment.wall.milliseconds + Flash.life))
  }
}
