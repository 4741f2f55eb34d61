import Foundation
import RegistryModel
import Testing

@testable import RegistryStore
import TestSupport

/// One bit of the file turned over: either somebody is told, or nothing of what was stored is another
/// (reliability R03).
@Suite struct BitFlipTests {
  /// What a start made of the file.
  private enum Outcome: Equatable {
    case refused
    case reported
    case same
    case different
  }

  private let fixture: StoreFixture

  init() async throws {
    fixture = try StoreFixture()
    for number in 1...60 {
      var instance = Samples.instance("10.0.0.\(number)")
      instance.registeredMetadata = ["number": "\(number)", "text": String(repeating: "t", count: number * 3)]
      await fixture.commit(
        .registered(instance, in: ServiceKey(group: "g", name: "service-\(number % 7)")))
    }
    await fixture.commit(
      .namespace(id: "prod", before: nil, after: Samples.namespace), .registered(Samples.laden),
      .service(Samples.service, before: nil, after: Samples.settings),
      .switches(entry: "batch", before: "", after: "", all: Samples.switches))
  }

  @Test func noFlippedBitGoesUnnoticed() throws {
    let expected = Content(try fixture.load())
    fixture.store.close()

    let whole = try Data(contentsOf: URL(fileURLWithPath: fixture.database))
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed: seed)
    var outcomes: [Outcome: Int] = [:]
    for _ in 1...300 {
      let offset = Int.random(in: 0..<whole.count, using: &random)
      let bit = Int.random(in: 0..<8, using: &random)
      var data = whole
      data[offset] ^= 1 << bit
      try data.write(to: URL(fileURLWithPath: fixture.database))
      let outcome = start(fixture, expecting: expected)
      #expect(outcome != .different, "seed \(seed): bit \(bit) of byte \(offset) went unnoticed")
      outcomes[outcome, default: 0] += 1
    }
    // Some of them hit what matters, and some do not.
    #expect(outcomes[.refused, default: 0] + outcomes[.reported, default: 0] > 20, "\(outcomes)")
    #expect(outcomes[.same, default: 0] > 20, "\(outcomes)")
  }

  /// A row that is out of order must not hide others from those who look for them by their keys.
  @Test func noMovedKeyGoesUnnoticed() throws {
    let expected = Content(try fixture.load())
    fixture.store.close()
    let whole = try Data(contentsOf: URL(fileURLWithPath: fixture.database))
    let name = Data("g@@service-".utf8)
    var outcomes: [Outcome: Int] = [:]
    var start = whole.startIndex
    while let found = whole.range(of: name, in: start..<whole.endIndex) {
      start = found.upperBound
      for digit in "09".utf8 {
        var data = whole
        data[found.upperBound] = digit
        try data.write(to: URL(fileURLWithPath: fixture.database))
        let outcome = self.start(fixture, expecting: expected)
        #expect(outcome != .different, "the key at byte \(found.lowerBound) went unnoticed")
        outcomes[outcome, default: 0] += 1
      }
    }
    #expect(outcomes[.refused, default: 0] + outcomes[.reported, default: 0] > 60, "\(outcomes)")
  }

  private func start(_ fixture: StoreFixture, expecting expected: Content) -> Outcome {
    let told = Collected<StoreReport>()
    do {
      let store = try SQLiteStore(directory: fixture.folder.file("data")) { told.add($0) }
      defer { store.close() }
      let content = Content(try store.load(at: StoreFixture.now))
      if !told.all.isEmpty { return .reported }
      return content == expected ? .same : .different
    } catch {
      return .refused
    }
  }
}

/// A stored state that can be compared.
private struct Content: Equatable {
  var state: [String]

  init(_ stored: StoredState) {
    state = ["\(stored.revision) \(stored.switches?.storedText ?? "none")"]
    state += stored.namespaces.map(\.storedText)
    for service in stored.services {
      state.append("\(service.key) \(service.createdAt) \(service.settings.storedText)")
      state += service.clusters.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.storedText)" }
    }
    // Halves of them are read at once.
    state += stored.instances.map { "\($0.service) \($0.instance.storedText)" }.sorted()
    state += stored.notes.map { "\($0.key) \($0.overlay?.storedText ?? "none") \($0.mark?.storedText ?? "none")" }
  }
}
