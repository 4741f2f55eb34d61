@testable import RegistryEngine
import RegistryModel
import Testing

@Suite struct SilenceTests {
  private let key = instanceKey()

  @Test("R13: at 14.9 s healthy, at 15.1 s not; at 29.9 s there, at 30.1 s gone")
  func boundaries() throws {
    var driver = Driver()
    try driver.submit(.register(Registration(key: key)))
    driver.run(until: 14_900)
    #expect(driver.instance(key)?.isHealthy == true)
    driver.run(until: 15_100)
    #expect(driver.instance(key)?.isHealthy == false)
    driver.run(until: 29_900)
    #expect(driver.instance(key) != nil)
    driver.run(until: 30_100)
    #expect(driver.instance(key) == nil)
    #expect(driver.causes == [.registered, .turnedUnhealthy, .expired])
  }

  @Test func aBeatPutsSilenceOff() throws {
    var driver = Driver()
    try driver.submit(.register(Registration(key: key)))
    for second in 1...100 {
      driver.run(until: Int64(second) * 5_000)
      #expect(try driver.beat(key) == .alive(interval: 5_000, lightBeats: true))
    }
    #expect(driver.causes == [.registered])
    let before = driver.commits.count
    driver.run(until: 500_000 + 14_950)
    #expect(driver.commits.count == before)
    driver.run(until: 500_000 + 15_050)
    #expect(driver.causes.last == .turnedUnhealthy)
    try driver.beat(key)
    #expect(driver.instance(key)?.isHealthy == true)
    #expect(driver.causes.last == .turnedHealthy)
  }

  @Test("R12: a process that stood still calls nobody dead")
  func pauses() throws {
    var driver = Driver()
    try driver.submit(.register(Registration(key: key)))
    driver.run(until: 10_000)
    driver.freeze(until: 3_600_000)
    driver.run(until: 3_600_000 + 4_000)
    #expect(driver.instance(key)?.isHealthy == true)
    driver.run(until: 3_600_000 + 6_000)
    #expect(driver.instance(key)?.isHealthy == false)
  }

  @Test func nobodyIsWokenForNothing() throws {
    var driver = Driver()
    #expect(driver.registry.nextDeadline == nil)
    try driver.submit(.register(Registration(key: instanceKey(isEphemeral: false))))
    #expect(driver.registry.nextDeadline == nil)
  }
}
