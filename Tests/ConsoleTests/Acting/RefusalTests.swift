import RegistryModel
import Testing

@testable import Console

/// A key that cannot do its work says why.
@Suite struct RefusalTests {
  @Test func whatTheSessionCannotDoIsDimAndSaysWhy() {
    let capabilities = Capabilities(
      server: "Nacos 1.4.8", address: "http://10.0.0.1:8848/nacos", isEmbedded: false,
      refusals: [.mark: "Nacos keeps no notes", .pushState: "Nacos does not tell"])
    var person = Operator(capabilities: capabilities)
    person.openInstances(of: "cart")
    person.press("M")
    #expect(person.said == "M note for operators: Nacos keeps no notes")
    person.press("s")
    #expect(person.said?.hasSuffix("Nacos does not tell") == true)
    let hints = person.frame.row(29)
    let dimmed = hints.filter { $0.style.role == .dim }.map(\.glyph.text).joined()
    #expect(dimmed.contains("<M>note"))
    #expect(!dimmed.contains("<o>on/off"))
  }

  @Test func healthIsTheCheckersBusiness() {
    var person = Operator()
    person.openInstances(of: "cart")
    person.press("m")
    #expect(person.said?.contains("health by hand needs checker NONE") == true)
    #expect(person.state.dialogs.isEmpty)
  }

  @Test func healthByHandWhereNobodyProbes() {
    var incident = Incident.night()
    incident.commit(
      [
        .cluster(
          Incident.cart, name: InstanceAddress.defaultCluster, before: nil, after: ClusterSettings(checker: .none))
      ], by: Incident.operators, secondsAgo: 5)
    var person = Operator(snapshot: incident.snapshot)
    person.openInstances(of: "cart")
    person.press("m")
    person.press("Enter")
    #expect(
      person.submitted().map(\.command.action) == [
        .setHealth(
          Incident.cart, cluster: InstanceAddress.defaultCluster, ip: "10.8.1.30", port: 8080, isHealthy: false)
      ])
  }

  @Test func aLostLinkLocksAndTheKeyRTriesAtOnce() {
    var person = Operator()
    person.openInstances(of: "cart")
    let lost = LinkState.lost(
      since: Incident.ago(0), why: "connection refused", attempt: 2,
      retryAt: WallTime(milliseconds: Incident.now.milliseconds + 60_000))
    person.feed(.feed(.link(lost)))
    person.wait(milliseconds: 47_000)
    person.forget()
    #expect(person.lines[0].contains("STALE"))
    #expect(person.lines[1].contains("LINK LOST"))
    #expect(person.lines[1].contains("below is OLD"))
    person.press("o")
    #expect(person.state.dialogs.isEmpty)
    #expect(person.said?.contains("actions are locked") == true)
    person.press("r")
    #expect(person.taken() == [.reconnect])
  }

  @Test func aDialogThatIsOpenWhenTheLinkGoesSendsNothing() {
    var person = Operator()
    person.openInstances(of: "cart")
    person.press("o")
    person.feed(
      .feed(.link(.lost(since: Incident.now, why: "gone", attempt: 1, retryAt: Incident.now))))
    person.press("Enter")
    #expect(person.submitted().isEmpty)
    #expect(person.said?.contains("not sent") == true)
  }

  @Test func theLinkComesBackWithCursorAndSelection() {
    var person = Operator()
    person.openInstances(of: "cart")
    person.press("Space j")
    let cursor = person.state.visit.list.cursor
    person.feed(.feed(.link(.lost(since: Incident.now, why: "gone", attempt: 1, retryAt: Incident.now))))
    person.feed(.feed(.snapshot(Incident.night().snapshot)))
    #expect(person.state.mirror.loss == nil)
    #expect(person.said == "the link is back")
    #expect(person.lines[1].contains("BROKEN"))
    person.wait(milliseconds: 1_000)
    #expect(person.state.visit.list.cursor == cursor)
    #expect(person.state.visit.list.selected.count == 1)
  }

  @Test func theFirstHealthyOnesMayBeTakenOutAtOnceTheLastMayNot() {
    var person = Operator()
    person.openInstances(of: "cart")
    person.press("o")
    #expect(person.screen.contains(">[ Take out ]"))
    person.press("Esc * o")
    #expect(person.screen.contains(">[ Cancel ]"))
  }

  @Test func aRowThatJustCameUnderTheCursorIsNotActedOn() {
    var (person, incident) = CursorTests.inCart()
    let first = InstanceAddress(ip: "10.8.1.30", port: 8080)
    let before = incident.catalog[Incident.cart]?.instances[first]
    person.feed(
      .feed(CursorTests.commit(after: &incident, [.instance(Incident.cart, before: before, after: nil, cause: .expired)])))
    person.pass(milliseconds: 50)
    person.feed(.key(.control("d")))
    #expect(person.state.dialogs.isEmpty)
    #expect(person.said?.contains("another row had just come under the cursor") == true)
    person.press("Ctrl-D")
    #expect(person.state.dialogs.count == 1)
  }
}
