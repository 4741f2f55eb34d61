import Testing

@testable import HTTPTransport

@Suite("The queue between a transfer and its reader")
struct LineQueueTests {
  private func line(_ count: Int) -> [UInt8] { [UInt8](repeating: 120, count: count) }

  @Test func givesLinesInOrderThenTheEnd() {
    var queue = LineQueue(maximumBytes: 1000)
    #expect(queue.next().next == .wait)
    queue.append([1])
    queue.append([2])
    queue.finish(nil)
    queue.append([3])
    #expect(queue.next().next == .line([1]))
    #expect(queue.next().next == .line([2]))
    #expect(queue.next().next == .end)
    #expect(queue.next().next == .end)
  }

  @Test func theFirstOutcomeStandsAndComesLast() {
    var queue = LineQueue(maximumBytes: 1000)
    queue.append([1])
    queue.finish(.connectionRefused)
    queue.finish(nil)
    #expect(queue.next().next == .line([1]))
    #expect(queue.next().next == .failed(.connectionRefused))
  }

  @Test func abandonDropsWhatWaits() {
    var queue = LineQueue(maximumBytes: 1000)
    queue.append([1])
    queue.abandon()
    #expect(queue.next().next == .failed(.cancelled))
  }

  @Test func pausesWhenFullAndResumesOnceAtHalf() {
    let cost = LineQueue.costPerLine + 68
    var queue = LineQueue(maximumBytes: 10 * cost)
    for _ in 0..<10 {
      #expect(queue.admit() == true)
      queue.append(line(68))
    }
    #expect(queue.admit() == false)
    #expect(queue.isPaused)
    let resumes = (0..<10).map { _ in queue.next().resumes }
    #expect(resumes == [false, false, false, false, true, false, false, false, false, false])
    #expect(queue.admit() == true)
  }

  @Test func aReaderWhoWasNeverTooSlowResumesNothing() {
    var queue = LineQueue(maximumBytes: 100)
    for _ in 0..<1000 {
      #expect(queue.admit() == true)
      queue.append(line(200))
      #expect(queue.next().resumes == false)
    }
  }

  @Test func emptyLinesCostToo() {
    var queue = LineQueue(maximumBytes: 320)
    for _ in 0..<10 { queue.append([]) }
    #expect(queue.admit() == false)
  }
}
