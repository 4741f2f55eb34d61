import RegistryModel
import Testing

@testable import Console

@Suite struct PaletteTests {
  static func run(_ text: String, from keys: String = "") -> Operator {
    var person = Operator()
    if !keys.isEmpty { person.press(keys) }
    person.press(":")
    person.type(text)
    person.press("Enter")
    return person
  }

  @Test(arguments: [
    ("ns", Place.namespaces), ("svc", .services(namespace: nil)), ("svc risk", .services(namespace: "risk")),
    ("svc search", .services(namespace: "77ab19")), ("inst cart", .instances(Incident.cart)),
    ("order", .instances(Incident.orderCore)), ("orcr", .instances(Incident.orderCore)),
    ("sub pay", .subscribers(Incident.payGateway)), ("ev", .events), ("switch", .switches), ("push", .push(nil)),
    ("explain inven", .explain(.service(Incident.inventory))), ("timeline price", .timeline(.service(Incident.price))),
  ])
  func goesWhereItIsTold(text: String, place: Place) {
    #expect(Self.run(text).state.place == place)
  }

  @Test func findsInstancesAnywhere() {
    var person = Self.run("find 10.8.3.0/24")
    #expect(person.state.place.kind == .find)
    #expect(person.state.visit.list.rows.count == 29)
    person.press(":")
    person.type("find zone=b")
    person.press("Enter")
    #expect(person.state.visit.list.rows.count == 8)
  }

  @Test func aPatternThatIsWrongIsNotRun() {
    let person = Self.run("find 10.8.(")
    #expect(person.state.dialogs.count == 1)
    #expect(person.state.place == .pulse)
  }

  @Test func tabCompletes() {
    var person = Operator()
    person.press(":")
    person.type("nam")
    person.press("Tab")
    #expect(person.screen.contains(":ns"))
  }

  @Test func whatCannotBeDoneSaysWhyAndStays() {
    let person = Self.run("undo")
    #expect(person.state.dialogs.count == 1)
    #expect(person.said?.contains("nothing of this session can be undone") == true)
  }

  @Test func historyIsKeptAndSearched() {
    var person = Self.run("svc risk")
    #expect(person.state.settings.history == ["svc risk"])
    #expect(person.taken().contains { if case .saveSettings(let saved) = $0 { saved.history == ["svc risk"] } else { false } })
    person.press("n : Ctrl-R")
    #expect(person.screen.contains("Command: history"))
    person.press("Enter")
    #expect(person.state.place == .services(namespace: "risk"))
  }

  @Test func historyIsBounded() {
    var settings = ConsoleSettings()
    for number in 1...700 { settings.remember(command: "svc \(number)") }
    settings.remember(command: "svc 699")
    #expect(settings.history.count == ConsoleSettings.historyLimit)
    #expect(settings.history.prefix(2) == ["svc 699", "svc 700"])
  }

  @Test(arguments: [("oc", "order-core", "xoxc"), ("pay", "pay-gateway", "xpay"), ("ab", "ab", "abc")])
  func betterMatchesScoreHigher(pattern: String, better: String, worse: String) {
    let scores = (FuzzyMatch.score(pattern, in: better), FuzzyMatch.score(pattern, in: worse))
    #expect(scores.0 ?? 0 >= scores.1 ?? 0)
  }

  @Test func lettersMustComeInOrder() {
    #expect(FuzzyMatch.score("ba", in: "ab") == nil)
    #expect(FuzzyMatch.score("", in: "ab") == 0)
    #expect(FuzzyMatch.score("支付", in: "支付网关") != nil)
  }
}
