extension ConsoleSettings {
  /// As a file of settings says it: a TOML document that `init(text:)` reads back.
  public var text: String {
    var lines = ["# Written by muster; edits are kept."]
    if let theme { lines.append("theme = \(Self.quoted(theme))") }
    if let glyphs { lines.append("glyphs = \(glyphs == .ascii ? "\"ascii\"" : "\"utf8\"")") }
    lines.append("utc = \(usesUTC)")
    lines.append("wide = \(Self.list(wide.map(\.rawValue).sorted()))")
    lines.append("favourites = \(Self.list(favourites))")
    lines.append("history = \(Self.list(history))")
    lines.append("\n[sort]")
    for (kind, choice) in sorts.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      lines.append("\(kind.rawValue) = \(Self.quoted((choice.isDescending ? "-" : "") + choice.column))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Reads a file of settings. What it does not understand keeps its default: a setting from a newer release must not
  /// keep an older console from opening. Nil when it is no TOML document at all.
  public init?(text: [UInt8]) {
    guard let root = try? TOMLDocument.parse(text), let table = root.table else { return nil }
    self.init()
    theme = table["theme"]?.string
    glyphs =
      switch table["glyphs"]?.string {
      case "ascii": .ascii
      case "utf8": .utf8
      default: nil
      }
    if case .boolean(let isUTC) = table["utc"]?.value { usesUTC = isUTC }
    wide = Set(Self.strings(table["wide"]).compactMap(PlaceKind.init))
    favourites = Self.strings(table["favourites"])
    history = Array(Self.strings(table["history"]).prefix(Self.historyLimit))
    for (kind, node) in table["sort"]?.table ?? [:] {
      guard let kind = PlaceKind(rawValue: kind), let column = node.string, !column.isEmpty else { continue }
      let isDescending = column.hasPrefix("-")
      sorts[kind] = SortChoice(column: isDescending ? String(column.dropFirst()) : column, isDescending: isDescending)
    }
  }

  private static func strings(_ node: TOMLNode?) -> [String] {
    guard case .array(let nodes) = node?.value else { return [] }
    return nodes.compactMap(\.string)
  }

  private static func list(_ texts: [String]) -> String { "[\(texts.map(quoted).joined(separator: ", "))]" }

  /// A basic string of TOML 1.0.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\u{0}"..<"\u{20}", "\u{7F}":
        let digits = String(scalar.value, radix: 16, uppercase: true)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
