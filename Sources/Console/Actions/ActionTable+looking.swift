import RegistryModel

extension ActionTable {
  static let looking: [ConsoleAction] = [
    ConsoleAction(
      id: .explain, keys: [.character("X")], title: "explain: why is it so", hint: "explain", section: .here,
      places: .ofServices, refusal: ConsoleState.noObject
    ) { $0.look(at: Place.explain) },
    ConsoleAction(
      id: .subscribers, keys: [.character("s")], title: "subscribers: who was told", hint: "subs", section: .here,
      places: .ofServicesOrText.subtracting([.subscribers]), needs: .pushState
    ) { state in state.drill(to: .subscribers(state.objectService)) },
    ConsoleAction(
      id: .push, keys: [.character("p")], title: "push: who acknowledged what", hint: "push", section: .here,
      places: .ofServicesOrText.subtracting([.push]), needs: .pushState
    ) { state in state.drill(to: .push(state.objectService)) },
    ConsoleAction(
      id: .timeline, keys: [.character("T")], title: "timeline: what happened to it", section: .here, places: .ofServices,
      refusal: ConsoleState.noObject
    ) { $0.look(at: Place.timeline) },
    ConsoleAction(
      id: .describe, keys: [.character("d")], title: "describe: all that is known", hint: "describe", section: .here,
      places: .lists, refusal: { $0.visit.list.cursor == nil ? "nothing is under the cursor" : nil }
    ) { state in state.visit.list.cursor.map { state.drill(to: .describe($0)) } ?? [] },
    ConsoleAction(id: .events, keys: [.character("E")], title: "events", section: .everywhere) { $0.drill(to: .events) },
    ConsoleAction(id: .namespaces, keys: [.character("n")], title: "namespaces", section: .everywhere) { $0.go(to: .namespaces) },
    ConsoleAction(
      id: .favourite, keys: [.character("F")], title: "favourite: first among the digits", hint: "favourite", section: .here,
      places: [.namespaces], refusal: { $0.cursorNamespace == nil ? "no namespace is under the cursor" : nil }
    ) { $0.toggleFavourite() },
    ConsoleAction(
      id: .copyName, keys: [.character("c")], title: "copy the name", section: .here, places: .lists,
      refusal: { $0.visit.list.cursor == nil ? "nothing is under the cursor" : nil }
    ) { $0.copyNames() },
    ConsoleAction(
      id: .copyRow, keys: [.character("Y")], title: "copy all that is known of it", section: .here, places: .listsOrText
    ) { $0.copyPage() },
    ConsoleAction(id: .skin, keys: [], title: "theme", section: .everywhere) { $0.open(SkinDialog($0)) },
    ConsoleAction(id: .settings, keys: [.function(2)], title: "settings", section: .everywhere) { $0.open(SettingsDialog()) },
  ]
}

extension ConsoleState {
  /// Why there is nothing to explain.
  static func noObject(_ state: ConsoleState) -> String? {
    state.object == nil ? "no service or instance is under the cursor" : nil
  }

  /// The service, instance or subscriber that looking keys are about: under the cursor, else the one that the view is of.
  var object: RowKey? {
    if case .event(let id)? = visit.list.cursor {
      return mirror.journal.group(id)?.services.first.map(RowKey.service)
    }
    if let key = visit.list.cursor, key.service != nil { return key }
    return place.service.map(RowKey.service)
  }

  /// Its service.
  var objectService: ServiceKey? { object?.service }

  var cursorNamespace: String? {
    if case .namespace(let id)? = visit.list.cursor, !id.isEmpty { id } else { nil }
  }

  fileprivate mutating func look(at place: (RowKey) -> Place) -> [ConsoleEffect] {
    guard let object else { return [] }
    return drill(to: place(object))
  }

  fileprivate mutating func toggleFavourite() -> [ConsoleEffect] {
    guard let id = cursorNamespace else { return [] }
    if let index = settings.favourites.firstIndex(of: id) {
      settings.favourites.remove(at: index)
    } else {
      settings.favourites.append(id)
    }
    return changeList { _ in } + [.saveSettings(settings)]
  }

  /// Copies the names of what is selected, or of what is under the cursor.
  fileprivate mutating func copyNames() -> [ConsoleEffect] {
    let list = visit.list
    let keys = list.selected.isEmpty ? list.cursor.map { [$0] } ?? [] : list.selected.sorted()
    guard !keys.isEmpty else { return [] }
    let text = keys.map { SafeText.visible($0.name) }.joined(separator: "\n")
    say(keys.count == 1 ? "copied \(text)" : "copied \(keys.count) names")
    return [.copy(text)]
  }

  /// Copies a page of text: the one on screen, else the description of what is under the cursor.
  fileprivate mutating func copyPage() -> [ConsoleEffect] {
    let shown = place.screen as? any TextScreen
    guard let screen = shown ?? visit.list.cursor.map({ DescribeScreen(key: $0) }) else {
      say("nothing is under the cursor", .bad)
      return []
    }
    let lines = screen.page(self).lines.map { line in
      SafeText.visible(line.map(\.text).joined()).trimmedEnd
    }
    say("copied \(lines.count) lines: \(screen.title)")
    return [.copy(lines.joined(separator: "\n"))]
  }
}
