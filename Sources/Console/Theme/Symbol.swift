/// A sign that goes with a word and a colour. A theme may choose others of the same width; in ASCII they are these.
public enum Symbol: String, CaseIterable, Hashable, Sendable {
  case ok, degraded, protect, down, gone, off, empty, pending
  /// A row that is marked; two columns wide.
  case marked
  /// The row that keys act on.
  case cursor
  /// A value that rose or fell, and the direction of a sorted column.
  case rising, falling
  /// A value that changed a moment ago.
  case changed
  /// Something of which an operator left a note.
  case note

  public var ascii: String {
    switch self {
    case .ok: " "
    case .degraded: "!"
    case .protect: "#"
    case .down, .gone: "x"
    case .off: "o"
    case .empty: "."
    case .pending: "~"
    case .marked: "[]"
    case .cursor: ">"
    case .rising: "^"
    case .falling: "v"
    case .changed: "*"
    case .note: "&"
    }
  }

  public var utf8: String {
    switch self {
    case .ok: " "
    case .degraded: "▲"
    case .protect: "▣"
    case .down, .gone: "✖"
    case .off: "○"
    case .empty: "·"
    case .pending: "◌"
    case .marked: "▐▌"
    case .cursor: "▸"
    case .rising: "↑"
    case .falling: "↓"
    case .changed: "•"
    case .note: "✎"
    }
  }

  /// Columns that it takes, in every theme.
  public var width: Int { ascii.utf8.count }
}
