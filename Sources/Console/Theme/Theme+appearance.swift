extension Theme {
  /// What a style looks like on a terminal with that many colours: `base`, over it the style's role, over that the role
  /// laid over it, and the style's own attributes.
  public func appearance(of style: Style, depth: ColorDepth) -> Appearance {
    var look = self.look(of: .base, depth: depth) ?? Look()
    let backdrop = look.background
    if !paintsBackground { look.background = nil }
    for role in [style.role, style.over] {
      guard let role, role != .base, let upper = self.look(of: role, depth: depth) else { continue }
      look.foreground = upper.foreground ?? look.foreground
      look.background = upper.background ?? look.background
      look.attributes.formUnion(upper.attributes)
    }
    look.attributes.formUnion(style.attributes)
    keepReadable(&look, on: look.background ?? backdrop)
    return Appearance(look, depth: depth)
  }

  /// What the theme says about a role: itself, its group, or what stands in for it. Nil when it looks like what is below.
  func look(of role: Role, depth: ColorDepth) -> Look? {
    var next: Role? = role
    while let current = next {
      for name in [current.rawValue, current.group] {
        if let name, let look = look(named: name, depth: depth) { return look }
      }
      next = current.parent
    }
    return nil
  }

  private func look(named name: String, depth: ColorDepth) -> Look? {
    switch depth {
    case .trueColor, .palette256: looks[name]
    case .ansi16, .ansi8: ansiLooks[name]
    case .mono: monoLooks[name]
    }
  }

  private func keepReadable(_ look: inout Look, on backdrop: ThemeColor?) {
    guard leastContrast > 0, case .rgb(let color)? = look.foreground, case .rgb(let background)? = backdrop else { return }
    look.foreground = .rgb(Contrast.adjusted(color, on: background, least: leastContrast))
  }
}

extension Appearance {
  fileprivate init(_ look: Look, depth: ColorDepth) {
    attributes = look.attributes
    foreground = Paint(look.foreground, depth: depth)
    background = Paint(look.background, depth: depth)
    // Eight colours have no bright half; as text, bold is what most such terminals show for it.
    if depth == .ansi8, case .palette(8..<16)? = look.foreground { attributes.insert(.bold) }
  }
}

extension Appearance.Paint {
  fileprivate init(_ color: ThemeColor?, depth: ColorDepth) {
    switch (color, depth) {
    case (nil, _), (.terminal?, _), (_, .mono): self = .terminal
    case (.palette(let index)?, .ansi8): self = .palette(index & 7)
    case (.palette(let index)?, .ansi16): self = .palette(index & 15)
    case (.palette(let index)?, _): self = .palette(index)
    case (.rgb(let rgb)?, .trueColor): self = .rgb(rgb)
    case (.rgb(let rgb)?, .palette256): self = .palette(XtermPalette.nearest(to: rgb))
    case (.rgb?, .ansi8), (.rgb?, .ansi16): self = .terminal
    }
  }
}
