extension Theme {
  /// The roles that a theme, together with what it inherits, must speak of.
  static let requiredRoles: [Role] = [
    .base, .dim, .cursor, .header, .stateOK, .stateDegraded, .stateProtect, .stateDown, .stateOff,
  ]

  /// Looks up the swatches of a draft. What it leaves open for few or no colours is taken from `fallback`, the theme that is
  /// compiled in; a role that names one of the terminal's 16 colours keeps it there.
  init(_ draft: ThemeDraft, source: String, fallback: Theme?) throws(ThemeProblem) {
    name = draft.name ?? source
    about = draft.about ?? ""
    variant = draft.variant ?? .any
    paintsBackground = draft.paintsBackground ?? false
    leastContrast = draft.leastContrast ?? 0
    symbols = draft.symbols

    looks = try Self.resolved(draft.looks, unknown: "unknown swatch") { ThemeColor(literal: $0) ?? draft.palette[$0] }
    ansiLooks = try Self.resolved(draft.ansiLooks, unknown: "none of the 16 colours:", color: Self.ansiColor)
    monoLooks = try Self.resolved(draft.monoLooks, unknown: "no colours here:") { _ in nil }
    for role in Self.requiredRoles where looks[role.rawValue] == nil {
      throw ThemeProblem(source: source, place: nil, message: "role \"\(role.rawValue)\" is missing")
    }
    ansiLooks.merge(looks.filter { $0.value.usesOnlyBasicColors }) { own, _ in own }
    if let fallback {
      ansiLooks.merge(fallback.ansiLooks) { own, _ in own }
      monoLooks.merge(fallback.monoLooks) { own, _ in own }
    }
  }

  private static func ansiColor(_ name: String) -> ThemeColor? {
    if let index = ThemeColor.names.firstIndex(of: name) { return .palette(UInt8(index)) }
    guard let color = ThemeColor(literal: name), color.isBasic else { return nil }
    return color
  }

  /// Turns names into colours; `unknown` begins the message about one that is none.
  private static func resolved(
    _ drafts: [String: ThemeDraft.Look], unknown: String, color: (String) -> ThemeColor?
  ) throws(ThemeProblem) -> [String: Look] {
    func resolved(_ name: ThemeDraft.Sourced<String>?) throws(ThemeProblem) -> ThemeColor? {
      guard let name else { return nil }
      guard let found = color(name.value) else {
        throw ThemeProblem(source: name.source, place: name.place, message: "\(unknown) \"\(name.value)\"")
      }
      return found
    }
    var looks: [String: Look] = [:]
    for (name, draft) in drafts {
      looks[name] = Look(
        foreground: try resolved(draft.foreground), background: try resolved(draft.background), attributes: draft.attributes)
    }
    return looks
  }
}

extension ThemeColor {
  /// Whether a terminal with 16 colours has it.
  fileprivate var isBasic: Bool {
    switch self {
    case .terminal, .palette(..<16): true
    case .palette, .rgb: false
    }
  }
}

extension Look {
  fileprivate var usesOnlyBasicColors: Bool {
    let colors = [foreground, background].compactMap { $0 }
    return !colors.isEmpty && colors.allSatisfy(\.isBasic)
  }
}
