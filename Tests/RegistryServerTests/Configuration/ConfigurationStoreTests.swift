import Foundation
import HTTPTransport
import NacosWire
import RegistryModel
import RegistryStore
import Synchronization
import TestSupport
import Testing

@testable import RegistryServer

/// What was answered is there after a restart; what was not stored is not shown.
@Suite("Configurations and the store")
struct ConfigurationStoreTests {
  private static let key = ["dataId": "a", "group": "G"]

  private static func publish(_ content: String, at registry: TestRegistry) async throws -> String {
    try await registry.ask("POST", "/cs/configs", key.merging(["content": content]) { $1 })
  }

  private static func history(_ registry: TestRegistry) async throws -> [(id: String, operation: String)] {
    let answer = try await registry.send("GET", "/cs/history", key.merging(["search": "accurate"]) { $1 })
    return try JSONDocument(answer.body).root["pageItems"]?.elements.map {
      ($0["id"]?.string ?? "", $0["opType"]?.string ?? "")
    } ?? []
  }

  @Test func configurationsAndTheirHistorySurviveARestart() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "muster-configuration-\(UInt64.random(in: 0 ... .max))")
    defer { try? FileManager.default.removeItem(at: folder) }
    func open() throws -> (SQLiteStore, TestRegistry) {
      let store = try SQLiteStore(directory: folder.path) { Issue.record("\($0)") }
      let records = try store.load(at: WallTime(milliseconds: 0)).records
      let registry = try TestRegistry { $0.configuration = ConfigurationOptions(store: store, records: records) }
      return (store, registry)
    }
    var (store, registry) = try open()
    for content in ["one", "two"] { #expect(try await Self.publish(content, at: registry) == "200 true") }
    _ = try await registry.send(
      "POST", "/cs/configs", Self.key.merging(["content": "beta"]) { $1 }, headers: [HTTPHeader("betaIps", "10.9.9.9")])
    let before = try await Self.history(registry)
    registry.server.stop()
    store.close()

    (store, registry) = try open()
    #expect(try await registry.get("/cs/configs", Self.key) == "200 two")
    #expect(try await registry.get("/cs/configs", Self.key.merging(["beta": "true"]) { $1 }).contains("10.9.9.9"))
    let after = try await Self.history(registry)
    #expect(after.map(\.id) == before.map(\.id) && after.map(\.operation) == ["U         ", "I         "])
    let newest = try #require(after.first)
    let detail = try await registry.get("/cs/history", Self.key.merging(["nid": newest.id]) { $1 })
    #expect(detail.contains(#""content":"one""#))
    let wrong = try await registry.get("/cs/history", ["dataId": "other", "group": "G", "nid": newest.id])
    #expect(wrong == "403 Please check dataId and group.")
    let page = try JSONDocument(try await registry.send("GET", "/cs/configs", Self.key.merging(["show": "all"]) { $1 }).body).root
    let id = try #require(page["id"]?.string)
    let previous = try await registry.get("/cs/history/previous", Self.key.merging(["id": id]) { $1 })
    #expect(previous.contains(#""content":"one""#))
    #expect(try await Self.publish("three", at: registry) == "200 true")
    #expect(Set(try await Self.history(registry).map(\.id)).count == 3)
    registry.server.stop()
    store.close()
  }

  /// A store that lets its writes wait.
  private final class SlowRecords: RecordStore {
    private let waiting = Mutex<[@Sendable (RegistryError?) -> Void]>([])

    func write(_ changes: [RecordChange], done: @escaping @Sendable (RegistryError?) -> Void) {
      waiting.withLock { $0.append(done) }
    }

    func document(_ key: RecordKey, done: @escaping @Sendable (Result<String?, RegistryError>) -> Void) {
      done(.failure(.unavailable("no documents here")))
    }

    var count: Int { waiting.withLock { $0.count } }

    func finish(_ failure: RegistryError? = nil) {
      let all = waiting.withLock { waiting in
        defer { waiting = [] }
        return waiting
      }
      for done in all { done(failure) }
    }
  }

  @Test func nothingIsShownThatIsNotStored() async throws {
    let records = SlowRecords()
    let registry = try TestRegistry { $0.configuration = ConfigurationOptions(store: records, records: []) }
    let first = Task { try await Self.publish("one", at: registry) }
    try await wait(for: "the store") { records.count == 1 }
    #expect(try await registry.get("/cs/configs", Self.key).hasPrefix("404"))
    let second = Task { try await Self.publish("two", at: registry) }
    records.finish(.storeFailed("the disk is full"))
    #expect(try await first.value == "500 caused: not stored: the disk is full;")
    try await wait(for: "the store") { records.count == 1 }
    records.finish()
    #expect(try await second.value == "200 true")
    #expect(try await registry.get("/cs/configs", Self.key) == "200 two")
  }
}
