import RegistryModel
import Testing

@testable import RegistryEngine

/// How much is looked at or moved, by how much there is: counted, not timed. Debug builds count; release builds have
/// nothing to say.
@Suite struct GrowthTests {
  /// Of one service.
  private func registry(_ instances: Int) throws -> Driver {
    var driver = Driver()
    for number in 0..<instances { try driver.submit(.register(Registration(key: key(number)))) }
    return driver
  }

  private func key(_ number: Int) -> InstanceKey { instanceKey("10.\(number / 62_500).\(number / 250 % 250).\(number % 250)") }

  /// The mean over some instances: buckets are a little longer or shorter.
  private func steps(among count: Int, _ body: (inout Driver, InstanceKey) throws -> Void) throws -> Double {
    var driver = try registry(count)
    let taken = try Steps.taken {
      for number in 0..<200 { try body(&driver, key(number * max(1, count / 200) % count)) }
    }
    return Double(taken) / 200
  }

  @Test(
    "Work for one instance does not grow with how many others its service has",
    arguments: ["beat", "register again", "register and leave", "edit"])
  func growth(operation: String) throws {
    func mean(_ count: Int) throws -> Double {
      var next = 1_000_000
      return try steps(among: count) { driver, key in
        switch operation {
        case "beat": try driver.beat(key)
        case "register again": try driver.submit(.register(Registration(key: key, weight: driver.nextWeight())))
        case "edit": try driver.submit(.operate(key, .setWeight(driver.nextWeight())))
        default:
          next += 1
          let stranger = self.key(next)
          try driver.submit(.register(Registration(key: stranger)))
          try driver.submit(.deregister(stranger))
        }
      }
    }
    let (small, large, huge) = (try mean(10), try mean(2_000), try mean(20_000))
    #if DEBUG
      #expect(small > 0)
    #endif
    // A bucket holds at most about twice its mean of 8; a handful of look-ups each.
    #expect(large <= small + 40, "\(operation): \(small), \(large)")
    #expect(abs(huge - large) <= large / 2 + 4, "\(operation): \(large), \(huge)")
  }

  @Test("A service among ten thousand is found in the steps that it is found in among a hundred")
  func growthWithServices() throws {
    func mean(_ count: Int) throws -> Double {
      var driver = Driver()
      func key(_ number: Int) -> InstanceKey { instanceKey(service: "g@@s\(number)") }
      for number in 0..<count { try driver.submit(.register(Registration(key: key(number)))) }
      let taken = try Steps.taken { for number in 0..<100 { try driver.beat(key(number * count / 100)) } }
      return Double(taken) / 100
    }
    let (small, large) = (try mean(100), try mean(10_000))
    #expect(large <= small + 10, "\(small), \(large)")
  }

  @Test("Silence is judged by looking at those whose turn it is")
  func growthOfTime() throws {
    var driver = try registry(5_000)
    driver.run(until: 14_000)
    let steps = Steps.taken { driver.run(until: 14_900) }
    #expect(steps == 0)
  }

  @Test("The first write after a snapshot copies a bucket of the service and a bucket of its instances")
  func snapshots() throws {
    var driver = try registry(5_000)
    for number in 0..<1_000 { try driver.submit(.register(Registration(key: instanceKey(service: "g@@s\(number)")))) }
    let snapshot = driver.registry.catalog
    try driver.submit(.register(Registration(key: key(7), weight: 2)))
    let services = driver.registry.catalog.services
    #expect(services.bucketsApart(from: snapshot.services) == 1)
    let cart = key(7).service
    let now = try #require(services[cart]?.instances)
    let before = try #require(snapshot[cart]?.instances)
    #expect(now.bucketsApart(from: before) == 1)
    try driver.beat(key(8))
    #expect(driver.registry.catalog.services.bucketsApart(from: services) == 0)
  }
}

extension Driver {
  /// Another weight each time.
  fileprivate func nextWeight() -> Double { Double(commits.count % 9_000 + 2) }
}
