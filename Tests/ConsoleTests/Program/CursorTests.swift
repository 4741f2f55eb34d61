import RegistryModel
import Testing

@testable import Console

@Suite struct CursorTests {
  static func inCart() -> (person: Operator, incident: Incident) {
    var person = Operator()
    person.press(": ")
    person.type("inst cart")
    person.press("Enter")
    return (person, Incident.night())
  }

  static func commit(after incident: inout Incident, _ changes: [Change]) -> FeedEvent {
    let revision = incident.catalog.revision + 1
    incident.commit(changes, by: .probe, secondsAgo: 0)
    _ = revision
    return .commits([incident.commits[incident.commits.count - 1]])
  }

  @Test func staysOnItsInstanceWhateverComesBefore() {
    var (person, incident) = Self.inCart()
    person.press("j j")
    let before = person.state.visit.list.cursor
    for number in 1...3 {
      let instance = Instance(address: InstanceAddress(ip: "10.8.0.\(number)", port: 8080), registeredAt: Incident.now)
      person.feed(
        .feed(Self.commit(after: &incident, [.instance(Incident.cart, before: nil, after: instance, cause: .registered)])))
    }
    #expect(person.lines.contains { $0.contains("> ") && $0.contains("10.8.1.32") })
    person.press("j k")
    #expect(person.state.visit.list.cursor == before)
  }

  @Test func anotherRowThatComesUnderTheCursorIsSafeForAMoment() {
    var (person, incident) = Self.inCart()
    let first = person.state.visit.list.cursor?.instance
    let instance = incident.catalog[Incident.cart]?.instances[first?.address ?? InstanceAddress(ip: "", port: 0)]
    person.feed(
      .feed(Self.commit(after: &incident, [.instance(Incident.cart, before: instance, after: nil, cause: .expired)])))
    person.feed(.key(.down))
    #expect(person.state.cursorTaken != nil)
    #expect(person.state.visit.list.cursor?.instance != first)
  }

  @Test func aWindowThatIsScrolledKeepsItsLine() {
    var person = Operator(rows: 24, columns: 80)
    var incident = Incident.night()
    person.press("0 G")
    let line = person.lines.firstIndex { $0.contains("> ") && $0.contains("old-report") }
    let service = ServiceKey(group: ServiceKey.defaultGroup, name: "a-new-one")
    let instance = Instance(address: InstanceAddress(ip: "10.1.1.1", port: 1), isHealthy: false, registeredAt: Incident.now)
    person.feed(
      .feed(
        Self.commit(
          after: &incident,
          [
            .service(service, before: nil, after: ServiceSettings()),
            .instance(service, before: nil, after: instance, cause: .registered),
          ])))
    #expect(line != nil)
    #expect(person.lines.firstIndex { $0.contains("> ") && $0.contains("old-report") } == line)
  }
}
