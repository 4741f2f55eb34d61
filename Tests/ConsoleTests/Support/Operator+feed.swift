import RegistryModel

@testable import Console

extension Operator {
  /// Feeds the newest commit of an incident that the console has not seen yet.
  mutating func see(_ incident: Incident) {
    if let commit = incident.commits.last { feed(.feed(.commits([commit]))) }
  }

  /// Goes to the instances of a service by its name.
  mutating func openInstances(of name: String) {
    press(":")
    type("inst \(name)")
    press("Enter")
    forget()
  }

  /// The commands among the effects since the last time.
  mutating func submitted() -> [(id: CommandID, command: Command)] {
    taken().compactMap { if case .submit(let id, let command) = $0 { (id, command) } else { nil } }
  }

  /// The list as it is painted.
  var list: ListState {
    var prepared = state
    prepared.prepare()
    return prepared.visit.list
  }

  /// The line with the cursor of the list.
  var cursorLine: String? { lines.first { $0.hasPrefix("|>") || $0.hasPrefix(">") } }

  /// What is said above the hints.
  var said: String? { state.flash?.text }

  /// Lets so many milliseconds pass without a tick.
  mutating func pass(milliseconds: Int64) {
    moment.wall.milliseconds += milliseconds
    moment.monotonic.milliseconds += milliseconds
  }
}
