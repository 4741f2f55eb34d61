import RegistryModel
import Testing

@testable import RegistryEngine
import TestSupport

@Suite("Parts of push")
struct PushPartsTests {
  @Test("nonces only grow, stay positive, and cannot be counted on (reliability T3)")
  func nonces() {
    var nonces = PushNonces()
    var random = SeededRandom(seed: 3)
    var last: Int64 = 0
    var steps: Set<Int64> = []
    for step in 0..<5_000 {
      // A wall clock that is stepped back by a year now and then.
      let wall = WallTime(milliseconds: 1_750_000_000_000 + Int64(step) - (step % 100 == 0 ? 31_000_000_000 : 0))
      let next = nonces.next(at: wall, random: &random)
      #expect(next > last)
      steps.insert(next - last)
      last = next
    }
    #expect(steps.count > 4_900)
    var late = PushNonces()
    #expect(late.next(at: WallTime(milliseconds: 3_600_000_000_000), random: &random) > 0)
    #expect(late.next(at: WallTime(milliseconds: .max), random: &random) > 0)
    #expect(late.next(at: WallTime(milliseconds: .min), random: &random) > 0)
  }

  @Test("a later process starts above where an earlier one ended")
  func noncesAcrossRestarts() {
    var random = SeededRandom(seed: 4)
    var first = PushNonces()
    var last: Int64 = 0
    for _ in 0..<200 { last = first.next(at: WallTime(milliseconds: 1_750_000_000_000), random: &random) }
    var second = PushNonces()
    #expect(second.next(at: WallTime(milliseconds: 1_750_000_002_000), random: &random) > last)
  }

  @Test("endpoints: one address in two notations is one, what is no address is none")
  func endpoints() throws {
    let four = try #require(PushEndpoint(ip: "127.0.0.1", port: 80))
    #expect(PushEndpoint(ip: "::ffff:127.0.0.1", port: 80) == four)
    #expect(four.description == "127.0.0.1:80")
    #expect(four.isLoopback)
    #expect(PushEndpoint(ip: "::1", port: 80)?.isLoopback == true)
    #expect(PushEndpoint(ip: "2001:db8::7", port: 53)?.description == "[2001:db8::7]:53")
    #expect(PushEndpoint(ip: "224.0.0.1", port: 80)?.isMulticast == true)
    #expect(PushEndpoint(ip: "ff02::1", port: 80)?.isMulticast == true)
    #expect(PushEndpoint(ip: "255.255.255.255", port: 80)?.isBroadcast == true)
    #expect(PushEndpoint(ip: "0.0.0.0", port: 80)?.isUnspecified == true)
    #expect(PushEndpoint(ip: "10.1.2.3", port: 80)?.isLoopback == false)
    for text in ["", "localhost", "1.2.3", "1.2.3.4.5", "256.1.1.1", "::1%lo", "1.2.3.4\u{0}x", "[::1]"] {
      #expect(PushEndpoint(ip: text, port: 80) == nil, "\(text)")
    }
  }

  @Test("the wake queue gives back in order of time")
  func wakeQueue() {
    var queue = WakeQueue()
    var random = SeededRandom(seed: 5)
    for topic in 0..<500 { queue.insert(.init(at: Int64.random(in: 0..<1_000, using: &random), topic: topic)) }
    #expect(queue.popDue(at: -1) == nil)
    var times: [Int64] = []
    while let entry = queue.popDue(at: 600) { times.append(entry.at) }
    #expect(times == times.sorted())
    #expect((queue.next ?? 0) > 600)
    while let entry = queue.popDue(at: 1_000) { times.append(entry.at) }
    #expect(times.count == 500)
    #expect(times == times.sorted())
  }

  @Test("the wheel never gives an entry back early and at most a tick late, after any pause")
  func wheel() {
    var wheel = LapseWheel()
    var random = SeededRandom(seed: 6)
    var due: [Int32: Int64] = [:]
    var now: Int64 = 5_000_000
    for id in 0..<300 {
      let time = now + Int64.random(in: 0..<70_000_000, using: &random)
      due[Int32(id)] = time
      wheel.insert(.init(subscription: Int32(id), generation: 1), due: time, at: now)
    }
    while let next = wheel.next {
      now = next
      for entry in wheel.turn(to: now) {
        let time = due.removeValue(forKey: entry.subscription) ?? 0
        #expect(time <= now && now - time <= 1_000_000)
      }
    }
    #expect(due.isEmpty)
    wheel.insert(.init(subscription: 1, generation: 1), due: now + 3_000_000, at: now)
    #expect(wheel.turn(to: now + 500_000_000).count == 1)
    wheel.insert(.init(subscription: 1, generation: 1), due: now + 503_000_000, at: now + 500_000_000)
    #expect(wheel.turn(to: now + 502_000_000).isEmpty)
    #expect(wheel.turn(to: now + 505_000_000).count == 1)
  }

  @Test("the spread of round trips forgets the oldest")
  func roundTrips() {
    var trips = RoundTrips()
    #expect(trips.sorted.percentile(50) == nil)
    for sample in 1...100 { trips.add(Int64(sample)) }
    #expect(trips.sorted.percentile(50) == 50)
    #expect(trips.sorted.percentile(99) == 99)
    #expect(trips.sorted.last == 100)
    for _ in 0..<RoundTrips.capacity { trips.add(7) }
    #expect(trips.sorted.first == 7 && trips.sorted.last == 7)
  }
}
