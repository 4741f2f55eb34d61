import RegistryModel
import Testing

@testable import RegistryServer

@Suite("Wrong passwords")
struct LoginThrottleTests {
  private func time(_ milliseconds: Int64) -> MonotonicTime { MonotonicTime(milliseconds: milliseconds) }

  @Test func theFirstCostNothingThenEachWaitsTwiceAsLong() {
    var throttle = LoginThrottle()
    for _ in 1...5 { #expect(throttle.admit(user: "nacos", address: "a", at: time(0)) == nil) }
    var now: Int64 = 0
    for delay: Int64 in [1_000, 2_000, 4_000, 8_000] {
      #expect(throttle.admit(user: "nacos", address: "a", at: time(now)) == delay)
      #expect(throttle.admit(user: "nacos", address: "a", at: time(now + delay - 1)) == 1)
      now += delay
      #expect(throttle.admit(user: "nacos", address: "a", at: time(now)) == nil)
    }
    for _ in 1...20 {
      now += 900_000
      #expect(throttle.admit(user: "nacos", address: "a", at: time(now)) == nil)
    }
    #expect(throttle.admit(user: "nacos", address: "a", at: time(now)) == 900_000)
  }

  @Test func thatOneHasToWaitIsToldOnce() {
    var throttle = LoginThrottle()
    var told: [Int] = []
    var now: Int64 = 0
    for attempt in 1...8 {
      now += 100_000
      #expect(throttle.admit(user: "nacos", address: "a", at: time(now)) == nil)
      if throttle.beganToWait(user: "nacos", address: "a") { told.append(attempt) }
    }
    #expect(told == [5])
    throttle.succeeded(user: "nacos", address: "a")
    #expect(!throttle.beganToWait(user: "nacos", address: "a"))
  }

  @Test func guessingDoesNotFillTheJournal() {
    var allowance = LockOutAllowance()
    #expect((1...200).filter { _ in allowance.take(at: time(0)) }.count == 60)
    #expect((1...200).filter { _ in allowance.take(at: time(300_000)) }.count == 5)
    #expect((1...200).filter { _ in allowance.take(at: time(360_000_000)) }.count == 60)
  }

  @Test func nobodyElseIsLockedOut() {
    var throttle = LoginThrottle()
    for _ in 1...5 { _ = throttle.admit(user: "nacos", address: "a", at: time(0)) }
    #expect(throttle.admit(user: "nacos", address: "a", at: time(0)) != nil)
    #expect(throttle.admit(user: "nacos", address: "b", at: time(0)) == nil)
    #expect(throttle.admit(user: "ann", address: "a", at: time(0)) == nil)
  }

  @Test func oneAddressCannotTryEverybody() {
    var throttle = LoginThrottle()
    let admitted = (0..<100).filter { throttle.admit(user: "user\($0)", address: "a", at: time(0)) == nil }
    #expect(admitted.count == 30)
  }

  @Test func theRightOneMakesGood() {
    var throttle = LoginThrottle()
    for _ in 1...200 {
      #expect(throttle.admit(user: "nacos", address: "a", at: time(0)) == nil)
      throttle.succeeded(user: "nacos", address: "a")
    }
  }

  @Test func itForgetsAndIsBounded() {
    var rules = LoginThrottle.Rules()
    rules.most = 100
    var throttle = LoginThrottle(rules: rules)
    for _ in 1...6 { _ = throttle.admit(user: "nacos", address: "a", at: time(0)) }
    #expect(throttle.admit(user: "nacos", address: "a", at: time(1_800_001)) == nil)
    for number in 0..<10_000 { _ = throttle.admit(user: "u", address: "\(number)", at: time(Int64(number))) }
    #expect(throttle.count <= 100)
  }
}
