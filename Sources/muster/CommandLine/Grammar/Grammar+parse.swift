extension Grammar {
  /// Takes the words after the program's name apart: `--name value`, `--name=value`, `-n value`, `-nvalue`, `-ab`, and `--`,
  /// behind which nothing is an option.
  func parse(_ arguments: some Sequence<String>) throws(UsageError) -> Outcome {
    var parser = Parser(grammar: self, rest: Array(arguments)[...])
    return try parser.run()
  }
}

private struct Parser {
  let grammar: Grammar
  var rest: ArraySlice<String>
  var command: CommandRule?
  /// In the order of the command line, for errors to name the first.
  var given: [(rule: OptionRule, value: String)] = []
  var answer: String?

  mutating func run() throws(UsageError) -> Grammar.Outcome {
    var onlyWords = false
    while let word = rest.popFirst() {
      if onlyWords || word == "-" || !word.hasPrefix("-") {
        try takeWord(word, mayBeCommand: !onlyWords)
      } else if word == "--" {
        onlyWords = true
      } else if word.hasPrefix("--") {
        try takeLong(word.dropFirst(2))
      } else {
        try takeShort(word.dropFirst())
      }
      if let answer { return .print(answer) }
    }
    guard let chosen = command ?? grammar.defaultCommand else { throw UsageError("no command") }
    return .run(try words(for: chosen))
  }

  private mutating func takeWord(_ word: String, mayBeCommand: Bool) throws(UsageError) {
    guard mayBeCommand, command == nil else { throw UsageError("unexpected '\(word)'") }
    guard let found = grammar.command(named: word) else {
      let known = grammar.commands.map { ($0.name, $0.name) } + OptionRule.always.map { ($0.name, "--\($0.name)") }
      throw UsageError("unknown command '\(word)'" + hint(for: word, among: known))
    }
    command = found
  }

  private mutating func takeLong(_ text: Substring) throws(UsageError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let name = parts.first ?? ""
    guard let rule = known.first(where: { $0.name == name }) else { throw unknown(name) }
    if rule.argument == nil, parts.count > 1 { throw UsageError("'--\(name)' takes no value") }
    try take(rule, parts.count > 1 ? parts[1] : nil)
  }

  private mutating func takeShort(_ text: Substring) throws(UsageError) {
    var letters = text
    while let letter = letters.popFirst() {
      guard let rule = known.first(where: { $0.short == letter }) else { throw UsageError("unknown option '-\(letter)'") }
      let attached = rule.argument != nil && !letters.isEmpty ? String(letters) : nil
      try take(rule, attached)
      if rule.argument != nil { return }
    }
  }

  private mutating func take(_ rule: OptionRule, _ attached: String?) throws(UsageError) {
    switch rule.name {
    case OptionRule.help.name: answer = grammar.help(for: command)
    case OptionRule.version.name: answer = grammar.versionLine
    default: given.append((rule, try value(of: rule, attached)))
    }
  }

  /// A value in a word of its own may not look like an option: it is the next option, and the value was forgotten.
  private mutating func value(of rule: OptionRule, _ attached: String?) throws(UsageError) -> String {
    guard let argument = rule.argument else { return "" }
    if let attached { return attached }
    guard let next = rest.first, next == "-" || !next.hasPrefix("-") else {
      throw UsageError("'--\(rule.name)' needs a value: --\(rule.name) \(argument)")
    }
    rest.removeFirst()
    return next
  }
}

// MARK: - What is known, and what goes together

extension Parser {
  /// Before a command is named its options may come as well: those of any command are understood, and judged at the end.
  private var known: [OptionRule] {
    OptionRule.always + (command?.options ?? grammar.commands.flatMap(\.options))
  }

  private func unknown(_ name: String) -> UsageError {
    if let command, !grammar.commands(with: name).isEmpty { return misplaced(name, command) }
    return UsageError("unknown option '--\(name)'" + hint(for: name, among: known.map { ($0.name, "--\($0.name)") }))
  }

  /// - Parameter command: the one that was named; nil where none was, and its name would say nothing.
  private func misplaced(_ name: String, _ command: CommandRule?) -> UsageError {
    if let command { return UsageError("'--\(name)' does not go with '\(command.name)'") }
    return UsageError("'--\(name)' goes with " + grammar.commands(with: name).map { "'\($0.name)'" }.joined(separator: ", "))
  }

  private func words(for chosen: CommandRule) throws(UsageError) -> Words {
    var words = Words(command: chosen.name)
    for (rule, value) in given {
      guard chosen.options.contains(where: { $0.name == rule.name }) else {
        throw misplaced(rule.name, command)
      }
      words[rule.name] = value
    }
    for (rule, _) in given {
      if let other = rule.excludes.first(where: words.has) {
        throw UsageError("'--\(rule.name)' and '--\(other)' exclude each other")
      }
      if let needed = rule.needs, !words.has(needed) { throw UsageError("'--\(rule.name)' needs '--\(needed)'") }
    }
    return words
  }
}
