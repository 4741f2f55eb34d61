import RegistryModel
import Testing

@testable import RegistryEngine
import TestSupport

@Suite struct TimingWheelTests {
  @Test func nothingComesOutEarlyAndNothingIsLost() {
    var wheel = TimingWheel()
    var random = SeededRandom(seed: 3)
    var wanted: [UInt32: Int64] = [:]
    for entry in 0..<2_000 {
      let tick = Int64.random(in: 0...5_000, using: &random)
      wanted[UInt32(entry)] = tick
      wheel.file(UInt32(entry), at: tick)
    }
    #expect(wheel.count == 2_000)
    while wheel.now < 5_000 {
      wheel.advance(to: wheel.now + Int64.random(in: 1...40, using: &random))
      let now = wheel.now
      while let entry = wheel.popDue() {
        // What is far away comes out before its time and is filed again: so is the wheel's use.
        if let tick = wanted[entry], tick > now { wheel.file(entry, at: tick) } else { wanted[entry] = nil }
      }
      #expect(wanted.values.allSatisfy { $0 > now }, "at \(now)")
    }
    #expect(wheel.count == 0 && wanted.isEmpty)
  }

  @Test func whatIsTakenOutDoesNotComeOut() {
    var wheel = TimingWheel()
    for entry in UInt32(0)..<9 { wheel.file(entry, at: 10) }
    for entry in [UInt32(0), 8, 4, 5] { wheel.takeOut(entry) }
    wheel.takeOut(4)
    wheel.advance(to: 10)
    var out: Set<UInt32> = []
    while let entry = wheel.popDue() { out.insert(entry) }
    #expect(out == [1, 2, 3, 6, 7])
    wheel.file(1, at: 11)
    wheel.advance(to: 11)
    wheel.takeOut(1)
    #expect(wheel.popDue() == nil && wheel.count == 0)
  }

  @Test func whatHasPassedIsDueAtOnce() {
    var wheel = TimingWheel(now: 100)
    wheel.file(0, at: 50)
    #expect(wheel.hasDue && wheel.nextTick(within: 10) == 100)
    #expect(wheel.popDue() == 0)
  }

  @Test func veryFarIsNoMatter() {
    var wheel = TimingWheel()
    wheel.file(0, at: .max / 2)
    #expect(wheel.nextTick(within: 10) == nil)
    // It comes out now and then, to be filed again.
    wheel.advance(to: 1_023 * 1_024)
    #expect(wheel.popDue() == 0)
  }

  @Test func anEmptyWheelMovesOnForNothing() {
    let far: Int64 = 1 << 62
    var wheel = TimingWheel()
    wheel.advance(to: far)
    #expect(wheel.now == far)
    wheel.file(0, at: far + 5)
    #expect(wheel.nextTick(within: 10) == far + 5)
    // One in which something waits does not jump.
    wheel.jump(to: far + 100)
    #expect(wheel.now == far)
  }

  @Test func theNextTickIsToldAcrossTheTurnOfTheWheel() {
    var wheel = TimingWheel(now: 1_020)
    wheel.file(0, at: 1_020 + 1_500)
    #expect(wheel.nextTick(within: 10) == nil)
    wheel.advance(to: 2_040)
    // Its block begins at 2,048.
    #expect(wheel.nextTick(within: 10) == 2_048)
    #expect(wheel.turns() == [0: 2_048])
  }
}

@Suite struct DelayQueueTests {
  @Test func keysComeInOrderOfTimesAndThenOfSetting() {
    var queue = DelayQueue<String>()
    for (key, time) in [("c", 30), ("a", 10), ("b", 10), ("d", 20)] as [(String, Int64)] { queue.set(key, at: time) }
    #expect(queue.nextTime() == 10)
    #expect(queue.popDue(by: 9) == nil)
    queue.set("a", at: 25)
    queue.cancel("d")
    var order: [String] = []
    while let key = queue.popDue(by: 100) { order.append(key) }
    #expect(order == ["b", "a", "c"])
    #expect(queue.nextTime() == nil && queue.count == 0)
  }

  @Test func keysThatMoveLeaveNothingBehindForLong() {
    var queue = DelayQueue<Int>()
    for time in 0..<10_000 { queue.set(time % 10, at: Int64(1_000_000 - time)) }
    #expect(queue.count == 10 && queue.storedItems <= 60)
    for key in 0..<10 { queue.cancel(key) }
    #expect(queue.nextTime() == nil && queue.storedItems == 0)
  }

  @Test func agreesWithASortedList() {
    var random = SeededRandom(seed: 11)
    var queue = DelayQueue<Int>()
    var model: [Int: Int64] = [:]
    for _ in 0..<5_000 {
      let key = Int.random(in: 0..<200, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        queue.cancel(key)
        model[key] = nil
      case 1:
        let due = model.values.min()
        let popped = queue.popDue(by: .max)
        #expect((popped == nil) == (due == nil))
        if let popped {
          #expect(model[popped] == due)
          model[popped] = nil
        }
      default:
        let time = Int64.random(in: 0..<1_000, using: &random)
        queue.set(key, at: time)
        model[key] = time
      }
      #expect(queue.nextTime() == model.values.min())
      #expect(queue.count == model.count)
    }
  }
}

@Suite struct NumberPoolTests {
  @Test func theSmallestFreeNumberIsFound() {
    var random = SeededRandom(seed: 5)
    var pool = NumberPool()
    var used: Set<Int> = []
    for _ in 0..<3_000 {
      let smallest = (0...).first { !used.contains($0) }
      #expect(pool.smallestFree == smallest)
      switch Int.random(in: 0..<3, using: &random) {
      case 0:
        guard let number = used.randomElement(using: &random) else { continue }
        pool.free(number)
        used.remove(number)
      case 1:
        let number = Int.random(in: 0..<100, using: &random)
        pool.reserve(number)
        used.insert(number)
      default:
        pool.reserve(pool.smallestFree)
        smallest.map { _ = used.insert($0) }
      }
      #expect(pool.count == used.count && pool.isEmpty == used.isEmpty)
    }
  }
}
