import RegistryModel
import Testing

@testable import Console

@Suite struct DeregisterTests {
  static func key(_ ip: String, port: Int = 8080, isEphemeral: Bool = false) -> InstanceKey {
    InstanceKey(service: Incident.orderCore, address: InstanceAddress(ip: ip, port: port, isEphemeral: isEphemeral))
  }

  @Test func asksWithTheFocusOnCancel() {
    var person = Operator()
    person.openInstances(of: "order-core")
    person.press("Ctrl-D")
    #expect(person.screen.contains(">[ Cancel ]    ( Deregister )"))
    person.press("Enter")
    #expect(person.state.dialogs.isEmpty)
    #expect(person.submitted().isEmpty)
  }

  @Test func sendsOneCommandForEachTargetAndItsReason() {
    var person = Operator()
    person.openInstances(of: "order-core")
    person.press("Space Space Ctrl-D Tab")
    person.type("INC-4471")
    person.press("Tab Enter")
    let submitted = person.submitted().map(\.command)
    #expect(
      submitted == [
        Command(.deregister(Self.key("10.8.3.14")), by: .operator(name: "li.w"), reason: "INC-4471"),
        Command(.deregister(Self.key("10.8.3.15")), by: .operator(name: "li.w"), reason: "INC-4471"),
      ])
  }

  @Test func aHeldKeyDoesNotConfirm() {
    var person = Operator()
    person.openInstances(of: "order-core")
    person.press("Ctrl-D")
    for key in [Key.tab, .tab, .enter, .enter, .enter] {
      person.pass(milliseconds: 30)
      person.feed(.key(key))
    }
    #expect(person.submitted().isEmpty)
    #expect(person.state.dialogs.count == 1)
    person.press("Enter")
    #expect(person.submitted().count == 1)
  }

  @Test func pastedTextDoesNotConfirm() {
    var person = Operator()
    person.openInstances(of: "order-core")
    person.press("Ctrl-D Tab Tab")
    person.feed(.paste("\n\n"))
    #expect(person.submitted().isEmpty)
    #expect(person.state.dialogs.count == 1)
    person.press("Shift-Tab")
    person.feed(.paste("net\nbroken\u{1b}[31m"))
    person.press("Tab Enter")
    #expect(person.submitted().map(\.command.reason) == ["net broken [31m"])
  }

  @Test func saysWhatWillBeAndWhatComesBack() {
    var person = Operator()
    person.openInstances(of: "cart")
    let vital = InstanceVital(address: InstanceAddress(ip: "10.8.1.30", port: 8080), beatAge: 1_200)
    person.feed(.answer(.vitals(Incident.cart), .success(.vitals([vital]))))
    person.press("Ctrl-D")
    #expect(person.screen.contains("WILL COME BACK"))
    #expect(person.screen.contains("cart  up 4/4 -> 3/3   SEEN 4 -> 3   19 subscribers are told"))
  }

  @Test func warnsOfTheLastOnes() {
    var person = Operator()
    person.openInstances(of: "cart")
    person.press("* Ctrl-D")
    #expect(person.screen.contains("clients will be told of NO instance"))
  }

  @Test func namesWhatTheFilterHidesAndLeavesItOut() {
    var person = Operator()
    person.openInstances(of: "order-core")
    person.press("Space Space /")
    person.type("10.8.3.14")
    person.press("Enter Ctrl-D")
    #expect(person.screen.contains("hidden by the filter, left out: 10.8.3.15:8080"))
    person.press("h")
    #expect(person.screen.contains("hidden by the filter, also acted on: 10.8.3.15:8080"))
    person.press("h Tab Tab Enter")
    #expect(person.submitted().map(\.command.action) == [.deregister(Self.key("10.8.3.14"))])
  }

  @Test func nothingHappensWhenAllSelectedAreHidden() {
    var person = Operator()
    person.openInstances(of: "order-core")
    person.press("Space /")
    person.type("10.8.3.33")
    person.press("Enter Ctrl-D")
    #expect(person.state.dialogs.isEmpty)
    #expect(person.said?.contains("all 1 selected are hidden by the filter") == true)
  }

  @Test func aTargetThatLeftMeanwhileIsLeftOut() {
    var person = Operator()
    var incident = Incident.night()
    person.openInstances(of: "cart")
    person.press("Ctrl-D Tab Tab")
    let address = InstanceAddress(ip: "10.8.1.30", port: 8080)
    let before = incident.catalog[Incident.cart]?.instances[address]
    incident.commit(
      [.instance(Incident.cart, before: before, after: nil, cause: .deregistered)], by: Incident.client, secondsAgo: 0)
    person.see(incident)
    #expect(person.screen.contains("it left by itself"))
    person.press("Enter")
    #expect(person.submitted().isEmpty)
    #expect(person.said?.contains("gone already") == true)
  }
}
