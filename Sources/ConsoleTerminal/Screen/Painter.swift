import CNcurses
import Console

/// Turns styles into what ncurses calls attributes and colour pairs, and remembers them.
struct Painter {
  struct Paint: Hashable {
    var attributes: UInt32
    var pair: Int32
    /// How a blank looks in it.
    var blank: BlankLook
  }

  /// What can be seen of a blank. Blanks that look alike are painted alike, whatever their text would look like: changing
  /// colours costs ten to forty bytes each time.
  struct BlankLook: Hashable {
    var color: Int32 = -1
    var isReversed = false
    var isUnderlined = false
  }

  /// A blank of the terminal's own, as it leaves it where it erases and scrolls.
  static let nothing = Paint(attributes: 0, pair: 0, blank: BlankLook())

  let depth: ColorDepth
  private(set) var theme: Theme
  private let pairLimit: Int
  private var paints: [Style: Paint] = [:]
  private var pairs: [PairKey: Int32] = [:]

  private struct PairKey: Hashable {
    var foreground: Int32
    var background: Int32
  }

  /// - Parameter pairLimit: How many pairs of colours ncurses keeps for the terminal.
  init(theme: Theme, depth: ColorDepth, pairLimit: Int) {
    self.theme = theme
    self.depth = depth
    self.pairLimit = pairLimit
  }

  /// Takes another theme. False when it is the same.
  mutating func change(to theme: Theme) -> Bool {
    guard theme != self.theme else { return false }
    self.theme = theme
    paints = [:]
    if !pairs.isEmpty {
      reset_color_pairs()
      pairs = [:]
    }
    return true
  }

  /// How a blank is painted among text of this paint: in one way only for all that look the same, so that nothing is sent
  /// where one takes the place of another.
  mutating func blank(in paint: Paint) -> Paint {
    if paint.blank == Self.nothing.blank { return Self.nothing }
    let base = self.paint(for: .base)
    return paint.blank == base.blank ? base : paint
  }

  mutating func paint(for style: Style) -> Paint {
    if let paint = paints[style] { return paint }
    let appearance = theme.appearance(of: style, depth: depth)
    let isReversed = appearance.attributes.contains(.reverse)
    let paint = Paint(
      attributes: Self.bits(of: appearance.attributes), pair: pair(for: appearance),
      blank: BlankLook(
        color: number(of: isReversed ? appearance.foreground : appearance.background), isReversed: isReversed,
        isUnderlined: appearance.attributes.contains(.underline)))
    paints[style] = paint
    return paint
  }

  private mutating func pair(for appearance: Appearance) -> Int32 {
    let key = PairKey(foreground: number(of: appearance.foreground), background: number(of: appearance.background))
    if depth == .mono || (key.foreground == -1 && key.background == -1) { return 0 }
    if let pair = pairs[key] { return pair }
    // ncurses would take the oldest pair away from cells that still show it.
    guard pairs.count < pairLimit - 1 else { return 0 }
    let pair = max(0, alloc_pair(key.foreground, key.background))
    pairs[key] = pair
    return pair
  }

  /// ncurses' number of a colour: an entry of the palette, or 24 bits where the terminal takes those. Numbers below 8 are
  /// entries of the palette even there.
  private func number(of paint: Appearance.Paint) -> Int32 {
    switch paint {
    case .terminal: -1
    case .rgb(let color): Int32(max(8, color.value))
    case .palette(let index) where depth == .trueColor && index >= 8: Int32(max(8, XtermPalette.color(index).value))
    case .palette(let index): Int32(index)
    }
  }

  private static func bits(of attributes: Attributes) -> UInt32 {
    let table: [(Attributes, UInt32)] = [
      (.bold, CCURSES_BOLD), (.dim, CCURSES_DIM), (.italic, CCURSES_ITALIC), (.underline, CCURSES_UNDERLINE),
      (.reverse, CCURSES_REVERSE),
    ]
    return table.reduce(0) { attributes.contains($1.0) ? $0 | $1.1 : $0 }
  }
}
