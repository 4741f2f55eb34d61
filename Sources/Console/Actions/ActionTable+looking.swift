import RegistryModel

extension ActionTable {
  static let looking: [ConsoleAction] = [
    ConsoleAction(
      id: .namespaces, keys: [.character("n")], title: "namespaces", section: .everywhere
    ) { $0.go(to: .namespaces) },
    ConsoleAction(
      id: .copyName, keys: [.character("c")], title: "copy the name", section: .here, places: .lists,
      refusal: { $0.visit.list.cursor == nil ? "nothing is under the cursor" : nil }
    ) { $0.copyNames() },
  ]
}

extension ConsoleState {
  /// Copies the names of what is selected, or of what is under the cursor.
  mutating func copyNames() -> [ConsoleEffect] {
    let list = visit.list
    let keys = list.selected.isEmpty ? list.cursor.map { [$0] } ?? [] : list.selected.sorted()
    guard !keys.isEmpty else { return [] }
    let text = keys.map { SafeText.visible($0.name) }.joined(separator: "\n")
    say(keys.count == 1 ? "copied \(text)" : "copied \(keys.count) names")
    return [.copy(text)]
  }
}
