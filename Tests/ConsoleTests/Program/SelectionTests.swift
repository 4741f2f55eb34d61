import RegistryModel
import Testing

@testable import Console

@Suite struct SelectionTests {
  @Test func spaceSelectsAndGoesOn() {
    var person = Operator()
    person.openInstances(of: "order-core")
    person.press("Space Space")
    #expect(person.state.visit.list.selected.count == 2)
    #expect(person.state.visit.list.cursorIndex == 2)
    person.press("k Space")
    #expect(person.state.visit.list.selected.count == 1)
  }

  @Test func aRangeGoesFromTheLastSelectedOne() {
    var person = Operator()
    person.openInstances(of: "order-core")
    person.press("Space j j j Ctrl-Space")
    #expect(person.state.visit.list.selected.count == 5)
  }

  @Test func allThatIsShownAndNothing() {
    var person = Operator()
    person.openInstances(of: "order-core")
    person.press("/")
    person.type("10.8.3.3")
    person.press("Enter *")
    #expect(person.state.visit.list.selected.count == 4)
    person.press("U")
    #expect(person.state.visit.list.selected.isEmpty)
    person.press("*")
    person.feed(.key(.control("\\")))
    #expect(person.state.visit.list.selected.isEmpty)
  }

  @Test func whatIsGoneIsNoLongerSelected() {
    var (person, incident) = CursorTests.inCart()
    person.press("*")
    let first = InstanceAddress(ip: "10.8.1.30", port: 8080)
    let before = incident.catalog[Incident.cart]?.instances[first]
    person.feed(
      .feed(CursorTests.commit(after: &incident, [.instance(Incident.cart, before: before, after: nil, cause: .expired)])))
    person.press("Ctrl-L")
    #expect(person.state.visit.list.selected.count == 3)
  }

  @Test func namesAreCopiedSafely() {
    var incident = Incident()
    incident.register(ServiceKey(group: "G", name: "evil\u{1b}[2J"), network: "10.0.0", first: 1, count: 1, secondsAgo: 1)
    var person = Operator(snapshot: incident.snapshot)
    person.press("0 c")
    #expect(person.taken().contains(.copy("evil\\x1b[2J")))
  }
}
