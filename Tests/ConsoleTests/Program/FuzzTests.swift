import RegistryModel
import Testing

@testable import Console
import TestSupport

/// Whatever is pressed and whatever happens: nothing traps, every row is as wide as the screen, the cursor keeps its object,
/// and nothing is sent that a dialog has not asked about.
@Suite struct FuzzTests {
  static let keys: [Key] =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:/?*[]-+=<>, %".map { Key.character($0) }
    + "abcdefghklnoprsuwxy\\ ".map { Key.control($0) }
    + [
      .up, .down, .left, .right, .pageUp, .pageDown, .home, .end, .enter, .enter, .escape, .escape, .tab, .backTab, .backspace,
      .delete, .insert, .shiftUp, .shiftDown,
    ] + (1...12).map { Key.function($0) }

  static func step(_ person: inout Operator, _ random: inout SeededRandom, _ commits: inout RandomCommits) {
    person.pass(milliseconds: Int64.random(in: 0...900, using: &random))
    switch Int.random(in: 0..<10, using: &random) {
    case 0...5:
      let hadDialog = !person.state.dialogs.isEmpty
      let key = keys.randomElement(using: &random) ?? .enter
      person.feed(.key(key))
      for (id, command) in person.submitted() {
        // Undo alone sends without asking, what was asked about before.
        #expect(hadDialog || command.reason?.hasPrefix("undo") == true, "\(key) sent \(command)")
        let refused = Bool.random(using: &random)
        let receipt = Receipt(revision: commits.incident.catalog.revision, didChange: true)
        person.feed(.receipt(id, refused ? .failure(.unavailable("no\u{1b}")) : .success(receipt)))
      }
    case 6...7: person.feed(.feed(.commits([commits.next()])))
    case 8: happen(&person, &random, commits)
    default: person.wait(milliseconds: 1_000)
    }
  }

  static func happen(_ person: inout Operator, _ random: inout SeededRandom, _ commits: RandomCommits) {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: person.feed(.paste("pasted\n\u{1b}[0m:q\n"))
    case 1:
      let size = Size(rows: Int.random(in: 0...60, using: &random), columns: Int.random(in: 0...200, using: &random))
      person.feed(.resize(size))
    case 2: person.feed(.feed(.snapshot(commits.incident.snapshot)))
    case 3:
      let lost = LinkState.lost(since: Incident.now, why: "x\u{9b}31m", attempt: 3, retryAt: Incident.now)
      person.feed(.feed(.link(lost)))
    case 4: person.feed(.feed(.link(.live(age: 10, roundTrip: 900))))
    case 5:
      var digest = PushDigest()
      digest.touchedMany = true
      digest.acknowledged = UInt64.random(in: 0...1_000, using: &random)
      person.feed(.feed(.push(digest)))
    case 6:
      let service = Incident.orderCore
      let page = SubscriberPage(subscribers: Self.subscribers(of: service), total: 9)
      person.feed(.answer(.subscribers(service, offset: 0, limit: SubscribersScreen.limit), .success(.subscribers(page))))
    default: person.feed(.answer(.metrics, .failure(.unavailable("no"))))
    }
  }

  static func subscribers(of service: ServiceKey) -> [SubscriberState] {
    (1...5).map { number in
      let subscriber = Subscriber(
        service: service, clusters: "", ip: "10.9.0.\(number)", port: 44_044, agent: "Nacos-Java-Client:v1.4.8", app: "web")
      var state = SubscriberState(subscriber: subscriber, subscribedAt: Incident.ago(100))
      state.outcome = number == 1 ? .failed : .acknowledged
      state.pushedRevision = 200
      return state
    }
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func nothingTrapsAndEveryRowFits(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var commits = RandomCommits(seed: seed)
    var person = Operator(glyphs: seed % 2 == 0 ? .utf8 : .ascii)
    for _ in 0..<250 {
      Self.step(&person, &random, &commits)
      let frame = person.frame
      #expect(frame.size == Size(rows: max(0, person.state.size.rows), columns: max(0, person.state.size.columns)))
      for (row, line) in frame.lines.enumerated() {
        #expect(TextWidth.of(line) == frame.size.columns, "seed \(seed) row \(row): \(line)")
        #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7f...0x9f).contains($0.value) && $0 != "\u{202e}" })
      }
    }
  }

  @Test(arguments: 20...27 as ClosedRange<UInt64>)
  func theCursorKeepsItsObject(seed: UInt64) {
    var commits = RandomCommits(seed: seed)
    var person = Operator()
    person.press("0 j j j j")
    if seed % 2 == 0 { person.press("Enter j j") }
    for _ in 0..<150 {
      let before = person.state.visit.list.cursor
      let change = commits.next()
      person.feed(.feed(.commits([change])))
      _ = person.frame
      // Frames are made from a copy; a key brings the state itself up to date.
      person.feed(.key(.control("l")))
      let after = person.state.visit.list.cursor
      if let before, person.state.screen.exists(before, person.state) { #expect(after == before) }
    }
  }
}
