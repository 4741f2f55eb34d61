import RegistryModel

/// What a typed line may mean: views, actions and the names of what is in the registry.
enum PaletteSearch {
  /// How many lines are offered.
  static let limit = 40

  /// Best first.
  static func candidates(_ text: String, _ state: ConsoleState) -> [PaletteCandidate] {
    let parts = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    if parts.count == 2, let command = PaletteCommand.named(parts[0]) {
      return best(arguments(of: command, parts[1].trimmed, state))
    }
    let word = text.trimmed
    if word.isEmpty { return remembered(state) + commands("", state) }
    return best(commands(word, state) + actions(word, state) + namespaces(word, state) + services(word, state, under: nil))
  }

  private static func best(_ candidates: [PaletteCandidate]) -> [PaletteCandidate] {
    Array(candidates.sorted { ($1.score, $0.completion) < ($0.score, $1.completion) }.prefix(limit))
  }

  private static func remembered(_ state: ConsoleState) -> [PaletteCandidate] {
    state.settings.history.prefix(5).map {
      PaletteCandidate(completion: $0, title: $0, detail: "again", run: nil, score: 0)
    }
  }

  private static func commands(_ word: String, _ state: ConsoleState) -> [PaletteCandidate] {
    PaletteCommand.allCases.compactMap { command in
      guard let score = command.names.compactMap({ FuzzyMatch.score(word, in: $0) }).max() else { return nil }
      // A name typed whole means its command, whatever else has these letters.
      let bonus = command.names.contains(word) ? 100_000 : command.names.contains { $0.hasPrefix(word) } ? 1_000 : 0
      return PaletteCandidate(
        completion: command.names[0] + (command.argument == .none ? "" : " "), title: command.names[0],
        detail: command.about, run: run(command), score: score + bonus)
    }
  }

  /// What a command does without a word after it; nil when it needs one.
  private static func run(_ command: PaletteCommand) -> PaletteRun? {
    switch command {
    case .pulse: .go(.pulse)
    case .namespaces: .go(.namespaces)
    case .services: .use(namespace: nil)
    case .subscribers: .go(.subscribers(nil))
    case .push: .go(.push(nil))
    case .events: .go(.events)
    case .switches: .go(.switches)
    case .explain: .action(.explain)
    case .timeline: .action(.timeline)
    case .skin: .action(.skin)
    case .settings: .action(.settings)
    case .help: .action(.help)
    case .quit: .action(.quit)
    case .instances, .find: nil
    }
  }

  private static func actions(_ word: String, _ state: ConsoleState) -> [PaletteCandidate] {
    ActionTable.all.compactMap { action in
      guard action.section != .moving, action.id != .palette, action.applies(at: state.place.kind),
        let score = FuzzyMatch.score(word, in: action.title)
      else { return nil }
      let key = action.keys.isEmpty ? "" : "key \(state.keyName(of: action))"
      return PaletteCandidate(
        completion: action.title, title: action.title, detail: key, refusal: state.refusal(of: action),
        run: .action(action.id), score: score)
    }
  }

  private static func namespaces(_ word: String, _ state: ConsoleState) -> [PaletteCandidate] {
    state.catalog.namespaceIDs.compactMap { id in
      let title = state.catalog.title(ofNamespace: id)
      guard let score = [FuzzyMatch.score(word, in: title), FuzzyMatch.score(word, in: id)].compactMap({ $0 }).max()
      else { return nil }
      return PaletteCandidate(
        completion: "svc \(id)", title: title, detail: "namespace", run: .use(namespace: id), score: score)
    }
  }

  private static func services(_ word: String, _ state: ConsoleState, under command: PaletteCommand?) -> [PaletteCandidate] {
    var found: [(score: Int, service: Service)] = []
    for service in state.catalog.services {
      guard let score = FuzzyMatch.score(word, in: service.key.name) else { continue }
      found.append((score, service))
    }
    found.sort { ($1.score, $0.service.key) < ($0.score, $1.service.key) }
    let name = command?.names[0] ?? PaletteCommand.instances.names[0]
    return found.prefix(limit).map { score, service in
      let key = service.key
      let text =
        "\(state.catalog.title(ofNamespace: key.namespace))  \(service.counts.serving)/\(service.counts.total) \(service.state.word)"
      return PaletteCandidate(
        completion: "\(name) \(key.name)", title: "\(name) \(key.name)", detail: text, run: run(command, on: key), score: score)
    }
  }

  private static func run(_ command: PaletteCommand?, on key: ServiceKey) -> PaletteRun {
    switch command {
    case .subscribers: .go(.subscribers(key))
    case .push: .go(.push(key))
    case .explain: .go(.explain(.service(key)))
    case .timeline: .go(.timeline(.service(key)))
    default: .go(.instances(key))
    }
  }

  private static func find(_ word: String) -> PaletteCandidate {
    do {
      let query = try FindQuery(word)
      return PaletteCandidate(
        completion: "find \(word)", title: "find \(word)", detail: "in all namespaces", run: .go(.find(query)), score: 0)
    } catch {
      return PaletteCandidate(
        completion: "find \(word)", title: "find \(word)", detail: "", refusal: error.description,
        run: .action(.palette), score: 0)
    }
  }

  private static func arguments(of command: PaletteCommand, _ word: String, _ state: ConsoleState) -> [PaletteCandidate] {
    switch command.argument {
    case .none: return commands(command.names[0], state).filter { $0.title == command.names[0] }
    case .namespace:
      let all = PaletteCandidate(
        completion: "svc", title: "svc", detail: "of all namespaces", run: .use(namespace: nil), score: word.isEmpty ? 10_000 : 0)
      return namespaces(word, state) + (word.isEmpty ? [all] : [])
    case .service: return services(word, state, under: command)
    case .theme:
      return state.themes.compactMap { name in
        FuzzyMatch.score(word, in: name).map {
          PaletteCandidate(
            completion: "skin \(name)", title: name, detail: name == state.theme.name ? "theme, in use" : "theme",
            run: .theme(name), score: $0)
        }
      }
    case .text:
      return word.isEmpty ? [] : [find(word)]
    }
  }
}

extension String {
  /// Without blanks at both ends.
  var trimmed: String {
    var rest = self[...]
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}
