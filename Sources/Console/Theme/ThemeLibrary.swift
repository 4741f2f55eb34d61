/// Finds themes by name in folders, by path, and the one that is compiled in.
public struct ThemeLibrary: Sendable {
  /// A theme and what came up while it was read.
  public struct Entry: Sendable {
    public var theme: Theme
    /// What the files say that is not understood; the theme works without it.
    public var warnings: [ThemeProblem]
    /// The files that it was read from, itself first: a change of any of them changes the theme.
    public var files: [String]
  }

  private let folders: [String]
  private let files: any ThemeFiles

  /// The folders are searched in order.
  public init(folders: [String], files: any ThemeFiles) {
    self.folders = folders
    self.files = files
  }

  /// The longest chain of themes that inherit from one another.
  static let longestChain = 8

  /// Reads a theme: a path (with a slash or ending in `.toml`), or a name, for which `night` is always there.
  public func theme(_ nameOrPath: String) throws(ThemeProblem) -> Entry {
    var parsers: [ThemeParser] = []
    var draft = ThemeDraft()
    var next: (name: String, asked: ThemeDraft.Sourced<String>?)? = (nameOrPath, nil)
    while let (name, asked) = next {
      let parser = try parse(name, near: nameOrPath, asked: asked)
      if let asked, parsers.count == Self.longestChain || parsers.contains(where: { $0.source == parser.source }) {
        throw ThemeProblem(source: asked.source, place: asked.place, message: "inherits in a circle, or over too many themes")
      }
      draft = parsers.isEmpty ? parser.draft : draft.completed(by: parser.draft)
      parsers.append(parser)
      next = parser.draft.inherits.map { ($0.value, $0) }
    }
    draft.name = draft.name ?? Self.title(of: nameOrPath)
    return Entry(
      theme: try Theme(draft, source: parsers.first?.source ?? nameOrPath, fallback: .night),
      warnings: parsers.flatMap(\.warnings), files: parsers.map(\.source).filter { $0 != Theme.nightSource })
  }

  /// The names that `theme` finds, in order, each once.
  public func names() -> [String] {
    let found = folders.flatMap { files.names(inFolder: $0) }.filter { $0.hasSuffix(".toml") }.map(Self.title(of:))
    return Set(found + ["night"]).sorted()
  }

  private func parse(
    _ name: String, near first: String, asked: ThemeDraft.Sourced<String>?
  ) throws(ThemeProblem) -> ThemeParser {
    if name != "default" {
      for path in candidates(for: name, near: first) {
        if let bytes = files.read(path, limit: TOMLDocument.byteLimit + 1) { return try ThemeParser(bytes, source: path) }
      }
    }
    if name == "default" || name == "night" { return try ThemeParser(Array(Theme.nightText.utf8), source: Theme.nightSource) }
    if let asked { throw ThemeProblem(source: asked.source, place: asked.place, message: "no theme \"\(name)\" to inherit from") }
    throw ThemeProblem(source: name, place: nil, message: "no such theme; there are \(names().joined(separator: ", "))")
  }

  private func candidates(for name: String, near first: String) -> [String] {
    if Self.isPath(name) { return [name] }
    let own =
      Self.isPath(first) ? [first.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")] : []
    return (own + folders).map { $0.isEmpty ? "\(name).toml" : "\($0)/\(name).toml" }
  }

  private static func isPath(_ name: String) -> Bool {
    name.contains("/") || name.hasSuffix(".toml")
  }

  /// `night` of `themes/night.toml`.
  private static func title(of path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return file.hasSuffix(".toml") ? String(file.dropLast(".toml".count)) : file
  }
}

/// Where theme files are read from.
public protocol ThemeFiles: Sendable {
  /// The content of a file, at most `limit` bytes of it; nil when there is none that can be read.
  func read(_ path: String, limit: Int) -> [UInt8]?
  /// The names of the files in a folder, in any order; none when it cannot be read.
  func names(inFolder folder: String) -> [String]
}
