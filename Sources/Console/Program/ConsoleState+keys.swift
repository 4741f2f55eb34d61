import RegistryModel

extension ConsoleState {
  /// A key goes to the uppermost dialog, else to the action it is bound to here.
  mutating func press(_ key: Key) -> [ConsoleEffect] {
    prepare()
    if !dialogs.isEmpty { return pressInDialog(key) }
    flash = nil
    if let action = ActionTable.action(for: key, at: place.kind) { return perform(action) }
    if case .character(let character) = key {
      if let digit = character.wholeNumberValue, character.isASCII { return use(digit: digit) }
      if let effects = sort(byLetter: character) { return effects }
    }
    sayUnbound(key)
    return []
  }

  private mutating func pressInDialog(_ key: Key) -> [ConsoleEffect] {
    if key == .control("l") { return [.redraw] }
    if key == .control("z") { return [.suspend] }
    let depth = dialogs.count - 1
    var dialog = dialogs[depth]
    let outcome = dialog.take(key, &self)
    settle(dialog, at: depth, outcome)
    return outcome.effects
  }

  mutating func paste(_ text: String) -> [ConsoleEffect] {
    guard let depth = dialogs.indices.last else {
      say("pasted text left out: open a field first")
      return []
    }
    var dialog = dialogs[depth]
    guard let outcome = dialog.take(pasted: text, &self) else {
      say("pasted text left out: no field has the keys")
      return []
    }
    settle(dialog, at: depth, outcome)
    return outcome.effects
  }

  /// Puts a dialog that took a key back to its place, or away. What it opened stands above it.
  private mutating func settle(_ dialog: any Dialog, at depth: Int, _ outcome: DialogOutcome) {
    guard dialogs.indices.contains(depth) else { return }
    if outcome.isOpen { dialogs[depth] = dialog } else { dialogs.remove(at: depth) }
  }

  private mutating func sayUnbound(_ key: Key) {
    switch key {
    case .control("k"): say("Ctrl-K is not bound: nothing here dies by one key; Ctrl-D deregisters, and asks", .bad)
    case .delete, .backspace: say("\(KeyName.text(key)) is not bound; Ctrl-D deregisters, and asks", .bad)
    default:
      let elsewhere = ActionTable.isBound(key) ? " in this view" : ""
      say("\(KeyName.text(key)) does nothing\(elsewhere); ? lists the keys")
    }
  }
}

extension ConsoleState {
  /// 0 shows all namespaces, 1 to 9 the first nine: favourites before `public` before the others.
  mutating func use(digit: Int) -> [ConsoleEffect] {
    if digit == 0 { return use(namespace: nil) }
    prepare()
    guard let id = digits.namespace(digit) else {
      say("there is no namespace \(digit); n lists them")
      return []
    }
    return use(namespace: id)
  }
}

/// Which namespaces the digits 1 to 9 lead to.
struct NamespaceDigits: Sendable {
  private var order: [String] = []
  private var key: [Int] = []
  private var favourites: [String] = []

  init() {}

  func namespace(_ digit: Int) -> String? { order.indices.contains(digit - 1) ? order[digit - 1] : nil }
  func digit(of id: String) -> Int? { order.firstIndex(of: id).map { $0 + 1 } }

  /// Counts out anew, if there are other namespaces or other favourites.
  mutating func follow(_ catalog: Catalog, favourites: [String], isEverything: Bool) {
    let key = [catalog.namespaces.count, catalog.usedNamespaces]
    guard isEverything || key != self.key || favourites != self.favourites || order.isEmpty else { return }
    self.key = key
    self.favourites = favourites
    let ids = catalog.namespaceIDs
    let first = favourites.filter(ids.contains)
    let others = ids.filter { !first.contains($0) }
    let isPublic = { (id: String) in id == ServiceKey.defaultNamespace }
    order = Array((first + others.filter(isPublic) + others.filter { !isPublic($0) }).prefix(9))
  }
}
