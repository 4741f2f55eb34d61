extension ConsoleState {
  /// Uses a theme from now on.
  mutating func apply(theme name: String) -> [ConsoleEffect] {
    settings.theme = name
    return [.applyTheme(name), .saveSettings(settings)]
  }
}
