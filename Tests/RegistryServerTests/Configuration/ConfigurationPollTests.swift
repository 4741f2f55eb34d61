import HTTPTransport
import NacosWire
import RegistryModel
import TestSupport
import Testing

@testable import RegistryServer

/// Polls are told of a change at once, and of nothing else.
@Suite("Long polls for configurations")
struct ConfigurationPollTests {
  private let registry: TestRegistry
  private static let key = ["dataId": "a", "group": "G"]

  init() throws { registry = try TestRegistry() }

  private func poll(_ text: String, headers: [String: String] = ["Long-Pulling-Timeout": "30000"]) async throws
    -> HTTPTransport.HTTPResponse
  {
    try await registry.send(
      "POST", "/cs/configs/listener", ["Listening-Configs": text], form: true,
      headers: headers.map { HTTPHeader($0.key, $0.value) })
  }

  private func publish(_ content: String) async throws {
    let answer = try await registry.ask("POST", "/cs/configs", Self.key.merging(["content": content]) { $1 })
    #expect(answer == "200 true")
  }

  private func waits(_ text: String) async throws -> Bool {
    try await registry.get("/cs/configs/listener", Self.key).contains(text)
  }

  @Test func aDifferenceIsToldAtOnce() async throws {
    try await publish("1")
    let answer = try await poll("a\u{2}G\u{2}\u{1}b\u{2}G\u{2}old\u{2}t\u{1}c\u{2}G\u{2}\u{1}")
    #expect(answer.text == "a%02G%01b%02G%02t%01\n")
    #expect(answer[header: "Cache-Control"] == "no-cache,no-store")
  }

  @Test func aChangeEndsAPoll() async throws {
    let poll = Task { try await self.poll("a\u{2}G\u{2}\u{2}\u{1}") }
    try await wait(for: "the poll") { try await waits("127.0.0.1") }
    #expect(try await registry.get("/cs/listener", ["ip": "127.0.0.1"]).contains(#""a+G":"""#))
    try await publish("1")
    #expect(try await poll.value.text == "a%02G%01\n")
    #expect(try await !waits("127.0.0.1"))
    let second = Task { try await self.poll("a\u{2}G\u{2}\(MD5.hexadecimal(Array("1".utf8)))\u{1}") }
    try await wait(for: "the poll") { try await waits("127.0.0.1") }
    // The same content again wakes nobody.
    try await publish("1")
    #expect(try await waits("127.0.0.1"))
    #expect(try await registry.ask("DELETE", "/cs/configs", Self.key) == "200 true")
    #expect(try await second.value.text == "a%02G%01\n")
  }

  @Test func whoHasSomethingNewToListenToIsNotHeld() async throws {
    let headers = ["Long-Pulling-Timeout": "30000", "Long-Pulling-Timeout-No-Hangup": "true"]
    let answer = try await poll("a\u{2}G\u{2}\u{1}", headers: headers)
    #expect("\(answer.status) \(answer.text)" == "200 ")
  }

  @Test func shortPollsSayWhatHasChangedInHeadersOrBody() async throws {
    let former = try await poll("a\u{2}G\u{2}old\u{1}", headers: [:])
    #expect(former.text.isEmpty)
    #expect(former[header: "Probe-Modify-Response"] == "a:G;")
    #expect(former[header: "Probe-Modify-Response-New"] == "a%02G%01")
    let later = try await poll("a\u{2}G\u{2}old\u{1}", headers: ["Client-Version": "3.0.4"])
    #expect(later.text == "a%02G%01\n")
  }

  @Test func aServerThatStopsLetsPollsGo() async throws {
    let poll = Task { try await self.poll("a\u{2}G\u{2}\u{1}") }
    try await wait(for: "the poll") { try await waits("127.0.0.1") }
    registry.server.stop()
    #expect(try await poll.value.text.isEmpty)
  }
}
