import EventLoop
import Glibc
import RegistryEngine
import RegistryModel
import TestSupport
import Testing

@testable import RegistryServer

/// A registry whose persistent instances are probed over real sockets.
@Suite struct ProbeServiceTests {
  private static func clock() -> Moment {
    func milliseconds(_ clock: clockid_t) -> Int64 {
      var time = timespec()
      clock_gettime(clock, &time)
      return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }
    return Moment(
      wall: WallTime(milliseconds: milliseconds(CLOCK_REALTIME)),
      monotonic: MonotonicTime(milliseconds: milliseconds(CLOCK_MONOTONIC)))
  }

  private let engine = Engine(clock: clock)
  private let service = ServiceKey(grouped: "DEFAULT_GROUP@@probed")

  /// Probes begin at once and come as quickly as the rules allow.
  private func prober(_ change: (inout ProbeService.Options) -> Void = { _ in }) -> ProbeService {
    var options = ProbeService.Options()
    options.rules.firstDelay = 0
    options.rules.firstSpread = 1
    options.patience = ProbePatience(connecting: .seconds(20), answering: .seconds(20), querying: .seconds(1))
    change(&options)
    return ProbeService(engine, options: options, clock: Self.clock)
  }

  private func submit(_ action: Action) {
    engine.submit(Command(action, by: .client(address: "127.0.0.1:1", agent: "test"))) { result in
      if case .failure(let error) = result { Issue.record(error) }
    }
  }

  private func key(_ port: UInt16, cluster: String = "DEFAULT") -> InstanceKey {
    InstanceKey(
      service: service, address: InstanceAddress(cluster: cluster, ip: "127.0.0.1", port: Int(port), isEphemeral: false))
  }

  private func register(_ port: UInt16, cluster: String = "DEFAULT") {
    submit(.register(Registration(key: key(port, cluster: cluster))))
  }

  private func isHealthy(_ port: UInt16) -> Bool? { engine.catalog[key(port)]?.isHealthy }

  /// No averaging: an interval is what the last probe took, within the bounds.
  private func hurry() {
    var switches = Switches()
    switches.tcpHealthParams = .init(max: 3_000, min: 500, factor: 0)
    switches.checkTimes = 2
    submit(.replaceSwitches(switches))
  }

  @Test func healthFollowsWhatListens() async throws {
    hurry()
    let prober = prober()
    try prober.start()
    defer { prober.stop() }
    let server = try ScriptedServer()
    let port = server.port
    register(port)
    try await wait(for: "two probes") { prober.desk.counters.succeeded >= 2 }
    #expect(isHealthy(port) == true)
    server.stop()
    try await wait(for: "the end of its health") { isHealthy(port) == false }
    let back = try ScriptedServer(port: port)
    try await wait(for: "its health") { isHealthy(port) == true }
    let causes = engine.events(before: nil, limit: 100).map(\.origin).filter { $0 == .probe }
    #expect(causes.count == 2)
    #expect(prober.lastRefusal == nil)
    withExtendedLifetime(back) {}
  }

  @Test func whatWasThereBeforeIsProbedToo() async throws {
    let deaf = try DeafPort(.refusing)
    register(deaf.port)
    let prober = prober()
    try prober.start()
    defer { prober.stop() }
    try await wait(for: "the end of its health") { isHealthy(deaf.port) == false }
    withExtendedLifetime(deaf) {}
  }

  @Test func theSessionTellsOfProbes() async throws {
    let deaf = try DeafPort(.refusing)
    let prober = prober()
    try prober.start()
    defer { prober.stop() }
    register(deaf.port)
    let capabilities = Capabilities(server: "test", address: "", isEmbedded: true)
    let session = EmbeddedSession(engine, capabilities: capabilities, probes: prober.report)
    try await wait(for: "a result") {
      guard case .probes(let page) = try await session.ask(.probes(service)) else { return false }
      return page.instances.first?.results.first?.reason == .refused && page.clusters.first?.state == .probed
    }
    await #expect(throws: RegistryError.self) { try await session.ask(.probes(ServiceKey(grouped: "DEFAULT_GROUP@@no"))) }
    withExtendedLifetime(deaf) {}
  }

  @Test func manyAreProbed() async throws {
    let servers = try (0..<20).map { _ in try ScriptedServer() }
    let prober = prober()
    try prober.start()
    defer { prober.stop() }
    for number in 1...25 {
      for server in servers { register(server.port, cluster: "c\(number)") }
    }
    try await wait(for: "everybody to be probed") {
      let page = prober.report.page(service)
      return page.instances.count == 500 && page.instances.allSatisfy { $0.results.first?.verdict == .ok }
    }
    #expect(engine.service(service)?.counts.healthy == 500)
    withExtendedLifetime(servers) {}
  }

  @Test func aStopIsAStop() async throws {
    let server = try ScriptedServer()
    let prober = prober()
    try prober.start()
    try prober.start()
    register(server.port)
    try await wait(for: "a probe") { prober.desk.counters.succeeded > 0 }
    prober.stop()
    prober.stop()
    let deaf = try DeafPort(.refusing)
    register(deaf.port)
    #expect(isHealthy(deaf.port) == true)
    // And it can be started again, and knows what happened meanwhile.
    try prober.start()
    try await wait(for: "the end of its health") { isHealthy(deaf.port) == false }
    prober.stop()
    withExtendedLifetime(deaf) {}
  }

  @Test func addressesThatMayNotBeProbedKeepTheirHealth() async throws {
    let deaf = try DeafPort(.refusing)
    let ranges = try [#require(AddressRange("10.0.0.0/8"))]
    let prober = prober { $0.ranges = ranges }
    try prober.start()
    defer { prober.stop() }
    register(deaf.port)
    try await wait(for: "a probe that was not made") { prober.desk.counters.unjudged > 0 }
    #expect(isHealthy(deaf.port) == true)
    withExtendedLifetime(deaf) {}
  }
}
