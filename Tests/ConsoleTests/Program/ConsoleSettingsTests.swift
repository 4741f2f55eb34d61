import Testing

@testable import Console

@Suite struct ConsoleSettingsTests {
  @Test func anUnknownColumnSortsByTheDefault() {
    var person = Operator()
    person.press("0")
    #expect(person.state.screen.sort(ListState(), person.state) == SortChoice(column: "state"))
    var list = ListState()
    list.sort = SortChoice(column: "nonsense")
    #expect(person.state.screen.sort(list, person.state) == SortChoice(column: "state"))
  }

  @Test func ordersAreRememberedByView() {
    var person = Operator()
    person.press("0 N n 0")
    #expect(person.state.screen.sort(person.state.visit.list, person.state).column == "name")
    person.press("I")
    #expect(person.state.settings.sorts[.services] == SortChoice(column: "name", isDescending: true))
  }
}
