import RegistryModel
import Testing

@testable import Console

@Suite struct WeightTests {
  static func key(_ number: Int) -> InstanceKey {
    InstanceKey(service: Incident.cart, address: InstanceAddress(ip: "10.8.1.\(number)", port: 8080))
  }

  static func weights(_ person: inout Operator) -> [InstanceKey: Double] {
    var weights: [InstanceKey: Double] = [:]
    for (_, command) in person.submitted() {
      if case .operate(let key, .setWeight(let weight)) = command.action { weights[key] = weight }
    }
    return weights
  }

  @Test(arguments: [
    ("0.2", 0.2), ("0", 0), ("12,5", 12.5), ("10000", 10_000), ("25%", 1), ("50%", 3), ("0%", 0),
  ])
  func takesNumbersAndShares(typed: String, expected: Double) {
    var person = Operator()
    person.openInstances(of: "cart")
    person.press("w")
    person.type(typed)
    person.press("Enter")
    let sent = Self.weights(&person)
    // What is the weight already is not sent.
    #expect(sent == (expected == 1 ? [:] : [Self.key(30): expected]))
  }

  @Test(arguments: ["10001", "1.2.3", "%", "100%"])
  func refusesWhatIsNoWeight(typed: String) {
    var person = Operator()
    person.openInstances(of: "cart")
    person.press("w")
    person.type(typed)
    person.press("Enter")
    #expect(person.submitted().isEmpty)
    #expect(person.state.dialogs.count == 1)
  }

  @Test func stepsAreStagedAndMoveEachTargetByItself() {
    var person = Operator()
    person.openInstances(of: "price")
    person.press("* - -")
    #expect(person.screen.contains("nothing sent yet"))
    person.press("Enter")
    let sent = Self.weights(&person)
    let price = { InstanceKey(service: Incident.price, address: InstanceAddress(ip: $0, port: 8080, isEphemeral: false)) }
    #expect(sent.count == 6)
    #expect(sent[price("10.8.6.3")] == 0)
    #expect(sent[price("10.8.6.4")] == 0.8)
  }

  @Test func escapeDiscards() {
    var person = Operator()
    person.openInstances(of: "cart")
    person.press("+ + Esc")
    #expect(person.submitted().isEmpty)
    #expect(person.cursorLine?.contains("1.00") == true)
  }

  @Test func typedAheadEnterDoesNotApply() {
    var person = Operator()
    person.openInstances(of: "cart")
    person.press("-")
    person.pass(milliseconds: 20)
    person.feed(.key(.enter))
    #expect(person.submitted().isEmpty)
  }

  @Test func equalsGoesBackToWhatTheClientSays() {
    var person = Operator()
    person.openInstances(of: "price")
    person.press("*")
    person.press("w = Enter")
    let price = InstanceKey(service: Incident.price, address: InstanceAddress(ip: "10.8.6.3", port: 8080, isEphemeral: false))
    #expect(Self.weights(&person) == [price: 1])
  }

  @Test func warnsWhenNothingIsLeftToChoose() {
    var person = Operator()
    person.openInstances(of: "cart")
    person.press("* w 0")
    #expect(person.screen.contains("the weights add up to nothing"))
  }
}
