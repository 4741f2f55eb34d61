import RegistryModel

extension ActionTable {
  static let acting: [ConsoleAction] = [
    ConsoleAction(
      id: .toggle, keys: [.character("o")], title: "take out or put back", hint: "on/off", section: .acting,
      places: .instances, needs: .operate, changesRegistry: true, refusal: ConsoleState.noTarget
    ) { $0.plan(.setEnabled(!$0.isAnyTargetEnabled)) },
    ConsoleAction(
      id: .weight, keys: [.character("w")], title: "weight", hint: "weight", section: .acting, places: .instances,
      needs: .operate, changesRegistry: true, refusal: ConsoleState.noTarget
    ) { $0.editWeight(by: 0) },
    ConsoleAction(
      id: .weightUp, keys: [.character("+"), .function(8)], title: "more weight (asks)", section: .acting, places: .instances,
      needs: .operate, changesRegistry: true, refusal: ConsoleState.noTarget
    ) { $0.editWeight(by: 0.1) },
    ConsoleAction(
      id: .weightDown, keys: [.character("-"), .function(7)], title: "less weight (asks)", section: .acting,
      places: .instances, needs: .operate, changesRegistry: true, refusal: ConsoleState.noTarget
    ) { $0.editWeight(by: -0.1) },
    ConsoleAction(
      id: .mark, keys: [.character("M")], title: "note for operators", hint: "note", section: .acting, places: .instances,
      needs: .mark, changesRegistry: true, refusal: ConsoleState.noTarget
    ) { $0.open(MarkDialog($0.targets.shown, $0)) },
    ConsoleAction(
      id: .health, keys: [.character("m")], title: "set health by hand", section: .acting, places: .instances,
      needs: .setHealth, changesRegistry: true, refusal: { ConsoleState.noTarget($0) ?? $0.healthRefusal }
    ) { $0.plan(.setHealth(!$0.isAnyTargetHealthy)) },
    ConsoleAction(
      id: .restore, keys: [.character("=")], title: "clear the override", section: .acting, places: .instances,
      needs: .operate, changesRegistry: true,
      refusal: { state in
        ConsoleState.noTarget(state)
          ?? (state.targets.shown.contains { state.catalog[$0]?.overlay != nil } ? nil : "nothing is overridden")
      }
    ) { $0.plan(.clearOverlay) },
    ConsoleAction(
      id: .deregister, keys: [.control("d")], title: "deregister (asks)", hint: "deregister", section: .acting,
      places: .instances, needs: .deregister, changesRegistry: true, refusal: ConsoleState.noTarget
    ) { $0.plan(.deregister) },
    ConsoleAction(
      id: .undo, keys: [.character("z")], title: "undo the last change", section: .acting, needs: .operate,
      changesRegistry: true, refusal: { $0.undoable.isEmpty ? "nothing of this session can be undone" : nil }
    ) { $0.undo() },
  ]
}

extension ConsoleState {
  fileprivate var isAnyTargetEnabled: Bool { targets.shown.contains { catalog[$0]?.isEnabled == true } }
  fileprivate var isAnyTargetHealthy: Bool { targets.shown.contains { catalog[$0]?.isHealthy == true } }

  /// Health is the checker's business wherever there is one (naming-server-v1 1.5.2).
  fileprivate var healthRefusal: String? {
    for key in targets.shown {
      guard let service = catalog[key.service] else { continue }
      switch service.cluster(key.address.cluster)?.checker ?? .tcp {
      case .none: continue
      case .tcp: return Self.checkerReason(key, "TCP")
      case .http: return Self.checkerReason(key, "HTTP")
      case .mysql: return Self.checkerReason(key, "MySQL")
      }
    }
    return nil
  }

  private static func checkerReason(_ key: InstanceKey, _ checker: String) -> String {
    "cluster \(key.address.cluster) has a \(checker) checker; health by hand needs checker NONE"
  }

  fileprivate mutating func editWeight(by step: Double) -> [ConsoleEffect] {
    open(WeightDialog(targets, delta: step, self))
  }

  /// Sends what undoes the last operation; what it undid can then be undone in its turn.
  fileprivate mutating func undo() -> [ConsoleEffect] {
    guard let operation = undoable.popLast() else { return [] }
    let name = environment.operatorName
    let requests = operation.inverses.map { target, action in
      Outbox.Request(target: target, command: Command(action, by: .operator(name: name), reason: "undo: \(operation.title)"))
    }
    say("Undo \(operation.title): sent, waiting for the registry")
    return outbox.submit(title: "Undo \(operation.title)", requests)
  }
}
