/// A filter at work on the rows of one screen. The state is held once: a copy for each of a hundred thousand rows would cost
/// more than the filter.
final class Sieve {
  private let evaluator: FilterEvaluator
  let state: ConsoleState

  init(_ filter: Filter, _ state: ConsoleState) {
    evaluator = FilterEvaluator(filter)
    self.state = state
  }

  var isTooCostly: Bool { evaluator.isTooCostly }

  func accepts<Screen: ListScreen>(_ subject: Screen.Subject, of screen: Screen) -> Bool {
    evaluator.accepts(SubjectRow(screen: screen, subject: subject, sieve: self))
  }
}

/// A row as the filter asks it.
private struct SubjectRow<Screen: ListScreen>: FilterRow {
  let screen: Screen
  let subject: Screen.Subject
  let sieve: Sieve

  func addColumns(to text: inout FilterText) {
    for column in screen.texts(subject, sieve.state) { text.add(column) }
  }

  func value(of field: String) -> FilterValue? { screen.value(of: field, subject, sieve.state) }
}
