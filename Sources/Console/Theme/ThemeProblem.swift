/// What is wrong with a theme file, and where: `themes/x.toml:12: unknown swatch "gren"`.
public struct ThemeProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file as it was asked for.
  public var source: String
  /// Line and column count from 1; nil when the trouble is with the file as a whole.
  public var line: Int?
  public var column: Int?
  public var message: String

  init(source: String, place: TOMLPlace?, message: String) {
    self.source = source
    line = place?.line
    column = place?.column
    self.message = message
  }

  public var description: String {
    let name = SafeText.visible(source)
    let text = SafeText.visible(message)
    return line.map { "\(name):\($0): \(text)" } ?? "\(name): \(text)"
  }
}

extension ThemeProblem {
  /// Problems in the order of the file: a document is read table by table, not line by line.
  static func isBefore(_ one: ThemeProblem, _ other: ThemeProblem) -> Bool {
    (one.line ?? 0, one.column ?? 0) < (other.line ?? 0, other.column ?? 0)
  }
}
