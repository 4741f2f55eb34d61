import RegistryModel
import Testing

@testable import NacosWire

@Suite struct ListCacheTests {
  let key = ServiceKey(grouped: "DEFAULT_GROUP@@svc")
  let flavour = ListFlavour(cacheMillis: 3_000)

  private func ask(_ cache: ListCache, _ service: Service, _ flavour: ListFlavour, at time: Int64 = 1_700_000_000_000) -> String {
    text(cache.list(service.key, flavour, revision: service.revision, at: WallTime(milliseconds: time)) { service })
  }

  @Test func writesAnUnchangedServiceOnce() {
    let cache = ListCache()
    var builder = ServiceBuilder()
    builder.instance("10.0.0.1", 80)
    let first = ask(cache, builder.service, flavour)
    for _ in 0..<100 { #expect(ask(cache, builder.service, flavour) == first) }
    #expect(cache.writes == 1)
    #expect(
      ask(cache, builder.service, flavour, at: 1_700_000_000_456) == first.replacing("1700000000000", with: "1700000000456"))
    #expect(cache.writes == 1)

    builder.instance("10.0.0.2", 80)
    #expect(ask(cache, builder.service, flavour).contains("10.0.0.2"))
    #expect(cache.writes == 2)
  }

  @Test func keepsFlavoursApart() {
    let cache = ListCache()
    var builder = ServiceBuilder()
    builder.instance("10.0.0.1", 80, cluster: "a")
    let flavours = [
      flavour, ListFlavour(clusters: "a", cacheMillis: 3_000), ListFlavour(clusters: "b", cacheMillis: 3_000),
      ListFlavour(isHealthyOnly: true, cacheMillis: 3_000), ListFlavour(usesFullNames: true, cacheMillis: 3_000),
      ListFlavour(cacheMillis: 10_000), ListFlavour(cacheMillis: 3_000, environment: "e"),
    ]
    let alone = flavours.map { ask(ListCache(), builder.service, $0) }
    #expect(flavours.map { ask(cache, builder.service, $0) } == alone)
    #expect(flavours.map { ask(cache, builder.service, $0) } == alone)
    #expect(cache.writes == UInt64(flavours.count))
  }

  @Test func anAnswerThatSomebodyHoldsDoesNotChange() {
    let cache = ListCache()
    let service = ServiceBuilder().service
    let held = cache.list(key, flavour, revision: 1, at: WallTime(milliseconds: 1_700_000_000_000)) { service }
    _ = ask(cache, service, flavour, at: 1_800_000_000_000)
    #expect(text(held).contains("1700000000000"))
  }

  @Test func unknownServicesAreNotKept() {
    let cache = ListCache()
    let unknown = #"{"name":"DEFAULT_GROUP@@svc","clusters":"","cacheMillis":3000,"hosts":[]}"#
    let time = WallTime(milliseconds: 1)
    #expect(text(cache.list(key, flavour, revision: nil, at: time) { nil }) == unknown)
    // Gone between the two questions.
    #expect(text(cache.list(key, flavour, revision: 7, at: time) { nil }) == unknown)
    #expect(cache.writes == 0)
  }

  @Test func letsGoOfWhatNobodyAsksFor() {
    let cache = ListCache(limit: 100_000)
    var builder = ServiceBuilder()
    builder.instance("10.0.0.1", 80)
    let service = builder.service
    // Asked for all the time, it stays, however many others come and go.
    for number in 0..<10_000 {
      _ = ask(cache, service, ListFlavour(cacheMillis: 3_000, environment: "e\(number)"))
      _ = ask(cache, service, flavour)
    }
    #expect(cache.writes == 10_001)
    // The first of the others has been let go.
    _ = ask(cache, service, ListFlavour(cacheMillis: 3_000, environment: "e0"))
    #expect(cache.writes == 10_002)
  }

  @Test func aListLargerThanTheCacheIsStillAnswered() {
    let cache = ListCache(limit: 1_000)
    var builder = ServiceBuilder()
    for number in 0..<50 { builder.instance("10.0.0.\(number)", 80) }
    #expect(ask(cache, builder.service, flavour) == ask(cache, builder.service, flavour))
    #expect(cache.writes == 2)
  }
}
