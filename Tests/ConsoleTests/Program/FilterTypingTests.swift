import RegistryModel
import Testing

@testable import Console

@Suite struct FilterTypingTests {
  static func services(_ filter: String) -> [String] {
    var person = Operator()
    person.press("0 /")
    person.type(filter)
    person.press("Enter")
    return person.state.visit.list.rows.map(\.key.name).sorted()
  }

  @Test(arguments: [
    ("order|pay", ["order-core", "pay-gateway"]), ("state=gone", ["rule-engine"]),
    ("up<50 state=broken", ["order-core", "pay-gateway"]),
    ("lie", ["inventory", "order-core", "pay-gateway", "price"]), ("note", ["order-core"]),
    ("ov", ["invoice-legacy", "order-core", "price"]), ("ns=search", ["suggest"]), ("-f odcr", ["order-core"]),
    ("down<2m", ["rule-engine", "suggest"]),
  ])
  func findsServices(filter: String, expected: [String]) {
    #expect(Self.services(filter) == expected)
  }

  @Test func inverseLeavesOut() {
    #expect(!Self.services("!order").contains("order-core"))
    #expect(Self.services("!order").count == 16)
  }

  @Test func aPatternThatIsWrongLeavesTheLastGoodOne() {
    var person = Operator()
    person.press("0 /")
    person.type("order(")
    #expect(person.lines[29].contains("order("))
    #expect(person.state.visit.list.filter?.text == "order")
    #expect(person.frame.row(29).contains { $0.style.role == .inputInvalid })
    person.type("a|c)")
    #expect(person.state.visit.list.filter?.text == "order(a|c)")
  }

  @Test func escapeBringsBackWhatWas() {
    var person = Operator()
    person.press("0 j j /")
    person.type("coupon")
    person.press("Esc")
    #expect(person.state.visit.list.filter == nil)
    #expect(person.cursorLine?.contains("rule-engine") == true)
  }

  @Test func instancesByNetworkWeightAndBeat() {
    var person = Operator()
    person.openInstances(of: "cart")
    let vitals = (30...33).map { number in
      InstanceVital(address: InstanceAddress(ip: "10.8.1.\(number)", port: 8080), beatAge: number == 31 ? 12_000 : 800)
    }
    person.feed(.answer(.vitals(Incident.cart), .success(.vitals(vitals))))
    person.press("/")
    person.type("beat>15s")
    #expect(person.frame.text.contains("0 of 4"))
    // Time alone brings it in: no commit comes.
    person.wait(milliseconds: 4_000)
    #expect(person.screen.contains("10.8.1.31"))
    #expect(!person.screen.contains("10.8.1.30  "))
  }

  @Test func hitsStandOut() {
    var person = Operator()
    person.press("0 /")
    person.type("core")
    person.press("Enter")
    person.press("G")
    let hits = (0..<30).map { row in person.frame.row(row).filter { $0.style.over == .match }.map(\.glyph.text).joined() }
    #expect(hits.filter { $0 == "core" || $0.hasPrefix("core") }.isEmpty == false)
  }

  @Test func faultsOnly() {
    var person = Operator()
    person.press("0 f")
    #expect(person.list.rows.count == 7)
    person.press("f")
    #expect(person.list.rows.count == 17)
  }
}
