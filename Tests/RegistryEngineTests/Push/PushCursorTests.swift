import RegistryModel
import Testing

@testable import RegistryEngine

@Suite struct PushCursorTests {
  private let clock = FakeClock()

  private func engine(commits: Int) -> Engine {
    var limits = Limits()
    limits.changeLogCommits = commits
    return Engine(limits: limits, clock: { [clock] in clock.now })
  }

  @Test func eachServiceIsNewsOnceWithItsLastRevision() {
    let engine = engine(commits: 100)
    var cursor = PushCursor(after: engine.revision)
    for weight in 1...3 { engine.submit(.register(Registration(key: instanceKey(), weight: Double(weight)))) }
    engine.submit(.register(Registration(key: instanceKey(service: "g@@a"))))
    engine.submit(.setSwitch(entry: "pushEnabled", value: "false"))
    let news = cursor.news(in: engine, isAwaited: { true }) { [] }
    #expect(news.services.map(\.service.grouped) == ["DEFAULT_GROUP@@cart", "g@@a"])
    #expect(news.services.map(\.revision) == [3, 4])
    #expect(news.isEnabled == false)
    let nothing = cursor.news(in: engine, isAwaited: { true }) { [] }
    #expect(nothing.services.isEmpty && nothing.isEnabled == nil)
  }

  @Test("Who fell behind tells of services that went meanwhile, too")
  func whatWentWhileNobodyReadIsNews() {
    let engine = engine(commits: 2)
    engine.submit(.register(Registration(key: instanceKey())))
    engine.submit(.register(Registration(key: instanceKey(service: "g@@a"))))
    var cursor = PushCursor(after: engine.revision)
    engine.submit(.removeService(instanceKey().service))
    for weight in 1...3 { engine.submit(.register(Registration(key: instanceKey(service: "g@@b"), weight: Double(weight)))) }
    let subscribed = ["DEFAULT_GROUP@@cart", "g@@a"].map { ServiceKey(grouped: $0) }
    let news = cursor.news(in: engine, isAwaited: { true }) { subscribed }
    #expect(news.services.map(\.service) == subscribed)
    #expect(news.services.map(\.revision) == [6, 2])
    #expect(news.isEnabled == true)
  }
}
