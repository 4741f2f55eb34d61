/// A value that is one of a few words.
protocol WordChoice: RawRepresentable, CaseIterable where RawValue == String {}

extension WordChoice {
  static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

  init(_ text: String, of option: OptionRule) throws(UsageError) {
    guard let choice = Self(rawValue: text.lowercased()) else {
      let near = hint(for: text, among: Self.allCases.map { ($0.rawValue, $0.rawValue) })
      throw UsageError("'--\(option.name)' is one of \(Self.names), not '\(text)'\(near)")
    }
    self = choice
  }
}

/// How many colours to draw with.
enum ColorChoice: String, WordChoice, Sendable {
  case auto, always, never
  case sixteen = "16"
  case palette = "256"
  case direct = "true"
}

/// The least important lines of the log that are still written.
enum LogLevel: String, WordChoice, Sendable {
  case error, warn, info, debug
}

/// Colours by the name they are shipped under, or from a file.
enum ThemeChoice: Hashable, Sendable {
  case named(String)
  case file(String)

  /// What holds a slash is a path.
  init(_ text: String) throws(UsageError) {
    guard !text.isEmpty else { throw UsageError("'--\(OptionRule.theme.name)' needs a name or a path") }
    self = text.contains("/") ? .file(text) : .named(text)
  }
}
