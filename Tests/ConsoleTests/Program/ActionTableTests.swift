import Testing

@testable import Console

@Suite struct ActionTableTests {
  @Test func everyActionIsThereOnce() {
    #expect(Set(ActionTable.all.map(\.id)).count == ActionTable.all.count)
  }

  @Test func noKeyMeansTwoThingsAtOnePlace() {
    for kind in PlaceKind.allCases {
      var taken: [Key: ActionID] = [:]
      for action in ActionTable.all where action.applies(at: kind) && action.places != nil {
        for key in action.keys {
          #expect(taken[key] == nil, "\(kind): \(KeyName.text(key)) is \(action.id) and \(String(describing: taken[key]))")
          taken[key] = action.id
        }
      }
    }
  }

  @Test func keysThatKillElsewhereAreNotBound() {
    for key in [Key.control("k"), .delete, .backspace] { #expect(!ActionTable.isBound(key)) }
  }

  @Test func lettersThatSortAreNoActions() {
    for place in [Place.services(namespace: nil), .instances(Incident.cart), .subscribers(nil), .events, .namespaces, .pulse] {
      for column in place.screen.sortable {
        guard let letter = column.letter else { continue }
        #expect(ActionTable.action(for: .character(letter), at: place.kind) == nil, "\(place.kind) \(letter)")
      }
    }
  }

  @Test func whatChangesTheRegistryNeedsACapability() {
    for action in ActionTable.all where action.section == .acting {
      #expect(action.changesRegistry)
      #expect(action.needs != nil)
    }
  }

  @Test func helpListsEveryKeyOfTheView() {
    var person = Operator(rows: 60, columns: 200)
    person.press("0 Enter ?")
    let screen = person.screen
    for action in ActionTable.all where action.applies(at: .instances) && !action.keys.isEmpty {
      #expect(screen.contains(action.title), "\(action.id)")
    }
    person.type("deregister")
    #expect(person.screen.contains("Ctrl-D"))
    #expect(!person.screen.contains("page down"))
  }
}
