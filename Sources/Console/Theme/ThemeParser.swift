/// Reads one theme file. What it does not know it warns of; what it cannot understand ends the reading.
struct ThemeParser {
  let source: String
  private(set) var draft = ThemeDraft()
  private(set) var warnings: [ThemeProblem] = []

  /// The newest schema that is understood.
  static let schema: Int64 = 1

  init(_ bytes: [UInt8], source: String) throws(ThemeProblem) {
    self.source = source
    let root: TOMLNode
    do {
      root = try TOMLDocument.parse(bytes)
    } catch {
      throw ThemeProblem(source: source, place: error.place, message: error.message)
    }
    for (key, node) in root.table ?? [:] { try read(key, node) }
    warnings.sort(by: ThemeProblem.isBefore)
  }

  private mutating func read(_ key: String, _ node: TOMLNode) throws(ThemeProblem) {
    switch key {
    case "schema": try readSchema(node)
    case "name": draft.name = try text(node, of: key)
    case "about": draft.about = try text(node, of: key)
    case "variant": draft.variant = try readVariant(node)
    case "inherits": draft.inherits = .init(value: try text(node, of: key), source: source, place: node.place)
    case "background": draft.paintsBackground = try readBackground(node)
    case "min_contrast": draft.leastContrast = try readContrast(node)
    case "palette": draft.palette = try readPalette(node)
    case "role": draft.looks = try readLooks(node, path: "", section: key)
    case "ansi16": draft.ansiLooks = try readLooks(node, path: "", section: key)
    case "mono": draft.monoLooks = try readLooks(node, path: "", section: key)
    case "glyphs": draft.symbols = try readSymbols(node)
    default: warn(node, "unknown key \"\(key)\"")
    }
  }

  private mutating func warn(_ node: TOMLNode, _ message: String) {
    warnings.append(problem(node, message))
  }

  private func problem(_ node: TOMLNode, _ message: String) -> ThemeProblem {
    ThemeProblem(source: source, place: node.place, message: message)
  }

  private func text(_ node: TOMLNode, of key: String) throws(ThemeProblem) -> String {
    guard let text = node.string else { throw problem(node, "\(key) must be a string, not \(node.kind)") }
    return text
  }

  private func table(_ node: TOMLNode, of key: String) throws(ThemeProblem) -> [String: TOMLNode] {
    guard let table = node.table else { throw problem(node, "\(key) must be a table, not \(node.kind)") }
    return table
  }
}

// The single values at the top of a file.
extension ThemeParser {
  private func readSchema(_ node: TOMLNode) throws(ThemeProblem) {
    guard case .integer(let number) = node.value else { throw problem(node, "schema must be an integer, not \(node.kind)") }
    guard (1...Self.schema).contains(number) else {
      throw problem(node, "schema \(number) is not known; this program reads schema \(Self.schema)")
    }
  }

  private func readVariant(_ node: TOMLNode) throws(ThemeProblem) -> Theme.Variant {
    guard let variant = Theme.Variant(rawValue: try text(node, of: "variant")) else {
      throw problem(node, "variant must be \"dark\", \"light\" or \"any\"")
    }
    return variant
  }

  private func readBackground(_ node: TOMLNode) throws(ThemeProblem) -> Bool {
    switch try text(node, of: "background") {
    case "theme": return true
    case "terminal": return false
    default: throw problem(node, "background must be \"terminal\" or \"theme\"")
    }
  }

  private func readContrast(_ node: TOMLNode) throws(ThemeProblem) -> Double {
    let number: Double? =
      switch node.value {
      case .integer(let integer): Double(integer)
      case .real(let real): real
      default: nil
      }
    guard let number, (0...21).contains(number) else { throw problem(node, "min_contrast must be a number from 0 to 21") }
    return number
  }

