/// A theme file as it was written: colours are still the names of swatches, because a theme that inherits may give the
/// swatches of its parent other colours.
struct ThemeDraft {
  /// Something from a file, with its place for messages.
  struct Sourced<Value> {
    var value: Value
    var source: String
    var place: TOMLPlace
  }

  /// A look before its colours are looked up.
  struct Look {
    var foreground: Sourced<String>?
    var background: Sourced<String>?
    var attributes: Attributes = []
  }

  var name: String?
  var about: String?
  var variant: Theme.Variant?
  var inherits: Sourced<String>?
  var paintsBackground: Bool?
  var leastContrast: Double?
  var palette: [String: ThemeColor] = [:]
  var looks: [String: Look] = [:]
  var ansiLooks: [String: Look] = [:]
  var monoLooks: [String: Look] = [:]
  var symbols: [Symbol: String] = [:]

  /// What this draft leaves open is taken from `parent`.
  func completed(by parent: ThemeDraft) -> ThemeDraft {
    var whole = self
    whole.variant = variant ?? parent.variant
    whole.paintsBackground = paintsBackground ?? parent.paintsBackground
    whole.leastContrast = leastContrast ?? parent.leastContrast
    whole.palette.merge(parent.palette) { own, _ in own }
    whole.looks.merge(parent.looks) { own, _ in own }
    whole.ansiLooks.merge(parent.ansiLooks) { own, _ in own }
    whole.monoLooks.merge(parent.monoLooks) { own, _ in own }
    whole.symbols.merge(parent.symbols) { own, _ in own }
    return whole
  }
}
