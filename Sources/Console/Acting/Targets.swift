import RegistryModel

extension ConsoleState {
  /// What acting keys are about: what is selected and shown, else the row under the cursor. What is selected but hidden by
  /// the filter is named apart.
  var targets: (shown: [InstanceKey], hidden: [InstanceKey]) {
    let list = visit.list
    guard !list.selected.isEmpty else { return (list.cursor?.instance.map { [$0] } ?? [], []) }
    let shown = list.rows.compactMap { list.selected.contains($0.key) ? $0.key.instance : nil }
    let hidden = list.selected.filter { !list.contains($0) }.compactMap(\.instance).sorted()
    return (shown, hidden)
  }

  /// Why there is nothing to act on.
  static func noTarget(_ state: ConsoleState) -> String? {
    let list = state.visit.list
    if list.selected.isEmpty { return list.cursor?.instance == nil ? "no instance is under the cursor" : nil }
    return list.selected.contains { list.contains($0) } ? nil : "all \(list.selected.count) selected are hidden by the filter"
  }

  /// Sends a plan. Its rows are pending from now on.
  mutating func carryOut(_ plan: ChangePlan, reason: String) -> [ConsoleEffect] {
    if let why = writeRefusal {
      say("\(plan.title): not sent: \(why)", .bad)
      return []
    }
    let reason = reason.trimmed
    let requests = plan.requests(catalog, by: environment.operatorName, reason: reason.isEmpty ? nil : reason)
    guard !requests.isEmpty else {
      say("\(plan.title): they are gone already", .bad)
      return []
    }
    say("\(plan.title): sent, waiting for the registry")
    return outbox.submit(title: plan.title, requests)
  }

  mutating func plan(_ kind: ChangePlan.Kind) -> [ConsoleEffect] {
    let targets = targets
    let plan = ChangePlan(kind: kind, targets: targets.shown, hidden: targets.hidden)
    return open(PlanDialog(plan, self))
  }
}
