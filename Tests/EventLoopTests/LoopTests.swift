import EventLoop
import Glibc
import Synchronization
import TestSupport
import Testing

/// What posts left behind, and the threads that ran them.
private final class PostRecord: Sendable {
  struct Contents {
    var numbers: [Int: [Int]] = [:]
    var threads: Set<UInt> = []
  }

  private let state = Mutex(Contents())
  var contents: Contents { state.withLock { $0 } }

  func add(_ number: Int, from sender: Int) {
    state.withLock {
      $0.numbers[sender, default: []].append(number)
      $0.threads.insert(UInt(pthread_self()))
    }
  }
}

@Suite struct LoopTests {
  @Test func postsFromManyThreadsAllRunOnTheLoopsThreadInTheirOrder() async throws {
    let record = PostRecord()
    let (thread, _) = try LoopThread.start(name: "mailbox") { _ in }
    defer { thread.stop() }
    await withTaskGroup { group in
      for sender in 0..<8 {
        group.addTask {
          for number in 0..<500 {
            thread.mailbox.post { _ in record.add(number, from: sender) }
          }
        }
      }
    }
    try await wait(for: "all posts") { record.contents.numbers.values.map(\.count).reduce(0, +) == 4000 }
    #expect(record.contents.numbers.values.allSatisfy { $0 == Array(0..<500) })
    #expect(record.contents.threads.count == 1)
  }

  @Test func aPostToALoopThatHasGoneIsRefused() throws {
    let (thread, _) = try LoopThread.start(name: "gone") { _ in }
    thread.stop()
    #expect(thread.mailbox.post { _ in Issue.record("must not run") } == false)
  }

  @Test func whatSetUpThrowsReachesTheStarter() {
    struct Refusal: Error, Equatable {}
    #expect(throws: Refusal()) { try LoopThread.start(name: "refuses") { _ in throw Refusal() } }
  }

  @Test func stopBeforeRunEndsTheRun() throws {
    let loop = try Loop()
    loop.stop()
    loop.run()
    loop.timer(after: .milliseconds(1)) { loop.stop() }
    loop.run()
  }

  @Test func timersFireOnceOrUntilCancelledAndNotAfter() throws {
    let loop = try Loop()
    var order: [String] = []
    loop.timer(after: .milliseconds(5)) { order.append("once") }
    let never = loop.timer(after: .milliseconds(1)) { order.append("never") }
    never.cancel()
    var repeating: Timer?
    repeating = loop.timer(every: .milliseconds(10)) {
      order.append("again")
      if order.count(where: { $0 == "again" }) == 3 {
        repeating?.cancel()
        loop.timer(after: .milliseconds(30)) { loop.stop() }
      }
    }
    loop.run()
    #expect(order == ["once", "again", "again", "again"])
  }

  @Test func aDeadlineIsNeverEarlyAndMovesBothWays() throws {
    let loop = try Loop()
    var firings: [Int64] = []
    var deadline: Deadline?
    let start = loop.now
    let due = start + 20_000_000
    deadline = Deadline(loop) {
      firings.append(loop.now)
      if firings.count == 1 {
        #expect(deadline?.instant == nil)
        deadline?.arm(after: .milliseconds(3))
      } else {
        loop.stop()
      }
    }
    deadline?.arm(at: start + 500_000)
    deadline?.arm(at: start + 60_000_000_000)
    deadline?.arm(at: due)
    loop.run()
    deadline = nil
    #expect(firings.count == 2)
    #expect(firings[0] >= due)
    #expect(firings[1] >= firings[0] + 3_000_000)
  }

  @Test func aDisarmedDeadlineIsQuiet() throws {
    let loop = try Loop()
    let deadline = Deadline(loop) { Issue.record("disarmed") }
    deadline.arm(after: .milliseconds(1))
    deadline.disarm()
    loop.timer(after: .milliseconds(10)) { loop.stop() }
    loop.run()
    #expect(deadline.instant == nil)
  }

  /// Nothing else wakes this loop: a post that is not taken up after its turn would leave it asleep.
  @Test func postsOnTheLoopsOwnThreadFollowEachOther() throws {
    let loop = try Loop()
    let record = PostRecord()
    let mailbox = loop.mailbox
    loop.timer(after: .milliseconds(1)) {
      mailbox.post { _ in
        record.add(1, from: 0)
        mailbox.post { loop in
          record.add(2, from: 0)
          loop.stop()
        }
      }
      record.add(0, from: 0)
    }
    loop.run()
    #expect(record.contents.numbers == [0: [0, 1, 2]])
    // Between runs it is like any other post.
    mailbox.post { $0.stop() }
    loop.run()
  }

  @Test func aTurnHookRunsOnceAfterAllThatTheTurnFoundDue() throws {
    let loop = try Loop()
    var order: [String] = []
    let hook = loop.afterTurn {
      order.append("hook")
      if order.count >= 6 { loop.stop() }
    }
    let mailbox = loop.mailbox
    // Three timers that are due together, and each asks for the hook.
    for name in ["a", "b", "c"] {
      loop.timer(after: .milliseconds(1)) {
        order.append(name)
        hook.request()
      }
    }
    usleep(20_000)
    loop.timer(after: .milliseconds(30)) {
      order.append("d")
      hook.request()
      mailbox.post { $0.stop() }
    }
    loop.run()
    #expect(order.prefix(3).sorted() == ["a", "b", "c"])
    #expect(order.dropFirst(3) == ["hook", "d", "hook"])
  }

  @Test func aSignalReachesTheLoop() throws {
    let loop = try Loop()
    var received = 0
    let handler = loop.onSignal(SIGUSR2) {
      received += 1
      loop.stop()
    }
    loop.timer(after: .milliseconds(1)) { kill(getpid(), SIGUSR2) }
    loop.run()
    #expect(received == 1)
    withExtendedLifetime(handler) {}
  }
}
