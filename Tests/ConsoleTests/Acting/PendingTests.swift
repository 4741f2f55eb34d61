import RegistryModel
import Testing

@testable import Console

/// A change shows as done when the registry's commit has come, and not before.
@Suite struct PendingTests {
  static let address = InstanceAddress(ip: "10.8.1.30", port: 8080)
  static let row = RowKey.instance(InstanceKey(service: Incident.cart, address: address))

  static func takenOut() -> (person: Operator, id: CommandID) {
    var person = Operator()
    person.openInstances(of: "cart")
    person.press("o Enter")
    let submitted = person.submitted()
    #expect(
      submitted.map(\.command.action) == [.operate(InstanceKey(service: Incident.cart, address: address), .setEnabled(false))])
    return (person, submitted.first?.id ?? 0)
  }

  @Test func waitsForReceiptAndCommit() {
    var (person, id) = Self.takenOut()
    var incident = Incident.night()
    #expect(person.cursorLine?.hasPrefix("|>  ~ 10.8.1.30        8080  UP      on") == true)
    let revision = incident.catalog.revision + 1
    person.feed(.receipt(id, .success(Receipt(revision: revision, didChange: true))))
    #expect(person.state.isPending(Self.row))
    incident.change(Incident.cart, Self.address, cause: .operated, by: Incident.operators, secondsAgo: 0) {
      $0.overlay = Overlay(isEnabled: false, by: "li.w", at: Incident.now)
    }
    person.see(incident)
    #expect(!person.state.isPending(Self.row))
    #expect(person.cursorLine?.contains("UP      OFF") == true)
    #expect(person.said == "Take out 10.8.1.30:8080: done  (z undoes it)")
  }

  @Test func theCommitMayComeBeforeTheReceipt() {
    var (person, id) = Self.takenOut()
    var incident = Incident.night()
    incident.change(Incident.cart, Self.address, cause: .operated, by: Incident.operators, secondsAgo: 0) {
      $0.overlay = Overlay(isEnabled: false, by: "li.w", at: Incident.now)
    }
    person.see(incident)
    #expect(person.state.isPending(Self.row))
    person.feed(.receipt(id, .success(Receipt(revision: incident.catalog.revision, didChange: true))))
    #expect(!person.state.isPending(Self.row))
  }

  @Test func aRefusalIsShownWithItsReason() {
    var (person, id) = Self.takenOut()
    person.feed(.receipt(id, .failure(.storeFailed("disk full"))))
    #expect(!person.state.isPending(Self.row))
    #expect(person.screen.contains("Take out 10.8.1.30:8080: refused: not stored: disk full"))
    #expect(person.cursorLine?.contains("UP      on") == true)
  }

  @Test func aRegistryThatStartedAnewEndsTheWaiting() {
    var (person, id) = Self.takenOut()
    person.feed(.receipt(id, .success(Receipt(revision: 999_999, didChange: true))))
    #expect(person.state.isPending(Self.row))
    person.feed(.feed(.snapshot(Incident.night().snapshot)))
    #expect(!person.state.isPending(Self.row))
  }

  @Test func whatWasDoneIsUndone() {
    var (person, id) = Self.takenOut()
    person.feed(.receipt(id, .success(Receipt(revision: 0, didChange: true))))
    person.press("z")
    let undo = person.submitted().map(\.command)
    #expect(
      undo == [
        Command(
          .operate(InstanceKey(service: Incident.cart, address: Self.address), .setEnabled(true)), by: .operator(name: "li.w"),
          reason: "undo: Take out 10.8.1.30:8080")
      ])
    person.press("z")
    #expect(person.said?.contains("nothing of this session can be undone") == true)
  }

  @Test func aThousandTargetsGoOutInTurn() {
    var outbox = Outbox()
    let requests = (1...200).map { number in
      let key = InstanceKey(service: Incident.cart, address: InstanceAddress(ip: "10.0.0.\(number)", port: 1))
      return Outbox.Request(target: .instance(key), command: Command(.deregister(key), by: .operator(name: "x")))
    }
    var open = outbox.submit(title: "Deregister", requests)
    #expect(open.count == Outbox.width)
    var done = 0
    var finished: [Operation] = []
    while let effect = open.popLast() {
      guard case .submit(let id, _) = effect else { continue }
      let (more, ended) = outbox.receive(id, .success(Receipt(revision: 1, didChange: true)), seen: 1)
      open += more
      finished += ended
      done += 1
    }
    #expect(done == 200)
    #expect(finished.map(\.done) == [200])
    #expect(outbox.isEmpty)
  }
}
