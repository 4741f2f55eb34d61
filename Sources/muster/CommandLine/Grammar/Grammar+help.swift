extension Grammar {
  var versionLine: String { "\(program) \(version)" }

  /// The help of one command, or of the whole program.
  func help(for command: CommandRule?) -> String {
    guard let command, command.name != defaultCommand?.name else { return programHelp }
    return """
      Usage: \(program) \(command.name) [options]

      \(command.about)

      Options:
      \(table(rows(command.options + OptionRule.always)))
      """
  }

  private var programHelp: String {
    let options = (defaultCommand?.options ?? []) + OptionRule.always
    let named = commands.dropFirst().map { ($0.name, $0.about) }
    return """
      \(versionLine): \(about)

      Usage: \(program) [options]
             \(program) COMMAND [options]

      \(defaultCommand?.about ?? "")

      Options:
      \(table(rows(options)))

      Commands:
      \(table(named))

      '\(program) COMMAND --help' tells the options of a command.
      """
  }

  private func rows(_ options: [OptionRule]) -> [(String, String)] {
    options.map { option in
      let short = option.short.map { "-\($0), " } ?? "    "
      let argument = option.argument.map { " \($0)" } ?? ""
      return ("\(short)--\(option.name)\(argument)", option.about)
    }
  }

  /// Two columns, 80 characters wide; a text of several lines stays in the second.
  private func table(_ rows: [(String, String)]) -> String {
    let width = rows.map(\.0.count).max() ?? 0
    let indent = String(repeating: " ", count: width + 4)
    return rows.map { name, text in
      let padding = String(repeating: " ", count: width - name.count)
      let lines = text.wrapped(to: 80 - indent.count).joined(separator: "\n\(indent)")
      return "  \(name)\(padding)  \(lines)"
    }.joined(separator: "\n")
  }
}

extension String {
  /// Its words on lines of at most `width` characters; a longer word has a line to itself.
  fileprivate func wrapped(to width: Int) -> [String] {
    var lines: [String] = []
    for word in split(separator: " ") {
      if let line = lines.last, line.count + 1 + word.count <= width {
        lines[lines.count - 1] = "\(line) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
