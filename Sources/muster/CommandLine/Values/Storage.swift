/// Where an embedded or served registry keeps what is durable.
enum Storage: Hashable, Sendable {
  case memory
  case folder(String)

  /// - Parameter environment: the value of an environment variable.
  init(_ words: Words, environment: (String) -> String?) throws(UsageError) {
    if words.has(OptionRule.memory.name) || words.has(OptionRule.demo.name) {
      self = .memory
    } else if let folder = words[OptionRule.data.name] {
      guard !folder.isEmpty else { throw UsageError("'--\(OptionRule.data.name)' needs a folder") }
      self = .folder(folder)
    } else {
      self = .folder(try Self.standardFolder(environment))
    }
  }

  /// XDG Base Directory Specification: a path that is not absolute is to be ignored.
  private static func standardFolder(_ environment: (String) -> String?) throws(UsageError) -> String {
    if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") { return "\(state)/muster" }
    if let home = environment("HOME"), home.hasPrefix("/") { return "\(home)/.local/state/muster" }
    throw UsageError("neither XDG_STATE_HOME nor HOME says where to keep data: give --data DIR or --memory")
  }
}
