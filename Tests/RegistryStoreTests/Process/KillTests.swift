import Foundation
import RegistryModel
import TestSupport
import Testing

@testable import RegistryStore

/// What was answered is there after the process was killed (reliability R01, G2).
@Suite struct KillTests {
  @Test func whatWasAnsweredSurvivesAKill() async throws {
    let rounds = 25
    let folder = try TemporaryFolder(.disk)
    let path = folder.file("data")
    var answered: Set<Int> = []
    for round in 0..<rounds {
      let first = round * 100_000
      let child = try Child("append", path, "\(first)")
      // Now and then before it has begun, else amid its work.
      let target = round.isMultiple(of: 8) ? 0 : Int.random(in: 1...600)
      try await wait(for: "answers") { child.lineCount(beginningWith: "stored") >= target }
      try await child.kill()
      #expect(child.lines(beginningWith: "refused").isEmpty)
      #expect(child.lines(beginningWith: "cannot").isEmpty)
      answered.formUnion(child.lines(beginningWith: "stored").compactMap { Int($0.dropFirst(7)) })

      let reports = Collected<StoreReport>()
      let store = try SQLiteStore(directory: path) { reports.add($0) }
      let state = try store.load(at: StoreFixture.now)
      store.close()
      // It may have died amid the writing of a transaction.
      #expect(reports.all.allSatisfy { if case .logCut(_, 0, nil) = $0 { true } else { false } }, "\(reports.all)")
      let found = Set(state.instances.map { Self.number(of: $0.instance) })
      #expect(answered.subtracting(found).isEmpty, "round \(round)")
      // What was on its way when it died may be there or not.
      #expect(found.count <= answered.count + (round + 1) * 16)
      #expect(state.instances.allSatisfy { Self.isWhole($0.service, $0.instance) })
      #expect(state.revision >= (answered.max().map { UInt64($0) + 1 } ?? 0))
    }
    #expect(answered.count > rounds)
  }

  /// The number that `store-child` made an instance of.
  private static func number(of instance: Instance) -> Int { Int(instance.registeredAt.milliseconds - 1_700_000_000_000) }

  private static func isWhole(_ service: ServiceKey, _ instance: Instance) -> Bool {
    let number = number(of: instance)
    return service.name == "service-\(number / 100)" && instance.registeredMetadata["zone"] == "z\(number % 7)"
      && instance.registeredMetadata["version"] == "1.4.\(number % 13)" && instance.registeredMetadata.count == 2
  }

  @Test func recordsThatWereAnsweredSurviveAKill() async throws {
    let folder = try TemporaryFolder(.disk)
    var answered: Set<Int> = []
    for round in 0..<8 {
      let child = try Child("write", folder.file("data"), "\(round * 100_000)")
      let target = Int.random(in: 1...300)
      try await wait(for: "answers") { child.lineCount(beginningWith: "stored") >= target }
      try await child.kill()
      #expect(child.lines(beginningWith: "refused").isEmpty)
      answered.formUnion(child.lines(beginningWith: "stored").compactMap { Int($0.dropFirst(7)) })

      let store = try SQLiteStore(directory: folder.file("data")) { _ in }
      let records = try store.load(at: StoreFixture.now).records
      #expect(answered.subtracting(records.compactMap { Int($0.key.name) }).isEmpty, "round \(round)")
      for record in records {
        let number = Int(record.key.name) ?? 0
        #expect(record.value == String(repeating: "\(number) ", count: number % 2_000))
      }
      let newest = try #require(records.max { (Int($0.key.name) ?? 0) < (Int($1.key.name) ?? 0) })
      #expect(try await store.document(newest.key) == newest.value)
      store.close()
    }
  }

  @Test func aSecondProcessIsRefusedAndToldWhich() async throws {
    let folder = try TemporaryFolder(.disk)
    let child = try Child("hold", folder.file("data"))
    try await wait(for: "the child's store") { child.lines == ["holding"] }
    let error = #expect(throws: StoreError.self) { try SQLiteStore(directory: folder.file("data")) { _ in } }
    #expect(error == .inUse(path: folder.file("data"), process: child.processID))
    #expect(error?.description.contains("in use by process \(child.processID)") == true)
    try await child.kill()
    try SQLiteStore(directory: folder.file("data")) { _ in }.close()
  }

  @Test func afterAFailedSynchronisationNothingIsPretended() async throws {
    let folder = try TemporaryFolder(.disk)
    let child = try Child("append", folder.file("data"), "0")
    try await wait(for: "answers") { child.lineCount(beginningWith: "stored") >= 50 }
    try child.say("fail")
    try await wait(for: "refusals") { child.lineCount(beginningWith: "refused") >= 20 }
    try await child.kill()
    let lines = child.lines
    let first = try #require(lines.firstIndex { $0.hasPrefix("refused") })
    #expect(!lines[first...].contains { $0.hasPrefix("stored") })
    #expect(child.lines(beginningWith: "report").count == 1)
    #expect(child.lines(beginningWith: "report nothing is stored until a restart").count == 1)
    let store = try SQLiteStore(directory: folder.file("data")) { _ in }
    let found = Set(try store.load(at: StoreFixture.now).instances.map { Self.number(of: $0.instance) })
    let answered = Set(child.lines(beginningWith: "stored").compactMap { Int($0.dropFirst(7)) })
    #expect(answered.subtracting(found).isEmpty)
    store.close()
  }
}
