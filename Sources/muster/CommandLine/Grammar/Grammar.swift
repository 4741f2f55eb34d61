/// What a program understands. One table: words are parsed by it and help is written from it, so they cannot differ.
struct Grammar: Sendable {
  let program: String
  let version: String
  let about: String
  /// The first one runs when no command is named.
  let commands: [CommandRule]
}

struct CommandRule: Sendable {
  let name: String
  let about: String
  let options: [OptionRule]
}

/// One option of a command. Options of the same name in two commands have to be the same rule.
struct OptionRule: Sendable {
  let name: String
  var short: Character?
  /// What its value is called in help; nil for a flag.
  var argument: String?
  let about: String
  /// Options that make no sense beside this one.
  var excludes: [String] = []
  /// The option without which this one has no meaning.
  var needs: String?
}

extension Grammar {
  var defaultCommand: CommandRule? { commands.first }

  func command(named name: String) -> CommandRule? { commands.first { $0.name == name } }

  /// The commands that have an option of this name.
  func commands(with option: String) -> [CommandRule] {
    commands.filter { $0.options.contains { $0.name == option } }
  }
}

extension OptionRule {
  static let help = OptionRule(name: "help", short: "h", about: "show this help")
  static let version = OptionRule(name: "version", short: "V", about: "show the version")

  /// These go with every command.
  static let always = [help, version]
}