  private func readPalette(_ node: TOMLNode) throws(ThemeProblem) -> [String: ThemeColor] {
    var palette: [String: ThemeColor] = [:]
    for (name, swatch) in try table(node, of: "palette") {
      guard let color = ThemeColor(literal: try text(swatch, of: "swatch \"\(name)\"")) else {
        throw problem(swatch, "swatch \"\(name)\" must be \"#rrggbb\", \"ansi:0\" to \"ansi:255\" or \"default\"")
      }
      palette[name] = color
    }
    return palette
  }

  private mutating func readSymbols(_ node: TOMLNode) throws(ThemeProblem) -> [Symbol: String] {
    var symbols: [Symbol: String] = [:]
    for (name, value) in try table(node, of: "glyphs") {
      let text = try text(value, of: "glyph \"\(name)\"")
      guard let symbol = Symbol(rawValue: name) else {
        warn(value, "unknown glyph \"\(name)\"")
        continue
      }
      guard TextWidth.of(text) == symbol.width else {
        warn(value, "glyph \"\(name)\" must be \(symbol.width) wide, not \(TextWidth.of(text))")
        continue
      }
      symbols[symbol] = text
    }
    return symbols
  }
}

// The tables of looks.
extension ThemeParser {
  private static let roles = Set(Role.allCases.map(\.rawValue) + Role.allCases.compactMap(\.group))
  private static let attributes: [String: Attributes] = [
    "bold": .bold, "dim": .dim, "italic": .italic, "underline": .underline, "reverse": .reverse,
  ]
  private static let lookKeys = Set(attributes.keys).union(["fg", "bg", "blink"])

  /// Dotted keys arrive as tables in tables: `state.ok` is `ok` in `state`.
  private mutating func readLooks(
    _ node: TOMLNode, path: String, section: String
  ) throws(ThemeProblem) -> [String: ThemeDraft.Look] {
    var looks: [String: ThemeDraft.Look] = [:]
    for (key, value) in try table(node, of: path.isEmpty ? section : path) {
      let name = path.isEmpty ? key : "\(path).\(key)"
      let isGroup = value.table.map { !$0.isEmpty && Self.lookKeys.isDisjoint(with: $0.keys) } ?? false
      if isGroup, path.isEmpty, Role.allCases.contains(where: { $0.group == name }) {
        looks.merge(try readLooks(value, path: name, section: section)) { _, new in new }
      } else if Self.roles.contains(name) {
        looks[name] = try readLook(value, name: name, section: section)
      } else {
        warn(value, "unknown role \"\(name)\"")
      }
    }
    return looks
  }

  private mutating func readLook(_ node: TOMLNode, name: String, section: String) throws(ThemeProblem) -> ThemeDraft.Look {
    var look = ThemeDraft.Look()
    if let color = node.string {
      look.foreground = .init(value: color, source: source, place: node.place)
    } else if let table = node.table {
      for (key, value) in table { try read(key, value, of: name, into: &look) }
    } else {
      throw problem(node, "role \"\(name)\" must be a colour or a table, not \(node.kind)")
    }
    if section == "mono", look.foreground ?? look.background != nil {
      warn(node, "role \"\(name)\" names a colour, of which [mono] has none")
      (look.foreground, look.background) = (nil, nil)
    }
    return look
  }

  private mutating func read(
    _ key: String, _ value: TOMLNode, of role: String, into look: inout ThemeDraft.Look
  ) throws(ThemeProblem) {
    switch key {
    case "fg": look.foreground = .init(value: try text(value, of: "fg of \"\(role)\""), source: source, place: value.place)
    case "bg": look.background = .init(value: try text(value, of: "bg of \"\(role)\""), source: source, place: value.place)
    // Nothing blinks here; other programs' themes may say so.
    case "blink": break
    default:
      guard let attribute = Self.attributes[key] else { return warn(value, "unknown attribute \"\(key)\" of \"\(role)\"") }
      guard case .boolean(let isSet) = value.value else {
        throw problem(value, "\(key) of \"\(role)\" must be true or false, not \(value.kind)")
      }
      if isSet { look.attributes.insert(attribute) }
    }
  }
}
