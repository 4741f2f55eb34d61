import RegistryModel
import Testing

@testable import Console

@Suite struct NavigationTests {
  @Test func entersAndComesBackToTheSameRow() {
    var person = Operator()
    person.press("0 j j j Enter")
    #expect(person.state.place == .instances(Incident.inventory))
    person.press("Esc")
    #expect(person.state.place == .services(namespace: nil))
    #expect(person.state.visit.list.cursor == .service(Incident.inventory))
  }

  @Test func escapeLetsGoOfFilterThenSelectionThenView() {
    var person = Operator()
    person.press("0 Enter Space /")
    person.type("10.8")
    person.press("Enter Esc")
    #expect(person.state.visit.list.filter == nil)
    #expect(!person.state.visit.list.selected.isEmpty)
    person.press("Esc")
    #expect(person.state.visit.list.selected.isEmpty)
    #expect(person.state.place.kind == .instances)
    person.press("Esc")
    #expect(person.state.place.kind == .services)
  }

  @Test func escapeNeverLeavesTheProgramAndQAsksOnce() {
    var person = Operator()
    person.press("Esc Esc Esc")
    #expect(person.taken() == [])
    #expect(person.state.place == .pulse)
    person.press("q")
    #expect(person.taken() == [])
    #expect(person.state.dialogs.count == 1)
    person.press("q")
    #expect(person.taken() == [.quit])
  }

  @Test func historyGoesBackAndForth() {
    var person = Operator()
    person.press("1 Enter n")
    #expect(person.state.place == .namespaces)
    person.press("[")
    #expect(person.state.place == .instances(Incident.orderCore))
    person.press("]")
    #expect(person.state.place == .namespaces)
    person.press("1 -")
    #expect(person.state.place == .namespaces)
    person.press("-")
    #expect(person.state.place == .services(namespace: "public"))
  }

  @Test func digitsChooseANamespaceFromAnywhere() {
    var person = Operator()
    person.press("1 Enter 0")
    #expect(person.state.place == .services(namespace: nil))
    #expect(person.state.trail.map(\.place) == [.pulse, .services(namespace: nil)])
    person.press("9")
    #expect(person.state.place == .services(namespace: nil))
    #expect(person.screen.contains("there is no namespace 9"))
  }

  @Test func anUnboundKeySaysSo() {
    var person = Operator()
    person.press("1 Ctrl-K")
    #expect(person.screen.contains("Ctrl-K is not bound"))
    #expect(person.taken().allSatisfy { if case .submit = $0 { false } else { true } })
  }
}
